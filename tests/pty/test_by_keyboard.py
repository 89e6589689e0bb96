"""A whole incident by keyboard in a real terminal, on a real repository with a real remote: from `hotfix` to the post-mortem."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.git.programs import Program
from tests.git_fixtures import git
from tests.pty.conftest import hotfix
from tests.pty.harness import Terminal, python
from tests.pty.person import TMUX, Person, project

pytestmark = pytest.mark.pty
TESTS = 'print("running 12 tests"); print("test result: ok. 12 passed; 0 failed")'
TITLE = "It crashes on paths with a space"
BRANCH, TAG = "hotfix/v1.0.5", "v1.0.5"
MINUTE = 60.0


@dataclass
class Night:
    """The project, the person, and what the machine has."""

    root: Path
    remote: Path
    log: Path
    person: Person
    cargo: Program


@contextmanager
def night(
    folder: Path, environ: dict[str, str], size: tuple[int, int], *, tmux: bool, main: str
) -> Iterator[Night]:
    """`hotfix` in the project's folder, with a log that it follows."""
    root, remote = project(folder, main)
    log = folder / "app.log"
    log.write_text("2026-11-21T03:00:00Z INFO ready\n")
    cargo = Program(folder / "bin", "cargo", TESTS)
    around = environ | {"PATH": f"{folder / 'bin'}{os.pathsep}{environ['PATH']}"}
    argv = python("-m", "hotfix_tui", "--log", str(log))
    with tempfile.TemporaryDirectory(prefix="hf") as sockets:  # a socket's path must be short
        if tmux and TMUX:
            around |= {"TMUX_TMPDIR": sockets, "SHELL": "/bin/sh"}
            argv = [TMUX, "-L", f"hotfix-key-{os.getpid()}", "-f", "/dev/null", "new-session", *argv]
        with Terminal(argv, around, size=size, cwd=root) as terminal:
            yield Night(root, remote, log, Person(terminal), cargo)


@pytest.mark.parametrize(
    ("size", "tmux", "main"),
    [((120, 36), False, "master"), ((80, 24), True, "main")],
    ids=["120x36", "80x24-in-tmux"],
)
def test_a_whole_incident(
    tmp_path: Path, environ: dict[str, str], size: tuple[int, int], *, tmux: bool, main: str
) -> None:
    """Declared, triaged, worked, released, noted, closed and exported with keys alone; what it says is what git has."""
    began = time.monotonic()
    with night(tmp_path, environ, size, tmux=tmux, main=main) as here:
        declare(here.person)
        assess(here)
        mend(here)
        release(here, main)
        end(here)
        here.person.terminal.press("\x11")
        assert here.person.terminal.wait_end() == 0
    is_out(here, main)
    (page,) = here.root.glob("post-mortem-*.md")
    tells(page.read_text(), main)
    assert "closed" in hotfix(environ, here.root, "list")
    assert time.monotonic() - began < MINUTE


def declare(person: Person) -> None:
    """One line, five letters in one burst, enter."""
    person.sees("No incident is open.")
    person.press("n", "What is happening?", "v1.0.4")
    person.press(f"{TITLE}\rnwmny", TITLE, "P0", "5 of 5")  # as fast as a terminal brings it
    person.terminal.settle(0.5)
    person.press("\r", "0 of 5 done", "P0", "ACTIVE")


def assess(here: Night) -> None:
    """Items with value and reason, a note dated back, the log through a rotation, the branch from the release tag."""
    person = here.person
    person.press(" ", "1 of 5 done")
    person.press("ns", "Why is")
    person.answer("skipped?", "no flag helps", "2 of 5 done")
    person.press("n ", "how many users")
    person.answer("what is it?", "6 of 10", "3 of 5 done", "= 6 of 10")
    person.press("n ", "4 of 5 done")
    person.press("a", "Note for the story")
    person.answer("dates it back", "-12m first report", "noted at")
    here.log.rename(here.log.with_suffix(".1"))
    here.log.write_text("2026-11-21T03:01:00Z ERROR panic at main.rs:1\n")
    person.press("4", "file rotated", "ERROR panic at")
    person.press("2b", "Create hotfix/v1.0.5 from v1.0.4")
    person.confirm("5 of 5 done", "proven")
    person.press(">", "0 of 2 done")


