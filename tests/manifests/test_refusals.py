"""Version files that cannot be read or do not agree: one sentence with file and line, and nothing is made."""

from __future__ import annotations

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.manifests.bumping import bump

WRONG: dict[str, tuple[dict[str, str | bytes], str]] = {
    "broken JSON": (
        {"package.json": '{\n "version": 1.2.3\n}'},
        "package.json:2: this is no valid JSON: Expecting",
    ),
    "a JSON list": ({"package.json": "[]"}, "package.json:1: this is no valid JSON object"),
    "a key twice": (
        {"package.json": '{"version": "1.2.3",\n"version": "1.2.3"}'},
        "package.json:2: the key version stands twice",
    ),
    "JSON without end": ({"package.json": "[" * 100_000}, "package.json:1: this is no valid JSON"),
    "broken TOML": ({"Cargo.toml": "[package]\nversion = 1.2.3\n"}, "Cargo.toml:2: this is no valid TOML"),
    "TOML that ends too early": (
        {"Cargo.toml": '[package]\nversion = "1.2'},
        "Cargo.toml:2: this is no valid TOML",
    ),
    "deep TOML": (
        {"Cargo.toml": "x = " + "[" * 5000 + "]" * 5000},
        "Cargo.toml:1: this is no valid TOML: too many",
    ),
    "broken XML": (
        {"pom.xml": "<project>\n<version>1.2.3</project>"},
        "pom.xml:2: this is no valid XML: mismatched tag",
    ),
    "entities": (
        {"pom.xml": '<!DOCTYPE p [<!ENTITY v "1.2.3">]>\n<project><version>&v;</version></project>'},
        "pom.xml:1: a document type is not read",
    ),
    "a version in parts": (
        {"pom.xml": "<project><version>1.<!-- ? -->2.3</version></project>"},
        "no version that hotfix could raise",
    ),
    "a number by its code": (
        {"pom.xml": "<project><version>1.2.&#51;</version></project>"},
        "no version that hotfix could raise",
    ),
    "a parent's version": (
        {"pom.xml": "<project><parent><version>1.2.3</version></parent></project>"},
        "name the parent's pom.xml",
    ),
    "a property that is not there": (
        {"pom.xml": "<project><version>${r}</version></project>"},
        "the property r, which is not in this file",
    ),
    "no version": ({"package.json": "{}"}, "package.json has no version: nothing in it names a version."),
    "a version that is a number": ({"Cargo.toml": "[package]\nversion = 1"}, "Cargo.toml has no version"),
    "Composer without one": (
        {"composer.json": "{}"},
        "composer.json has no version: Composer takes the version from the git tag.",
    ),
    "two lines": (
        {"VERSION": "1.2.3\n1.2.4\n"},
        "VERSION has no version: it holds something else than one version.",
    ),
    "two candidates": (
        {"build.gradle": "version '1.2.3'\nversion '1.2.3'\n"},
        "build.gradle:2: the version stands on several lines (1, 2)",
    ),
    "the git tag": (
        {"pyproject.toml": "[project]\ndynamic=['version']\n[tool.hatch.version]\nsource='vcs'"},
        "its version is made of the git tag",
    ),
    "a file that is not there": (
        {"pyproject.toml": "[project]\ndynamic=['version']\n[tool.hatch.version]\npath='a/b.py'"},
        "pyproject.toml takes its version from a/b.py, and there is no such file.",
    ),
    "a name for it": (
        {"package.json": '{"version": "latest"}'},
        "package.json:1 version latest: this is no version",
    ),
    "not UTF-8": (
        {"package.json": b'{\n"version": "1.2.3", "a": "\xe9"}'},
        "package.json:2: this is no UTF-8 text",
    ),
    "UTF-16": (
        {"package.json": '{"version": "1.2.3"}'.encode("utf-16")},
        "package.json:1: this is no UTF-8 text",
    ),
    "too large": (
        {"package.json": b" " * 5_000_001},
        "package.json has 5.0 MB; a version file of more than 5 MB",
    ),
    "an unknown kind": (
        {"version.rs": "x"},
        "version.rs is no version file that hotfix knows; give the playbook a pattern",
    ),
    "a workspace that is not named": (
        {"a/Cargo.toml": "[package]\nname='a'\nversion.workspace=true"},
        "a/Cargo.toml has the version of its workspace; name the workspace's Cargo.toml instead.",
    ),
    "two versions": (
        {
            "package.json": '{\n"version": "1.2.3"}',
            "VERSION": "1.2.2",
            "Cargo.toml": '[package]\nversion = "1.2.3"',
        },
        (
            "The version files do not agree: package.json:2 version 1.2.3; VERSION:1 the whole file 1.2.2; "
            "Cargo.toml:2 package.version 1.2.3. Make them equal first."
        ),
    ),
    "a version without an end": ({"VERSION": "1" + "-a" * 5000 + "!"}, "VERSION has no version"),
    "an escape sequence": ({"package.json": '{"version": "1.2.3\\u001b[2J"}'}, "this is no version"),
}


