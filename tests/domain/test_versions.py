"""Versions and their tags: what is read, in which order it stands, and what comes next in every scheme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotfix_tui.domain.versions import (
    BUMPS,
    Number,
    Release,
    Standard,
    bumped,
    latest_release,
    next_patch,
    parse,
    read,
    split,
)
from hotfix_tui.domain.versions.bump import Bump

PARTS = st.integers(0, 30)
CORES = st.tuples(PARTS, PARTS, PARTS).map(lambda parts: ".".join(map(str, parts)))
SEMVERS = st.builds(
    "".join,
    st.tuples(
        CORES,
        st.sampled_from(
            [
                "",
                "-beta",
                "-beta.1",
                "-beta.9",
                "-hotfix.1",
                "-rc.3",
                "-rc9",
                "-0",
                "-alpha.beta.2",
                "-x-y.10",
            ]
        ),
        st.sampled_from(["", "+5", "+build.7"]),
    ),
)
PYTHONS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "1!"]),
        st.one_of(
            CORES, PARTS.map(str), st.tuples(PARTS, PARTS, PARTS, PARTS).map(lambda p: ".".join(map(str, p)))
        ),
        st.sampled_from(["", "a1", "b2", "rc9", ".post1", ".dev3", "b1.dev2", "b1.post2"]),
        st.sampled_from(["", "+hotfix.1", "+zzz", "+7"]),
    ),
)
WORDS = st.sampled_from(["", "alpha", "beta", "rc", "hotfix", "preview", "bad_word", "zz9"])


def number(text: str, standard: Standard = "semver") -> Number:
    """The version that the text is."""
    found = read(text, standard)
    assert found is not None, text
    return found


def after(bump: Bump, text: str, word: str = "", standard: Standard = "semver") -> str:
    """What the bump makes of the version."""
    found = bumped(bump, number(text, standard), word)
    return found.text if found else ""


@pytest.mark.parametrize(
    ("bump", "before", "word", "expected"),
    [
        ("pre-release", "1.0.0", "beta", "1.0.1-beta.1"),  # S0.VER.1
        ("pre-release", "1.0.1-beta.1", "beta", "1.0.1-beta.2"),  # S0.VER.2
        ("pre-release", "1.0.1-beta.9", "beta", "1.0.1-beta.10"),
        ("promote", "1.0.1-beta.1", "beta", "1.0.1"),  # S0.VER.3
        ("promote", "1.0.1", "beta", ""),
        ("minor-pre-release", "1.0.0", "beta", "1.1.0-beta.1"),  # S0.VER.4
        ("minor-pre-release", "1.1.0-beta.1", "beta", "1.1.0-beta.2"),
        ("minor", "1.1.0-beta.1", "beta", "1.1.0"),
        ("minor", "1.0.4", "", "1.1.0"),
        ("patch", "1.2.3", "", "1.2.4"),  # S1.VER.1, S2.VER.1
        ("patch", "1.2.4", "", "1.2.5"),  # S2.VER.5
        ("patch", "1.1.0-beta", "", "1.1.0"),
        ("patch", "1.2.3+5", "", "1.2.4"),
        ("pre-release", "1.1.0-beta", "beta", "1.1.0-beta.1"),  # S3.VER.1
        ("pre-release", "1.1.0-beta.1", "beta", "1.1.0-beta.2"),
        ("pre-release", "1.1.0-rc.1", "beta", "1.1.0-rc.2"),
        ("pre-release", "1.1.0-alpha.4", "beta", "1.1.0-beta.1"),
        ("pre-release", "1.1.0-rc1", "", "1.1.0-rc2"),
        ("pre-release", "1.1.0-rc9", "", "1.1.0-rc9.1"),  # rc10 is below rc9
        ("suffix", "1.2.3", "hotfix", "1.2.4-hotfix.1"),  # S4.VER.1
        ("suffix", "1.2.4-hotfix.1", "hotfix", "1.2.4-hotfix.2"),
    ],
)
def test_the_next_version(bump: Bump, before: str, word: str, expected: str) -> None:
    """Every scheme counts as the written processes do (X.6, S0.VER.1-4, S1.VER.1, S2.VER.5, S3.VER.1, S4.VER.1)."""
    assert after(bump, before, word) == expected


@pytest.mark.parametrize(
    ("bump", "before", "word", "expected"),
    [
        ("patch", "1.2", "", "1.2.1"),
        ("patch", "1!1.2.3", "", "1!1.2.4"),
        ("patch", "1.2.4rc1", "", "1.2.4"),
        ("patch", "1.2.3.post1", "", "1.2.4"),
        ("pre-release", "1.2.3", "beta", "1.2.4b1"),
        ("pre-release", "1.2.4b1", "beta", "1.2.4b2"),
        ("pre-release", "1.2.4b1.dev2", "beta", "1.2.4b1"),
        ("pre-release", "1.2.4.dev1", "beta", "1.2.4b1"),
        ("pre-release", "1.2.3", "hotfix", "1.2.4rc1"),
        ("promote", "1.2.4b1", "", "1.2.4"),
        ("suffix", "1.2.3", "hotfix", "1.2.3+hotfix.1"),
        ("suffix", "1.2.3+hotfix.1", "hotfix", "1.2.3+hotfix.2"),
        ("suffix", "1.2.3+zzz", "hotfix", "1.2.3+zzz.1"),
    ],
)
def test_the_next_version_of_python(bump: Bump, before: str, word: str, expected: str) -> None:
    """PEP 440 has epochs, its own three words, and local versions for a suffix (X.6)."""
    assert after(bump, before, word, "pep-440") == expected


@given(SEMVERS, st.sampled_from(list(BUMPS)), WORDS)
def test_a_bump_goes_up(text: str, bump: Bump, word: str) -> None:
    """Whatever the version and the word, what comes next is above in SemVer's own order; only promoting may be none."""
    before = number(text)
    found = bumped(bump, before, word)
    assert found is not None or (bump == "promote" and before.final)
    assert found is None or found > before


