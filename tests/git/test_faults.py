"""A git that does not work, a repository that means harm, and locks: the rows 57, 60 and 61 of the fault matrix."""

from __future__ import annotations

import inspect
import os
import shlex
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotfix_tui.adapters.git_history import GitHistory
from hotfix_tui.adapters.git_making import GitMaking
from hotfix_tui.adapters.git_rehearsal import GitRehearsal
from hotfix_tui.adapters.git_repository import GitRepository, find_repository
from hotfix_tui.domain.errors import HotfixError, PortFailure
from hotfix_tui.ports import Site, Taking
from tests.cli_fixtures import Cli
from tests.git.test_hostile import HOSTILE, evil
from tests.git_fixtures import Sandbox, git, sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fresh repository with a remote."""
    return sandbox(tmp_path / "box")


# --- a git that does not work (row 57) ----------------------------------------------------------


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Another `git`, found before the real one, which it knows as $REAL."""
    real = subprocess.run(["sh", "-c", "command -v git"], capture_output=True, text=True, check=True)
    folder.mkdir(exist_ok=True)
    (folder / "git").write_text(f"#!/bin/sh\nREAL='{real.stdout.strip()}'\n{script}\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


BROKEN = {
    "it crashes": ("kill -SEGV $$", "does not work"),
    "it prints garbage": ("head -c 400 /dev/urandom; exit 0", "answers what no git does"),
    "it prints nothing": ("exit 0", "answers what no git does"),
    "it fails in other words": ("echo no; exit 1", "does not work"),
    "it is old": ('[ "$1" = --version ] && echo git version 2.30.9 || exit 129', "too old"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_git_is_one_sentence(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """What is wrong is named with something to do."""
    script, said = BROKEN[how]
    stand_in(tmp_path / "bin", monkeypatch, script)
    with pytest.raises(PortFailure, match=said) as caught:
        find_repository(box.root)
    assert caught.value.hint


@pytest.mark.parametrize("how", ["it crashes", "it prints garbage", "missing"])
def test_the_incident_goes_on_without_git(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Everything that needs no git works as before, and that git is not there is told."""
    if how == "missing":
        (tmp_path / "bin").mkdir()
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    else:
        stand_in(tmp_path / "bin", monkeypatch, BROKEN[how][0])
    cli = Cli(box.root, tmp_path / "data")
    assert cli("declare", "x", "--answer", "danger=y").code == 0
    assert cli("note", "seen").code == 0
    status = cli("status")
    assert status.code == 0
    assert "git" in (status.out + status.err).lower()
    assert cli("op", "plan", "branch").code == 7


def test_another_user_s_repository_says_the_exact_line(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git's distrust comes with the one line that ends it, which can be pasted as it is, and nobody enters it (row 59)."""
    odd = tmp_path / "a team's app"
    box.root.rename(odd)
    script = 'GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "$REAL" "$@"'
    stand_in(tmp_path / "bin", monkeypatch, script)
    with pytest.raises(PortFailure, match="another user") as caught:
        find_repository(odd)
    line = caught.value.hint.removeprefix("If you do: ")
    assert shlex.split(line) == ["git", "config", "--global", "--add", "safe.directory", str(odd)]
    assert git(tmp_path, "config", "--global", "--get-all", "safe.directory", check=False) == ""


def asked(site: Site) -> dict[str, Callable[[], object]]:
    """Every question that the product asks of a repository, by its name; a test below holds that none is missing."""
    repository, history, making, rehearsal = site.repository, site.history, site.making, site.rehearsal
    head, base = (
        git(repository.root, "rev-parse", "HEAD"),
        git(repository.root, "rev-parse", "v1.0.3^{commit}"),
    )
    taking = (Taking(head),)
    return {
        "status": repository.status,
        "tags": repository.tags,
        "resolve": lambda: repository.resolve("HEAD"),
        "head_ref": repository.head_ref,
        "valid_branch": lambda: repository.valid_branch("x"),
        "remotes": repository.remotes,
        "default_branch": lambda: repository.default_branch("origin"),
        "remote_refs": lambda: repository.remote_refs("origin", "refs/heads/*"),
        "commits": lambda: repository.commits(base, head),
        "count": lambda: repository.count(base, head),
        "changes": lambda: repository.changes(base, head),
        "tag": lambda: history.tag("v1.0.4"),
        "parents": lambda: history.parents(head),
        "message": lambda: history.message(head),
        "contains": lambda: history.contains(head, base),
        "shared": lambda: history.shared(head, base),
        "file": lambda: history.file(head, "unlock.py"),
        "paths": lambda: history.paths(head),
        "conflicts": lambda: history.conflicts(head, base),
        "made": lambda: history.made(base, head),
        "shown": lambda: history.shown(head),
        "unmerged": history.unmerged,
        "habits": making.habits,
        "staged": making.staged,
        "index": lambda: making.index(["unlock.py"]),
        "changed": lambda: making.changed(["unlock.py"]),
        "untracked": making.untracked,
        "difference": lambda: making.difference(base, head),
        "upstream": lambda: making.upstream("main"),
        "named": lambda: making.named(head[:9]),
        "picked": lambda: making.picked(head, base),
        "fork": lambda: making.fork(head, base),
        "touching": lambda: making.touching(base, head, ["unlock.py"]),
        "tags_at": lambda: making.tags_at(base),
        "described": lambda: making.described(head),
        "line": lambda: rehearsal.line(base, head),
        "changing": lambda: rehearsal.changing(head, "unlock.py", 9),
        "without": lambda: rehearsal.without(head, taking),
        "having": lambda: rehearsal.having(base, (head,)),
    }


OTHERS = {"root", "run", "still", "git"}
"""What is no question."""


def test_no_question_is_forgotten(box: Sandbox) -> None:
    """Every public method of what reads a repository is among those that the tests below ask."""
    kinds = (GitRepository, GitHistory, GitMaking, GitRehearsal)
    names = {
        name
        for kind in kinds
        for name, _ in inspect.getmembers(kind, callable)
        if not name.startswith("_") and name not in OTHERS
    }
    assert names == set(asked(box.site))


GARBAGE = {
    "words": "printf 'no\\0such: 1 2 3\\n\\0\\t\\t\\0# branch.ab x y\\0'",
    "noise": "head -c 3000 /dev/urandom",
    "nothing": ":",
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_is_a_failure_of_the_world(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Whatever git answers, the worst that comes of it is a sentence: no question breaks the console."""
    site = box.site
    questions = asked(site)
    stand_in(
        tmp_path / "bin", monkeypatch, f'[ "$1" = config ] && exec "$REAL" "$@"\n{GARBAGE[kind]}; exit 0'
    )
    said = []
    for ask in questions.values():
        try:
            ask()
        except HotfixError as error:
            said.append(str(error))
    assert not any("\n" in sentence for sentence in said)


def test_an_absurd_date_is_no_failure(box: Sandbox) -> None:
    """A commit may claim any year; the others of the list are shown all the same."""
    stamp = "Eve <e@example.org> 99999999999999 +0000"
    tree, parent = box.git("rev-parse", "HEAD^{tree}"), box.git("rev-parse", "HEAD")
    body = box.root.parent / "commit"
    body.write_text(f"tree {tree}\nparent {parent}\nauthor {stamp}\ncommitter {stamp}\n\nlate\n")
    late = box.git("hash-object", "-w", "-t", "commit", str(body))
    newest, _ = box.repository.commits("refs/tags/v1.0.4", late)
    assert newest.at > datetime(9000, 1, 1, tzinfo=UTC)
    assert box.site.history.made(box.release, late)[0].oid == late


# --- a hostile repository, asked everything (row 60) ---------------------------------------------


def test_no_question_starts_a_program_of_a_hostile_repository(box: Sandbox, tmp_path: Path) -> None:
    """Every reading command in a repository whose settings name a program wherever one can be named (§3.1)."""
    marks = tmp_path / "marks"
    marks.mkdir()
    (box.root / "unlock.py").write_text("changed\n")
    questions = asked(box.site)
    config = box.root / ".git" / "config"
    for key in (
        *HOSTILE,
        "trailer.evil.command",
        "core.hooksPath",
        "diff.evil.cachetextconv",
        "hook.a.command",
    ):
        box.git("config", "--file", str(config), key, evil(marks, key))
    (box.root / ".git" / "info").mkdir(exist_ok=True)
    (box.root / ".git" / "info" / "attributes").write_text("* filter=evil diff=evil merge=evil\n")
    later = (box.root / "unlock.py").stat().st_mtime + 5
    os.utime(box.root / "unlock.py", (later, later))
    for ask in questions.values():
        try:
            ask()
        except PortFailure:
            continue
    assert sorted(path.name for path in marks.iterdir()) == []


# --- locks (row 61) ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["refs/heads/x.lock", "index.lock"])
def test_a_lock_tells_its_age_its_owner_and_that_nobody_is_at_work(box: Sandbox, name: str) -> None:
    """After 1.3 s the lock is told and left, for a ref as for the index."""
    lock = box.root / ".git" / name
    lock.write_text("")
    os.utime(lock, (time.time() - 3600, time.time() - 3600))
    argv = ["git", "branch", "x", "v1.0.4"] if "refs" in name else ["git", "switch", "--detach", "v1.0.4"]
    start = time.monotonic()
    with pytest.raises(PortFailure, match=rf"{lock.name}, 36\d\d s old, of {owner(lock)},") as caught:
        box.repository.run(argv)
    assert 1.2 < time.monotonic() - start < 5
    assert caught.value.hint == f"Wait for it to end; if no git is running (none is here now): rm {lock}"
    assert lock.exists()


def test_a_git_that_is_at_work_is_named(box: Sandbox) -> None:
    """Where a git runs in this repository it is waited for, and nothing is said of removing its lock."""
    (box.root / ".git" / "index.lock").write_text("")
    with subprocess.Popen(["git", "cat-file", "--batch"], cwd=box.root, stdin=subprocess.PIPE) as busy:
        with pytest.raises(PortFailure) as caught:
            box.repository.run(["git", "switch", "--detach", "v1.0.4"])
        busy.communicate()
    assert caught.value.hint == f"Wait for it to end: git is at work here, process {busy.pid}"


def owner(path: Path) -> str:
    """Who the file is of."""
    return path.owner()
