"""What operations may use at a repository: its history, its files, other programs; on real ones."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from hotfix_tui.adapters.git_history import GitHistory
from hotfix_tui.adapters.local_shell import LocalShell
from hotfix_tui.adapters.work_tree import LARGEST, FileTree
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.ports import Tag
from tests.git_fixtures import Sandbox, commit, sandbox

SHELL = LocalShell()


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fresh repository with a remote."""
    return sandbox(tmp_path / "box")


def history(box: Sandbox) -> GitHistory:
    """What the repository's commits say."""
    return GitHistory(box.repository)


def test_a_tag_says_what_it_is(box: Sandbox) -> None:
    """An annotated tag has an object of its own, a lightweight one is its commit, a folder of tags is none."""
    known = history(box)
    own = box.git("rev-parse", "refs/tags/v1.0.4")
    assert known.tag("v1.0.4") == Tag("v1.0.4", own, box.release, annotated=True)
    head = box.git("rev-parse", "HEAD")
    assert known.tag("light") == Tag("light", head, head, annotated=False)
    assert known.tag("api") is None
    assert known.tag("v9") is None


def test_what_commits_say(box: Sandbox) -> None:
    """Parents, message, ancestry, the files of a commit and their bytes; a merge has two parents."""
    known = history(box)
    head = box.git("rev-parse", "HEAD")
    box.git("switch", "-q", "-c", "side", "v1.0.4")
    side = commit(box.root, "notes é.txt", "x\n", "a note\n\nwith a body")
    box.git("merge", "-q", "--no-ff", "-m", "both", "main")
    assert known.parents("HEAD") == (side, head)
    assert known.message(side) == "a note\n\nwith a body"
    assert known.contains("HEAD", side)
    assert not known.contains("refs/heads/main", side)
    assert known.paths(side) == ("notes é.txt", "unlock.py")
    assert known.file("refs/tags/v1.0.3", "unlock.py") == b"one\n"
    assert known.file("refs/tags/v1.0.3", "none.py") is None
    with pytest.raises(PortFailure, match="no commit refs/heads/none here"):
        known.parents("refs/heads/none")


def test_a_file_of_a_commit_has_the_line_ends_of_the_work_tree(box: Sandbox) -> None:
    """Otherwise an edit of it would change every line where git converts them."""
    (box.root / ".gitattributes").write_text("*.txt text eol=crlf\n")
    (box.root / "a.txt").write_bytes(b"one\r\ntwo\r\n")
    box.git("add", ".")
    box.git("commit", "-q", "-m", "x")
    assert history(box).file("HEAD", "a.txt") == b"one\r\ntwo\r\n"


def test_conflicts_are_foretold_and_counted(box: Sandbox) -> None:
    """Foretelling changes nothing; a merge that stopped has unmerged paths."""
    known = history(box)
    box.git("switch", "-q", "-c", "side", "v1.0.4")
    commit(box.root, "unlock.py", "other\n")
    assert known.conflicts("refs/heads/main", "HEAD") == ("unlock.py",)
    assert known.conflicts("refs/tags/v1.0.4", "HEAD") == ()
    assert known.unmerged() == ()
    assert box.git("status", "--porcelain") == ""
    box.git("merge", "main", check=False)
    assert known.unmerged() == ("unlock.py",)


def test_files_are_written_whole_and_keep_their_mode(tmp_path: Path) -> None:
    """A script stays executable, a new file is readable for the team, and nothing else is left behind."""
    tree = FileTree(tmp_path)
    (tmp_path / "run").write_text("old")
    (tmp_path / "run").chmod(0o755)
    tree.write("run", b"new\r\n")
    tree.write("deep/er/file", b"x")
    assert tree.read("run") == b"new\r\n"
    assert stat.S_IMODE((tmp_path / "run").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "deep/er/file").stat().st_mode) == 0o644
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["deep", "er", "file", "run"]
    tree.remove("run")
    tree.remove("run")
    assert tree.read("run") is None


@pytest.mark.parametrize(
    "path",
    ["../out", "/etc/hostname", "link/file", "tied", ".git/config", "", "a/../../b", "folder", "pipe\0"],
)
def test_no_path_leads_out_of_the_tree(tmp_path: Path, path: str) -> None:
    """A playbook's or a manifest's path may come from anybody: no link is followed, nothing outside is touched."""
    root = tmp_path / "tree"
    (root / "folder").mkdir(parents=True)
    (tmp_path / "file").write_text("outside")
    (root / "link").symlink_to(tmp_path)
    (root / "tied").symlink_to(tmp_path / "file")
    tree = FileTree(root)
    with pytest.raises(PortFailure):
        tree.read(path)
    with pytest.raises(PortFailure):
        tree.write(path, b"inside")
    assert (tmp_path / "file").read_text() == "outside"


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    """A version file is small; what is not is told."""
    (tmp_path / "big").write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(PortFailure, match="larger than 5 MB"):
        FileTree(tmp_path).read("big")


def test_a_program_runs_without_a_shell_and_is_asked_nothing(tmp_path: Path) -> None:
    """Its lines come clean, its exit code is kept, its input is empty, and a "$" is a "$"."""
    lines: list[str] = []
    script = (
        "import sys; print(sys.argv[1]); print(repr(sys.stdin.read())); print('\\x1b[31mred'); sys.exit(3)"
    )
    ended = SHELL.run([sys.executable, "-c", script, "$HOME; rm"], tmp_path, lines.append)
    assert ended.code == 3
    assert lines == list(ended.lines)
    assert lines[:2] == ["$HOME; rm", "''"]
    assert "\x1b" not in lines[2]


def test_a_program_that_does_not_end_is_ended(tmp_path: Path) -> None:
    """With its children, when it is cancelled and when its time is over; that is one sentence."""
    forever = [sys.executable, "-c", "print('here', flush=True)\nwhile True: pass"]
    seen: list[str] = []
    assert SHELL.run(forever, tmp_path, seen.append, lambda: bool(seen)).code == -15
    with pytest.raises(PortFailure, match=r"longer than 0\.5 s and was ended\. Its last words: here"):
        SHELL.run(forever, tmp_path, timeout=0.5)


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    """By its name, with what to do."""
    assert SHELL.which("no-such-program") == ""
    with pytest.raises(PortFailure, match="no-such-program cannot be started"):
        SHELL.run(["no-such-program", "x"], tmp_path)