@given(PYTHONS, st.sampled_from(list(BUMPS)), WORDS)
def test_a_bump_of_python_goes_up(text: str, bump: Bump, word: str) -> None:
    """The same in the order of PEP 440."""
    before = number(text, "pep-440")
    found = bumped(bump, before, word)
    assert found is not None or (bump == "promote" and before.final)
    assert found is None or found > before


@given(SEMVERS)
def test_a_version_is_printed_as_it_was_read(text: str) -> None:
    """SemVer has one spelling, and reading it again gives the same (X.6)."""
    assert number(text).text == text
    release = parse(f"pkg@{text}", "pkg@")
    assert release is not None
    assert release.version == number(text)


@given(PYTHONS)
def test_a_version_of_python_is_stable_once_printed(text: str) -> None:
    """PEP 440's canonical spelling reads as itself."""
    once = number(text, "pep-440")
    again = number(once.text, "pep-440")
    assert (again.text, again) == (once.text, once)


@pytest.mark.parametrize(
    ("tag", "prefix", "version"),
    [
        ("v1.2.3", "v", "1.2.3"),
        ("1.2.3", "", "1.2.3"),
        ("pkg@1.2.3", "pkg@", "1.2.3"),
        ("@scope/pkg@1.2.3-beta.1", "@scope/pkg@", "1.2.3-beta.1"),
        ("pkg/v1.2.3", "pkg/v", "1.2.3"),
        ("release/1.2.3", "release/", "1.2.3"),
    ],
)
def test_tags_of_monorepos(tag: str, prefix: str, version: str) -> None:
    """A package's name before the version is the prefix, whatever the playbook's own prefix is (X.6)."""
    found = split(tag)
    assert found is not None
    assert (found[0], found[1].version.text) == (prefix, version)


@pytest.mark.parametrize(
    "tag", ["v20240115_0915", "hotfix/v20240115_0915", "v1.2", "v01.2.3", "main", "", "v" * 999]
)
def test_what_is_no_version(tag: str) -> None:
    """A date, half a version, a leading zero or nothing is never taken for a version (S1.TRP.5)."""
    assert parse(tag) is None
    assert split(tag) is None


def test_a_number_without_end_is_no_version() -> None:
    """A tag is untrusted: one that is too long is not counted through."""
    assert read("9" * 5000 + ".0.0") is None
    assert read("1." * 400 + "1", "pep-440") is None


def test_the_latest_release() -> None:
    """By the order of versions, not of letters; pre-releases only when asked for (S0.TRP.3, S4.TRP.2)."""
    tags = ["v1.9.0", "v1.10.0", "v1.11.0-beta.1", "v20240115_0915", "pkg@9.0.0"]
    assert _tag(latest_release(tags)) == "v1.10.0"
    assert _tag(latest_release(tags, final=False)) == "v1.11.0-beta.1"
    assert _tag(latest_release(tags, "pkg@")) == "pkg@9.0.0"
    assert _tag(latest_release(["v1.2.4rc1", "v1.2.3"], standard="pep-440")) == "v1.2.3"
    assert latest_release(["v1.2.4rc1"]) is None


def test_the_placeholder_is_the_next_patch() -> None:
    """What one process writes as X.Y.Z+1 is the next patch, not build metadata (S2.TRP.1)."""
    release = parse("v1.0.4")
    assert release is not None
    assert next_patch(release) == "1.0.5"


def _tag(release: Release | None) -> str:
    assert release is not None
    return release.tag
