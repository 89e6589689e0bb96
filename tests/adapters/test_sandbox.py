"""A drill's sandbox: a believable repository with a bare remote and a log that grows; nothing else is touched."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotfix_tui.adapters.drill_app import FAULT, HOSTILE, LOCK
from hotfix_tui.adapters.git_repository import find_repository
from hotfix_tui.adapters.locks import is_locked
from hotfix_tui.adapters.sandbox import KEPT, make_sandbox
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.versions import latest_release
from hotfix_tui.service.drills import Sandbox

NOW = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)


def nothing(log: Path) -> None:
    """Start no application."""


def git(folder: Path, *words: str) -> str:
    """What the operator's own git says there."""
    done = subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=20
    )
    assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"
    return done.stdout.strip()


def wait_for(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Return once it holds; fail when it does not in time."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it never came true"
        time.sleep(0.02)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below the folder with its content."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(name="made")
def _made(tmp_path: Path) -> Sandbox:
    return make_sandbox(tmp_path / "drills", NOW, nothing)


def test_the_history_is_that_of_a_small_project(made: Sandbox) -> None:
    """Some twelve commits by several people, dated before the drill, on main, which is clean and pushed."""
    people = git(made.root, "log", "--format=%an").splitlines()
    assert len(people) >= 12
    assert len(set(people)) >= 3
    dates = [datetime.fromisoformat(line) for line in git(made.root, "log", "--format=%cI").splitlines()]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] == NOW - timedelta(hours=1)
    status = find_repository(made.root).status()
    assert (status.branch, status.clean, status.pushed, status.untracked) == ("main", True, True, 0)


def test_the_latest_release_is_the_broken_one(made: Sandbox) -> None:
    """By SemVer the latest release is v1.0.4; the beta that lies ahead is none. Its tag is an annotated one."""
    tags = find_repository(made.root).tags()
    assert set(tags) == {"v1.0.2", "v1.0.3", "v1.0.4", "v1.1.0-beta.1"}
    latest = latest_release(tags)
    assert latest is not None
    assert latest.tag == made.base == "v1.0.4"
    assert {git(made.root, "cat-file", "-t", f"refs/tags/{tag}") for tag in tags} == {"tag"}
    assert git(made.root, "merge-base", "--is-ancestor", "v1.0.4", "v1.1.0-beta.1") == ""


def test_the_remote_is_the_bare_repository_beside_it(made: Sandbox) -> None:
    """`origin` is a bare repository in the same folder, and it holds main and every tag."""
    assert git(made.root, "remote", "get-url", "origin") == str(made.remote)
    assert made.remote.parent == made.root.parent
    assert git(made.remote, "--git-dir=.", "rev-parse", "--is-bare-repository") == "true"
    theirs = find_repository(made.root).remote_refs("origin", "*")
    assert theirs["refs/heads/main"] == git(made.root, "rev-parse", "main")
    assert "refs/tags/v1.0.4" in theirs


def test_the_repair_on_main_can_be_picked_onto_the_release(made: Sandbox) -> None:
    """The fault is in v1.0.4, its repair on main, and `git cherry-pick` puts it onto the tag without conflict."""
    assert "split_whitespace" in git(made.root, "show", "v1.0.4:src/path.rs")
    git(made.root, "switch", "--quiet", "--create", "hotfix/v1.0.5", "v1.0.4")
    git(made.root, "cherry-pick", made.fix)
    assert "split_whitespace" not in git(made.root, "show", "HEAD:src/path.rs")
    assert git(made.root, "diff", "--name-only", "v1.0.4").splitlines() == [
        "src/path.rs",
        "tests/e2e_cli_tests.rs",
    ]