def rules(files: dict[str, str | bytes]) -> VersionRules:
    """A playbook that names them all."""
    return VersionRules(files=tuple(files))


def encoded(files: dict[str, str | bytes]) -> dict[str, bytes]:
    """The files as they lie on the disk."""
    return {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_told_in_one_sentence(name: str) -> None:
    """The sentence names the file, the line where there is one, and what is the matter with it."""
    files, sentence = WRONG[name]
    with pytest.raises(Refused) as refusal:
        bump(encoded(files), rules(files), "1.2.4")
    said = str(refusal.value)
    assert sentence in said
    assert "\n" not in said
    assert said.isprintable()


def test_a_missing_file_is_told_by_its_name() -> None:
    """A file that the playbook names and that is not there stops everything; a lock file is only told."""
    with pytest.raises(Refused, match=r"names VERSION, but there is no such file; create or unname it"):
        bump({}, VersionRules(files=("VERSION",), lock_files=("package-lock.json",)), "1.2.4")
    playbook = VersionRules(files=("VERSION",), lock_files=("package-lock.json",))
    assert bump({"VERSION": b"1.2.3"}, playbook, "1.2.4").notes == (
        "package-lock.json is not there: nothing is locked in it",
    )


def test_many_members_with_their_own_versions_are_one_sentence() -> None:
    """A workspace of fifty packages does not fill the screen."""
    members = {f"p{n}/Cargo.toml": b'[package]\nname = "p%d"\nversion = "0.1.0"' % n for n in range(50)}
    root = b'[workspace]\nmembers = ["p*"]\n[workspace.package]\nversion = "1.2.3"'
    made = bump({"Cargo.toml": root, **members}, VersionRules(files=("Cargo.toml",)), "1.2.4")
    assert made.notes == ("p0, p1, p2 and 47 more count their own versions: not changed",)


def test_an_unexpected_version_is_told() -> None:
    """When the tag says 1.2.3 and the file does not, somebody has to look first."""
    with pytest.raises(Refused, match=r"should say 1\.2\.3, but there is: VERSION:1 the whole file 1\.3\.0"):
        bump({"VERSION": b"1.3.0\n"}, VersionRules(files=("VERSION",)), "1.2.4", "1.2.3")


def test_a_stale_lock_file_is_told() -> None:
    """A lock file that says another version than its manifest is not written over."""
    files = {"package.json": b'{"version": "1.2.3"}', "package-lock.json": b'{"version": "1.2.2"}'}
    with pytest.raises(Refused, match=r"package-lock\.json:1 version 1\.2\.2"):
        bump(files, VersionRules(files=("package.json",), lock_files=("package-lock.json",)), "1.2.4")


def test_a_pattern_that_fits_twice_or_never_is_told() -> None:
    """A playbook's pattern marks one place."""
    one = VersionRules(patterns={"a.h": 'V "$version"'})
    with pytest.raises(Refused, match=r"a\.h:2: the version stands on several lines \(1, 2\)"):
        bump({"a.h": b'V "1.2.3"\nV "1.2.3"\n'}, one, "1.2.4")
    with pytest.raises(Refused, match="nothing in it is like V "):
        bump({"a.h": b"v 1.2.3"}, one, "1.2.4")
    with pytest.raises(Refused, match=r"pattern for a\.h has no \$version"):
        bump({"a.h": b"v 1.2.3"}, VersionRules(patterns={"a.h": "v"}), "1.2.4")


def test_a_place_that_cannot_say_the_new_version_is_told() -> None:
    """Python has no 1.2.4-hotfix.1, and a version prefix of .NET no pre-release."""
    with pytest.raises(
        Refused, match=r"pyproject\.toml: 1\.2\.4-hotfix\.1 is no version that a Python package"
    ):
        bump(
            {"pyproject.toml": b"[project]\nversion='1.2.3'"},
            VersionRules(files=("pyproject.toml",)),
            "1.2.4-hotfix.1",
        )
    prefix = b"<Project><PropertyGroup><VersionPrefix>1.2.3</VersionPrefix></PropertyGroup></Project>"
    with pytest.raises(
        Refused, match=r"a\.csproj: .*VersionPrefix \(line 1\) cannot hold the pre-release 1\.2\.4-rc\.1"
    ):
        bump({"a.csproj": prefix}, VersionRules(files=("a.csproj",)), "1.2.4-rc.1")
    with pytest.raises(Refused, match="“v1” is no version"):
        bump({"VERSION": b"1.2.3"}, VersionRules(files=("VERSION",)), "v1")
