"""The checks of what was committed: its size, its messages, its version files and its changelog; on real commits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Formats, Guard, GuardKind, Item, VersionRules
from tests.checks_fixtures import BRANCH, TAG, Bench, bench
from tests.git_fixtures import commit

PACKAGE = '{{\n  "name": "letters",\n  "version": "{0}"\n}}\n'


@pytest.fixture
def seat(tmp_path: Path) -> Bench:
    """A hotfix branch with nothing on it."""
    made = bench(tmp_path)
    made.branch()
    return made


def guarded(seat: Bench, kind: GuardKind, limit: int = 0, paths: tuple[str, ...] = ()) -> str:
    """What a guard of this kind makes of the change; empty when it passes."""
    guards = (
        Guard("one", kind, limit=limit, paths=paths, text="Too much."),
        Guard("name", "branch-name", pattern="x^"),
    )
    seat.playbook = replace(seat.playbook, guards=guards)
    seen = seat.ask("scope")
    return "" if seen.ok else seen.text


def test_a_small_change_passes(seat: Bench) -> None:
    """Its files and lines are told; the guards over names of branches are another check's business."""
    with pytest.raises(Refused, match="nothing is committed"):
        seat.ask("scope")
    seat.fix()
    assert guarded(seat, "files-changed", 5) == ""
    assert seat.ask("scope").text == "1 file, 2 lines on v1.0.4; 1 guard passed"


def test_files_and_lines_have_limits(seat: Bench) -> None:
    """Counted against the base over all commits, not only the last one (S1.TRP.2, S2.GAT.1)."""
    seat.fix("a.py", "1\n2\n3\n")
    seat.fix("b.py", "1\n")
    assert guarded(seat, "files-changed", 1) == "warning: Too much. 2 files, more than 1: a.py, b.py"
    assert guarded(seat, "files-changed", 2) == ""
    assert guarded(seat, "lines-changed", 3) == "warning: Too much. 4 lines, more than 3"
    assert guarded(seat, "lines-changed", 4) == ""


def test_a_renamed_file_is_told_by_its_new_name(seat: Bench) -> None:
    """A fix that moves files hides what it changes (S4.GAT.5)."""
    seat.fix("long.py", "".join(f"{n}\n" for n in range(40)))
    assert guarded(seat, "renamed-files") == ""
    seat.box.git("mv", "unlock.py", "unlocked é.py")
    seat.box.git("commit", "-q", "-m", "rename")
    assert guarded(seat, "renamed-files") == "warning: Too much. renamed: unlocked é.py"


@pytest.mark.parametrize(
    ("kind", "caught", "passed"),
    [
        ("lock-file-change", "app/Cargo.lock", "app/Cargo.toml"),
        ("lock-file-change", "package-lock.json", "package.json"),
        ("dependency-change", "Cargo.lock", "lock.rs"),
        ("missing-test", "src/main.rs", "tests/deep/main.rs"),
        ("missing-test", "contest.py", "pkg/test_contest.py"),
        ("missing-test", "a.js", "src/a.test.js"),
    ],
)
def test_a_guard_knows_files_by_their_names(seat: Bench, kind: GuardKind, caught: str, passed: str) -> None:
    """Lock files, dependencies, and a fix without its test (S4.GAT.5, S3.GAT.4)."""
    for path in (passed, caught):
        (seat.root / path).parent.mkdir(parents=True, exist_ok=True)
    seat.fix(passed)
    assert guarded(seat, kind) == ""
    seat.box.git("reset", "-q", "--hard", "v1.0.4")
    (seat.root / caught).parent.mkdir(parents=True, exist_ok=True)
    seat.fix(caught)
    assert caught in guarded(seat, kind)


def test_a_playbook_says_where_its_tests_lie(seat: Bench) -> None:
    """Then nothing else counts as one."""
    seat.fix("test_a.py")
    assert guarded(seat, "missing-test") == ""
    assert "no test is among test_a.py" in guarded(seat, "missing-test", paths=("checks/**",))


def messages(seat: Bench, **formats: str) -> None:
    """The playbook wants these forms."""
    seat.playbook = replace(seat.playbook, formats=Formats(**formats))


def test_a_message_has_the_playbook_s_form(seat: Bench) -> None:
    """Subject by subject, each by the form of a fix, of a version or of a merge (S0.MSG.1)."""
    with pytest.raises(Refused, match="nothing about messages"):
        seat.ask("commit-message")
    messages(seat, commit="fix: $summary (#$issue)", bump="chore: version $fix")
    seat.fix(subject="fix: unlock (#42)")
    seat.fix("v.txt", subject="chore: version 1.0.5")
    assert seat.ask("commit-message").ok
    seat.fix("w.txt", subject="tidy up")
    seen = seat.ask("commit-message")
    assert (seen.ok, seen.text.endswith("“tidy up” has not the playbook's form")) == (False, True)


