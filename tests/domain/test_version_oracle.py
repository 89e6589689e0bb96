"""The version oracle: what it offers in each scheme, where each stands among the tags, and every trap in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import GitRules, Playbook, Scheme, VersionRules
from hotfix_tui.domain.versions.known import Tags
from hotfix_tui.domain.versions.number import read
from hotfix_tui.domain.versions.oracle import Candidate, choose, judge
from tests.case_fixtures import PLAYBOOK

NPM, CARGO, PYTHON = ("package.json",), ("Cargo.toml",), ("pyproject.toml",)
SCHEMES: tuple[Scheme, ...] = ("patch", "pre-release-counter", "promotion", "suffix-tag")


def rules(scheme: Scheme = "patch", suffix: str = "", files: tuple[str, ...] = ()) -> Playbook:
    """A playbook with these rules for versions."""
    return replace(PLAYBOOK, version=VersionRules(scheme, suffix, files=files), git=GitRules())


def offered(playbook: Playbook, base: str, *tags: str) -> list[str]:
    """The versions that are offered and can be used, best first."""
    return [one.version for one in choose(playbook, base, Tags((base, *tags))).candidates if one.usable]


def said(candidate: Candidate, id: str) -> str:
    """What the trap says; empty where the version does not fall into it."""
    return next((trap.text for trap in candidate.traps if trap.id == id), "")


def test_each_scheme_offers_its_own_first() -> None:
    """The scheme decides what comes first, and what may be chosen instead follows (X.6, S0.VER.2, S0.VER.4, S3.VER.1)."""
    assert offered(rules(), "v1.2.3") == ["1.2.4", "1.3.0"]
    assert offered(rules("pre-release-counter", "beta"), "v1.1.0-beta") == ["1.1.0-beta.1", "1.1.0"]
    beta = rules("promotion", "beta")
    assert offered(beta, "v1.0.0") == ["1.0.1-beta.1", "1.0.1", "1.1.0-beta.1", "1.1.0"]
    assert offered(beta, "v1.0.1-beta.1") == ["1.0.1-beta.2", "1.0.1"]
    assert offered(rules("suffix-tag", "hotfix"), "v1.2.3") == ["1.2.4-hotfix.1", "1.2.4"]
    assert offered(rules(files=PYTHON), "v1.2") == ["1.2.1", "1.3.0"]
    assert offered(rules("promotion", "beta", PYTHON), "v1.2.3")[0] == "1.2.4b1"


def test_what_an_incident_is_declared_with() -> None:
    """Where betas are promoted the fix is the release at their end; else it is the best candidate (S0.VER.3)."""
    declared = choose(rules("promotion", "beta"), "v1.0.0", Tags(("v1.0.0", "v1.0.1-beta.1"))).declared
    assert declared is not None
    assert declared.tag == "v1.0.1"
    counted = choose(rules("pre-release-counter", "beta"), "v1.1.0-beta", Tags()).declared
    assert counted is not None
    assert counted.tag == "v1.1.0-beta.1"


def test_a_number_that_is_taken_is_never_offered() -> None:
    """After a failed hotfix comes the next number; the taken one is listed last, with why (S2.VER.5, S1.TRP.3)."""
    choice = choose(rules(files=CARGO), "v1.2.3", Tags(("v1.2.3", "v1.2.4"), ("v1.2.3", "v1.2.4", "v1.2.5")))
    assert [one.tag for one in choice.candidates] == ["v1.2.6", "v1.3.0", "v1.2.4"]
    assert choice.candidates[0].why == "the next free patch after v1.2.3"
    assert choice.candidates[0].order == "above v1.2.5 (only on origin), the highest"
    last = choice.candidates[-1]
    assert not last.usable
    assert last.why == "would be the next patch after v1.2.3"
    assert "crates.io never takes 1.2.4 a second time, not even after a yank" in said(last, "taken")


def test_a_pre_release_of_what_is_out_is_passed_over() -> None:
    """1.0.1 is released, so its betas are over: the next one is of 1.0.2 (S1.TRP.3)."""
    assert offered(rules("promotion", "beta"), "v1.0.0", "v1.0.1")[0] == "1.0.2-beta.1"
    late = judge(rules("promotion", "beta"), "v1.0.0", Tags(("v1.0.0", "v1.0.1")), "1.0.1-beta.1")
    assert said(late, "too-late") == "v1.0.1 is out already: a pre-release of it comes too late."


@pytest.mark.parametrize(
    ("version", "order"),
    [
        ("1.2.4", "above v1.2.3, below v1.3.0-beta.1"),
        ("1.3.0", "above v1.3.0-beta.1, the highest"),
        ("1.0.0", "the lowest, below v1.2.2"),
    ],
)
def test_the_order_is_told_in_words(version: str, order: str) -> None:
    """Each version stands between its neighbours among the tags that are versions (S0.TRP.3, S1.TRP.5)."""
    tags = Tags(("v1.2.2", "v1.2.3", "v1.3.0-beta.1", "v20240115_0915", "other/v1.2.3"))
    assert judge(rules(), "v1.2.3", tags, version).order == order
    assert judge(rules(), "", Tags(), version).order == "the first version here"


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [
        (Tags(("v1.2.4",)), "The tag v1.2.4 exists here (origin was not asked)."),
        (Tags(("v1.2.4",), ()), "The tag v1.2.4 exists here, not on origin."),
        (Tags((), ("v1.2.4",)), "The tag v1.2.4 exists on origin and not here: git fetch --tags."),
        (Tags(("v1.2.4",), ("v1.2.4",)), "The tag v1.2.4 exists here and on origin."),
        (
            Tags(("v1.2.4",), ("v1.2.4",), frozenset({"v1.2.4"})),
            "The tag v1.2.4 exists here and on origin, at different commits.",
        ),
        (Tags(("v1.2.4+7",)), "The tag v1.2.4+7 exists here (origin was not asked)."),
        (Tags(("v1.2.3",)), ""),
    ],
)
def test_where_a_tag_exists_is_told(tags: Tags, sentence: str) -> None:
    """Here, on the remote or both, and whether they agree: "not tagged" is never said of a public tag (S1.TRP.4)."""
    assert said(judge(rules(), "v1.2.3", tags, "v1.2.4"), "taken") == sentence


def test_a_suffix_sorts_below_the_release() -> None:
    """1.2.4-hotfix.1 repairs 1.2.3 and not 1.2.4, and only its tag carries it (S4.TRP.1, S4.VER.1)."""
    web = rules("suffix-tag", "hotfix")
    wrong = judge(web, "v1.2.4", Tags(("v1.2.4",)), "v1.2.4-hotfix.1")
    assert said(wrong, "not-above") == "1.2.4-hotfix.1 sorts below v1.2.4, which it repairs: nobody gets it."
    assert not wrong.usable
    right = judge(web, "v1.2.3", Tags(("v1.2.3",)), "v1.2.4-hotfix.1")
    assert right.usable
    assert "is a pre-release: it sorts below 1.2.4" in said(right, "pre-release")
    assert (
        said(right, "nowhere") == "Only the tag says 1.2.4-hotfix.1: the program itself goes on saying 1.2.3."
    )
    assert not said(judge(rules(), "v1.2.3", Tags(), "1.2.4"), "pre-release")


def test_ranges_skip_a_pre_release() -> None:
    """Who asks npm, Cargo or pip for a range does not get it; who is on an earlier beta of it does (S4.TRP.1)."""
    beta = {
        files: judge(rules("promotion", "beta", files), "v1.2.3", Tags(), "1.2.4-beta.1")
        for files in (NPM, CARGO, PYTHON)
    }
    assert said(beta[NPM], "skipped").startswith("npm ranges such as ^1.2.3 and ~1.2.3 skip it")
    assert said(beta[CARGO], "skipped").startswith('Cargo requirements such as "1.2.3" skip it')
    assert said(beta[PYTHON], "skipped") == "pip skips it without --pre or its exact version."
    on_it = judge(rules("promotion", "beta", NPM), "v1.2.4-beta.1", Tags(), "1.2.4-beta.2")
    assert not said(on_it, "skipped")


def test_an_old_line_is_told() -> None:
    """A hotfix of an old release stands below the newest one, and npm would move "latest" back to it (S1.TRP.4)."""
    old = choose(rules(files=NPM), "v1.2.3", Tags(("v1.2.3", "v2.0.0"))).candidates[0]
    assert (old.tag, old.order, old.usable) == ("v1.2.4", "above v1.2.3, below v2.0.0", True)
    assert said(old, "behind").startswith("v2.0.0 is newer: it needs the fix as well. npm moves “latest”")
    assert not said(choose(rules(), "v2.0.0", Tags(("v1.2.3", "v2.0.0"))).candidates[0], "behind")


def test_build_metadata_is_no_newer_version() -> None:
    """SemVer ignores what stands behind the plus: X.Y.Z+1 repairs nothing (S2.TRP.1)."""
    one = judge(rules(), "v1.2.3", Tags(("v1.2.3",)), "1.2.3+1")
    assert said(one, "build").endswith("1.2.3+1 and 1.2.3 are the same version.")
    assert said(one, "not-above").startswith("Build metadata does not count: 1.2.3+1 is no newer than v1.2.3")
    assert not one.usable


def test_what_python_makes_of_a_version() -> None:
    """PEP 440 spells it in its own way, keeps local versions at home and knows no "hotfix" (X.6)."""
    python = rules("promotion", "beta", PYTHON)
    spelled = judge(python, "v1.2.3", Tags(), "1.2.4-beta.1")
    assert (spelled.version, spelled.tag) == ("1.2.4b1", "v1.2.4-beta.1")
    assert said(spelled, "respelled").startswith("Python's tools write 1.2.4-beta.1 as 1.2.4b1")
    local = choose(rules("suffix-tag", "hotfix", PYTHON), "v1.2.3", Tags()).candidates[0]
    assert said(local, "local") == "1.2.3+hotfix.1 is a local version: PyPI does not take it."
    taken = judge(python, "v1.2.3", Tags(("v1.2.4-beta.1",)), "1.2.4b1")
    assert said(taken, "taken").startswith("The tag v1.2.4-beta.1 exists here")
    with pytest.raises(Refused, match="no version by PEP 440"):
        judge(python, "v1.2.3", Tags(), "1.2.4-hotfix.1")


def test_a_counter_without_a_dot_is_told() -> None:
    """beta10 is below beta9 by letters; beta.10 is not."""
    assert "write beta.2" in said(judge(rules(), "v1.2.3", Tags(), "1.2.4-beta2"), "counts-badly")
    assert not said(judge(rules(), "v1.2.3", Tags(), "1.2.4-beta.2"), "counts-badly")


def test_promoting_is_told() -> None:
    """The release of a beta publishes all that is in the beta (S0.VER.3)."""
    release = choose(rules("promotion", "beta"), "v1.0.1-beta.1", Tags()).candidates[1]
    assert said(release, "promotes") == "It makes a release of v1.0.1-beta.1, with everything that is in it."


def test_a_monorepo_s_tag_brings_its_prefix() -> None:
    """Only the package's own tags count, and the new tag is the package's (X.6)."""
    choice = choose(rules(files=NPM), "@scope/pkg@1.2.3", Tags(("@scope/pkg@1.2.3", "v1.2.4", "other@1.2.4")))
    assert choice.candidates[0].tag == "@scope/pkg@1.2.4"
    assert choice.candidates[0].order == "above @scope/pkg@1.2.3, the highest"
    assert judge(rules(), "pkg/v1.2.3", Tags(), "pkg/v1.2.4").version == "1.2.4"


def test_a_base_that_is_no_version() -> None:
    """From main the newest release counts, for a counted beta the newest beta; without any there is nothing."""
    tags = Tags(("v1.0.0", "v1.1.0-beta"))
    assert choose(rules(), "main", tags).base == "v1.0.0"
    assert choose(rules("pre-release-counter", "beta"), "", tags).base == "v1.1.0-beta"
    assert choose(rules(), "main", Tags(("v1.1.0-beta",))).base == "v1.1.0-beta"
    nothing = choose(rules(), "main", Tags(("light",)))
    assert (nothing.base, nothing.candidates, nothing.best, nothing.declared) == ("", (), None, None)


@pytest.mark.parametrize("version", ["", "latest", "v20240115_0915", "1.2", "v", "1.2.3\x1b[31m"])
def test_what_is_no_version_is_refused(version: str) -> None:
    """With a sentence that says what one looks like (S1.TRP.5)."""
    with pytest.raises(Refused, match=r"no version by SemVer, such as 1\.2\.3") as refused:
        judge(rules(), "v1.2.3", Tags(), version)
    assert "\x1b" not in str(refused.value)


NUMBERS = st.builds(
    "{}.{}.{}{}".format, *(st.integers(0, 3),) * 3, st.sampled_from(["", "-beta", "-beta.1", "-rc.2"])
)


@given(st.lists(NUMBERS, max_size=12), NUMBERS, st.sampled_from(SCHEMES), st.sampled_from([NPM, PYTHON, ()]))
def test_the_best_is_free_and_above(
    numbers: list[str], base: str, scheme: Scheme, files: tuple[str, ...]
) -> None:
    """Whatever the tags are, there is a best one: above the base, no tag's, and nothing of what is out (S1.TRP.3)."""
    tags = tuple(f"v{number}" for number in numbers)
    choice = choose(rules(scheme, "beta", files), f"v{base}", Tags((f"v{base}",), tags))
    assert choice.best is not None
    best, start = read(choice.best.version, choice.standard), read(base, choice.standard)
    every = [read(number, choice.standard) for number in numbers]
    assert best is not None
    assert start is not None
    assert best > start
    assert best not in every
    assert not said(choice.best, "too-late")
    assert [one.usable for one in choice.candidates].index(True) == 0
