from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hotfix_tui.adapters.git_repository import find_repository
from hotfix_tui.domain.errors import PortFailure
from tests.git_fixtures import TAGS, Sandbox, commit, git, sandbox


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fresh repository with a remote."""
    return sandbox(tmp_path / "box")


def test_a_clean_branch_that_was_pushed(box: Sandbox) -> None:
    """Branch, upstream, distance and pushed are told; nothing else is claimed."""
    status = box.repository.status()
    assert (status.branch, status.head) == ("main", box.git("rev-parse", "HEAD"))
    assert (status.upstream, status.ahead, status.behind, status.pushed) == ("origin/main", 0, 0, True)
    assert status.clean
    assert (status.untracked, status.pending, status.linked_worktree, status.shallow) == (0, "", False, False)
    assert status.fetched_at is None


def test_ahead_behind_and_fetched(box: Sandbox, tmp_path: Path) -> None:
    """Own commits are ahead and not pushed, those of the remote behind, and a fetch leaves its time."""
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", str(box.remote), str(other))
    commit(other, "b.py", "b")
    git(other, "push", "-q")
    commit(box.root, "c.py", "c")
    box.git("fetch", "-q")
    status = box.repository.status()
    assert (status.ahead, status.behind, status.pushed) == (1, 1, False)
    assert status.fetched_at is not None


def test_pushed_without_an_upstream(box: Sandbox) -> None:
    """Pushed is about the remote branch of the same name, also where no upstream is set."""
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "--no-track", box.release)
    assert box.repository.status().pushed is None
    box.git("push", "-q", "origin", "hotfix/v1.0.5")
    assert box.repository.status().pushed is True
    commit(box.root, "d.py", "d")
    assert box.repository.status().pushed is False


def test_changes_are_counted_by_kind(box: Sandbox) -> None:
    """Changed, renamed, untracked and unmerged paths are told apart, whatever their names hold."""
    commit(box.root, "a.py", "a\n" * 20)
    (box.root / "unlock.py").write_text("other\n")
    box.git("mv", "a.py", "new\nline.py")
    (box.root / "? x").write_text("")
    status = box.repository.status()
    assert (status.changed, status.untracked, status.unmerged) == (2, 1, 0)
    assert not status.clean


def conflict(box: Sandbox) -> None:
    """Two branches that change one line."""
    box.git("switch", "-q", "-c", "left", box.release)
    commit(box.root, "unlock.py", "left\n")
    box.git("switch", "-q", "-c", "right", box.release)
    commit(box.root, "unlock.py", "right\n")


@pytest.mark.parametrize(
    ("words", "pending", "unmerged"),
    [
        (("merge", "left"), "merge", 1),
        (("rebase", "left"), "rebase", 1),
        (("cherry-pick", "left"), "cherry-pick", 1),
        (("revert", "--no-edit", "v1.0.4"), "revert", 1),
        (("bisect", "start"), "bisect", 0),
    ],
)
def test_an_operation_that_waits_is_named(
    box: Sandbox, words: tuple[str, ...], pending: str, unmerged: int
) -> None:
    """A merge, rebase, cherry-pick, revert or bisect that has begun is told by its name."""
    conflict(box)
    box.git(*words, check=False)
    status = box.repository.status()
    assert (status.pending, status.unmerged) == (pending, unmerged)


def test_detached_unborn_linked_and_shallow(box: Sandbox, tmp_path: Path) -> None:
    """Each unusual place is told as what it is."""
    box.git("switch", "-q", "--detach", "v1.0.4")
    status = box.repository.status()
    assert (status.branch, status.head, status.pushed) == ("", box.release, None)
    assert box.repository.head_ref() == ""

    box.git("worktree", "add", "-q", str(tmp_path / "linked"), "main")
    linked = find_repository(tmp_path / "linked").status()
    assert (linked.linked_worktree, linked.branch) == (True, "main")

    git(tmp_path, "clone", "-q", "--depth=1", f"file://{box.remote}", str(tmp_path / "shallow"))
    assert find_repository(tmp_path / "shallow").status().shallow

    git(tmp_path, "init", "-q", str(tmp_path / "new"))
    unborn = find_repository(tmp_path / "new")
    status = unborn.status()
    assert (status.head, status.branch, status.pushed) == ("", "main", None)
    assert unborn.resolve("HEAD") == ""
    assert unborn.tags() == ()


def test_tags_refs_and_commits(box: Sandbox) -> None:
    """All tags are named, annotated ones resolve to their commit, and only exact names resolve."""
    repository = box.repository
    assert set(repository.tags()) == set(TAGS)
    assert repository.resolve("refs/tags/v1.0.4") == box.release
    assert repository.resolve(box.release) == box.release
    for name in ("v1.0.4", "main", "refs/heads/none", "HEAD~1", "refs/heads/main^", "--all", "0" * 40, ""):
        assert repository.resolve(name) == "", name
    (only,) = repository.commits("refs/tags/v1.0.4", "refs/heads/main")
    assert (only.subject, only.author) == ("unfinished work", "Robin Example")
    assert only.at.isoformat() == "2026-11-21T03:14:00+00:00"
    assert repository.remotes() == ("origin",)
    assert repository.remote_refs("origin", "refs/heads/*") == {
        "refs/heads/main": repository.resolve("refs/heads/main")
    }
    with pytest.raises(PortFailure, match="no remote"):
        repository.remote_refs("--upload-pack=touch x", "refs/heads/*")


def test_why_there_is_no_repository(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, a bare one, no folder and no git are each one sentence with something to do."""
    (tmp_path / "empty").mkdir()
    for folder, said in (
        (tmp_path / "empty", "is not in a git repository"),
        (box.remote, "bare repository"),
        (box.root / ".git", "bare repository|not in a git"),
        (tmp_path / "nowhere", "no folder"),
    ):
        with pytest.raises(PortFailure, match=said) as caught:
            find_repository(folder)
        assert caught.value.hint
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(PortFailure, match="not on the PATH"):
        find_repository(box.root)


def test_an_old_git_is_named(box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that does not know our options is refused with its version."""
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin" / "git"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo git version 2.17.1 || exit 129\n')
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    with pytest.raises(PortFailure, match=r"2\.17\.1, which is too old"):
        find_repository(box.root)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")
def test_a_repository_of_another_user_says_the_exact_line(box: Sandbox) -> None:
    """Git's distrust is passed on with the one command that ends it, and is not worked around."""
    for path in (box.root, box.root / ".git"):
        shutil.chown(path, 12345, 12345)
    with pytest.raises(PortFailure, match="another user") as caught:
        find_repository(box.root)
    assert caught.value.hint.endswith(f"git config --global --add safe.directory {box.root}")


def test_nothing_is_left_open(box: Sandbox) -> None:
    """After 100 looks there is no more open file and no child process than before."""
    repository = box.repository
    repository.status()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(100):
        repository.status()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    names = [Path(f"/proc/{child}/comm").read_text().strip() for child in children]
    assert "git" not in names


def test_a_git_folder_named_by_the_environment_is_not_followed(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started from a hook of another repository, we still see the one we are in."""
    git(tmp_path, "init", "-q", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.bare=true'")
    assert box.repository.root == box.root
    assert box.repository.status().branch == "main"