def mend(here: Night) -> None:
    """The fix, written outside, is committed with the words that it is asked for; the tests run."""
    person = here.person
    (here.root / "src/main.rs").write_text('fn main() { open("C:/a%20b") }\n')
    person.operation("Commit the fix", "the issue's number")
    person.answer("the issue's number", "42", "#42")
    person.confirm("Commit 1 file: done")
    person.press(" ", "1 of 2 done")
    person.press("ns", "Why is")
    person.answer("skipped?", "the harness has no Windows", "2 of 2 done")
    person.press(">", "3.1 Run the critical path tests")
    person.press("r", "cargo test --test")
    person.confirm("1 of 2 done")
    person.press("n ", "2 of 2 done")


def release(here: Night, main: str) -> None:
    """Version, changelog, their commit, back to main, the tag: each plan shown first, the last one typed."""
    person = here.person
    person.press(">", "4.1 Raise the patch version")
    person.press("r", '+ version = "1.0.5"')
    person.confirm("1 of 2 done")
    person.press("nr", "Enter 1.0.5 in CHANGELOG.md", "(#42)")
    person.confirm("2 of 2 done")
    person.operation("Commit version", "Commit 3 files: version 1.0.5")
    person.confirm("Commit 3 files: version 1.0.5: done")
    person.press(">", "5.1 Merge the branch to main")
    person.press("r", f"Bring {BRANCH} back to {main}")
    person.confirm("1 of 2 done", "proven")
    person.press("nr", "what users see")
    person.answer("what users see", "it cannot start", "Type v1.0.5 to go on")
    person.confirm("2 of 2 done", "proven", word=TAG)
    person.press("m", "Which moment is reached?")
    person.press("jjjj\r", "When was it: released?")
    person.press("\r", "released,")


def end(here: Night) -> None:
    """Resolved, closed with what is open, previewed and exported."""
    person = here.person
    person.command("Mark the incident resolved", "How do you know")
    person.answer("that users are well again?", "they say so", "RESOLVED")
    person.command("Close the incident", "Before closing")
    person.answer("Before closing", "the rest is for the morning", "CLOSED")
    person.press("p", "# Post-mortem", TITLE, "questions are still open")
    person.press("x", "written:")


def is_out(here: Night, main: str) -> None:
    """The remote has the tag on the fix, and the fix in main; the work tree has every version."""
    fix = git(here.root, "rev-parse", BRANCH)
    assert git(here.remote, "rev-parse", f"{TAG}^{{commit}}") == fix
    assert git(here.remote, "cat-file", "-t", TAG) == "tag"
    assert git(here.remote, "merge-base", fix, main) == fix
    assert git(here.root, "merge-base", BRANCH, "v1.0.4") == git(here.root, "rev-parse", "v1.0.4^{commit}")
    assert "Fixes #42" in git(here.root, "log", "--format=%B", f"v1.0.4..{BRANCH}")
    assert 'version = "1.0.5"' in git(here.remote, "show", f"{TAG}:Cargo.toml")
    assert "(#42)" in git(here.remote, "show", f"{TAG}:CHANGELOG.md")
    assert here.cargo.calls == [
        ["test", "--test", "e2e_cli_tests", "--test", "system_integration", "--verbose"]
    ]


def tells(page: str, main: str) -> None:
    """The post-mortem has the title, the timeline with its sources, the numbers, and what is left."""
    for line in (
        f": {TITLE}",
        "note: first report",
        "skipped: 1.2 Confirm that there is no reasonable workaround (because: no flag helps)",
        "1.5 Create hotfix/v1.0.5 from v1.0.4: done",
        "3.1 Run cargo test: done, exit code 0: test result: ok. 12 passed; 0 failed",
        f"5.1 Bring {BRANCH} back to {main}: done, origin has {main} at",
        "5.2 Tag ",
        "milestone: released",
        "How it ended: they say so",
        "| 1 Assess, branch | 0m | 15m | 30m | within |",
        "- [x] 1.3 Say how many users are affected: 6 of 10",
        "- [ ] 2.2 Add or change a test for the fix (skipped: the harness has no Windows)",
        "6 open questions.",
    ):
        assert line in page, page