def test_a_message_has_every_labelled_line(seat: Bench) -> None:
    """One commit tells the issue, the severity and the way back, as the form has them (S4.MSG.1)."""
    messages(seat, commit="hotfix: $summary\n\nFixes $issue\nSeverity: $severity\n\nRollback: $way")
    seat.fix(subject="hotfix: unlock\n\nFixes #42\nSeverity: P0")
    assert seat.ask("commit-message").text.endswith("lacks a part of the playbook's message")
    seat.fix("b.py", subject="hotfix: unlock\n\nFixes #42\nSeverity: P0\n\nRollback: revert it")
    assert seat.ask("commit-message").ok


def test_a_guard_over_messages_counts_as_well(seat: Bench) -> None:
    """A playbook may only ask for a word (S1.GAT.3)."""
    guard = Guard("word", "commit-message", pattern="HOTFIX")
    seat.playbook = replace(seat.playbook, guards=(guard,))
    seat.fix(subject="unlock HOTFIX")
    assert seat.ask("commit-message").ok
    seat.fix("b.py", subject="unlock")
    assert seat.ask("commit-message").ok is False


@pytest.fixture
def package(seat: Bench) -> Bench:
    """A package with its version in two files."""
    rules = VersionRules(files=("package.json", "VERSION"), changelog="CHANGELOG.md")
    seat.playbook = replace(seat.playbook, version=rules)
    (seat.root / "VERSION").write_text("1.0.4\n")
    (seat.root / "package.json").write_text(PACKAGE.format("1.0.4"))
    (seat.root / "CHANGELOG.md").write_text("# Changelog\n\n## 1.0.4 - 2026-01-01\n\n- older\n")
    seat.box.git("add", ".")
    seat.box.git("commit", "-q", "-m", "files")
    return seat


def test_the_version_is_raised_everywhere_or_nowhere(package: Bench) -> None:
    """Every file with its version is told while one of them lags; uncommitted files count, and say so (X.6)."""
    assert package.ask("version-bumped").ok is False
    (package.root / "VERSION").write_text("1.0.5\n")
    half = package.ask("version-bumped")
    assert half.ok is False
    assert "package.json" in half.text
    (package.root / "package.json").write_text(PACKAGE.format("1.0.5"))
    whole = package.ask("version-bumped")
    assert (whole.ok, whole.text) == (
        True,
        "1.0.5 in package.json, VERSION of the work tree, not committed yet",
    )
    package.box.git("commit", "-q", "-a", "-m", "bump")
    assert package.ask("version-bumped").text.startswith(f"1.0.5 in package.json, VERSION of {BRANCH} (")


def test_the_version_stays_raised_on_another_branch(package: Bench) -> None:
    """What was committed for the fix counts, whatever is checked out now; and the tag counts before the branch."""
    commit(package.root, "VERSION", "1.0.5\n")
    commit(package.root, "package.json", PACKAGE.format("1.0.5"))
    package.box.git("tag", "-a", "-m", "x", TAG)
    package.box.git("switch", "-q", "main")
    assert f"of {TAG} (" in package.ask("version-bumped").text
    package.box.git("tag", "-d", TAG)
    assert package.ask("version-bumped").ok
    package.box.git("branch", "-q", "-D", BRANCH)
    assert package.ask("version-bumped").ok is False


def test_the_changelog_has_the_entry(package: Bench) -> None:
    """By its heading, with file and line (S2.VER.3)."""
    text = (package.root / "CHANGELOG.md").read_text()
    assert package.ask("changelog-entry").text.endswith("has no entry for 1.0.5")
    commit(package.root, "CHANGELOG.md", text.replace("## 1.0.4", "## 1.0.5\n\n- fixed\n\n## 1.0.4"))
    seen = package.ask("changelog-entry")
    assert seen.ok
    assert seen.text.startswith(f"CHANGELOG.md:3 of {BRANCH} (")
    package.playbook = replace(package.playbook, version=VersionRules())
    with pytest.raises(Refused, match="names no changelog"):
        package.ask("changelog-entry")


def test_a_linked_file_is_there(seat: Bench) -> None:
    """Inside the repository only, with its placeholders filled; an empty one is none."""
    page = Item("page", "Write it", link="docs/$fix.md")
    assert seat.ask("file-exists", page).text == "there is no file docs/1.0.5.md"
    (seat.root / "docs").mkdir()
    (seat.root / "docs/1.0.5.md").write_text("\n")
    assert seat.ask("file-exists", page).ok is False
    (seat.root / "docs/1.0.5.md").write_text("x\n")
    assert seat.ask("file-exists", page).text == "docs/1.0.5.md has 2 bytes"
    with pytest.raises(Refused, match="links no file"):
        seat.ask("file-exists", Item("x", "x"))