def test_the_sandbox_reaches_nothing_but_its_own_remote(made: Sandbox) -> None:
    """Even a remote that somebody adds by hand is refused when it is not on this machine."""
    done = subprocess.run(
        ["git", "ls-remote", "https://host.invalid/x.git"],
        cwd=made.root, capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    assert done.returncode != 0
    assert "not allowed" in done.stderr


def test_nothing_outside_is_touched_or_believed(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Home stays byte for byte as it was, and hostile settings in it neither run nor change what is made."""
    marker = tmp_path / "ran"
    hook = tmp_path / "template" / "hooks" / "reference-transaction"
    hook.parent.mkdir(parents=True)
    hook.write_text(f"#!/bin/sh\ntouch '{marker}'\n")
    hook.chmod(0o755)
    template = tmp_path / "template"
    (home / ".gitconfig").write_text(
        f"[init]\n\ttemplateDir = {template}\n\tdefaultBranch = other\n[core]\n\thooksPath = {hook.parent}\n"
        "[commit]\n\tgpgSign = true\n[user]\n\tname = Somebody Else\n"
    )
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(template))
    before = snapshot(home)
    made = make_sandbox(tmp_path / "drills", NOW, nothing)
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_TEMPLATE_DIR")
    assert snapshot(home) == before
    assert not marker.exists()
    assert not (tmp_path / "elsewhere").exists()
    assert git(made.root, "config", "user.name") == "Drill"
    assert git(made.root, "config", "commit.gpgSign") == "false"
    assert git(made.root, "symbolic-ref", "--short", "HEAD") == "main"


def test_the_folder_is_private(made: Sandbox) -> None:
    """A drill lies in a folder that only its user can open."""
    assert made.root.parent.stat().st_mode & 0o777 == 0o700


def test_only_the_newest_drills_are_kept(tmp_path: Path) -> None:
    """Old drills go, whole; what only looks like one stays."""
    drills = tmp_path / "drills"
    (drills / "notes").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (drills / "20200101-000000").symlink_to(outside)
    made = [make_sandbox(drills, NOW + timedelta(seconds=n // 2), nothing) for n in range(5)]
    left = [sandbox.root.parent for sandbox in made[-KEPT:]]
    assert sorted(p for p in drills.iterdir() if p.is_dir() and not p.is_symlink()) == sorted(
        [*left, drills / "notes"]
    )
    assert outside.is_dir()


def test_a_drill_that_cannot_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git there is one sentence, and no half-made folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PortFailure, match="git is not on the PATH"):
        make_sandbox(tmp_path / "drills", NOW, nothing)
    assert list((tmp_path / "drills").iterdir()) == []


def test_a_place_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    """A file where the folder should be is said, with the way out."""
    (tmp_path / "drills").write_text("")
    with pytest.raises(PortFailure, match="HOTFIX_DATA_DIR"):
        make_sandbox(tmp_path / "drills", NOW, nothing)


def app(log: Path, seconds: float = 60, parent: int = 0) -> subprocess.Popen[bytes]:
    """The drill's application as a process."""
    words = ["-m", "hotfix_tui.adapters.drill_app", str(log), str(seconds), str(parent)]
    return subprocess.Popen([sys.executable, *words])


def test_the_application_writes_until_its_folder_goes(tmp_path: Path) -> None:
    """The log begins with some history, grows, tells of the fault and holds a hostile line; then the process ends."""
    log = tmp_path / "app.log"
    process = app(log)
    try:
        wait_for(lambda: log.exists() and len(log.read_text().splitlines()) > 26)
        text = log.read_text()
        assert FAULT[-1][1] in text
        assert HOSTILE[1] in text
        log.unlink()
        assert process.wait(5) == 0
    finally:
        process.kill()
        process.wait()


def test_the_application_ends_by_its_time(tmp_path: Path) -> None:
    """It never outlives its seconds."""
    assert app(tmp_path / "app.log", seconds=0.1).wait(10) == 0


def test_there_is_one_application_for_each_sandbox(tmp_path: Path) -> None:
    """A second one ends at once and writes nothing."""
    log = tmp_path / "app.log"
    first = app(log)
    try:
        wait_for(lambda: log.exists() and log.stat().st_size > 0)
        assert app(log).wait(10) == 0
        assert first.poll() is None
        head = [line.split()[0] for line in log.read_text().splitlines()]
        assert head == sorted(head), "a second application would have told the time before the drill again"
    finally:
        first.kill()
        first.wait()


def test_the_application_ends_with_the_console(tmp_path: Path) -> None:
    """When the process that started it is gone, however it went, the application ends and lets go of its lock."""
    log = tmp_path / "app.log"
    script = f"from pathlib import Path; from hotfix_tui.adapters.sandbox import start_application as s; s(Path({str(log)!r})); input()"
    console = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE)
    try:
        wait_for(lambda: log.exists() and log.stat().st_size > 0)
        assert is_locked(log.parent / LOCK)
    finally:
        console.kill()
        console.communicate()
    wait_for(lambda: not is_locked(log.parent / LOCK))


def test_a_running_drill_is_not_cleared_away(tmp_path: Path) -> None:
    """An old drill whose application still runs belongs to somebody: it stays until it ends."""
    drills = tmp_path / "drills"
    old = make_sandbox(drills, NOW - timedelta(days=1), nothing)
    process = app(old.log)
    try:
        wait_for(lambda: is_locked(old.root.parent / LOCK))
        for n in range(KEPT):
            make_sandbox(drills, NOW + timedelta(seconds=n), nothing)
        assert old.root.is_dir()
    finally:
        process.kill()
        process.wait()
    make_sandbox(drills, NOW + timedelta(seconds=KEPT), nothing)
    assert not old.root.exists()


def test_a_sandbox_is_quick_to_make(tmp_path: Path) -> None:
    """Less of the processor than a second and a half, children included: a drill opens at once."""
    before = os.times()
    make_sandbox(tmp_path / "drills", NOW, nothing)
    after = os.times()
    spent = sum(after[:4]) - sum(before[:4])
    assert spent < 1.5
