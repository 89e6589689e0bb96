from __future__ import annotations

import http.server
import os
import pty
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hotfix_tui.adapters.git_environment import GitSettings
from hotfix_tui.adapters.git_repository import GitRepository, find_repository
from hotfix_tui.domain.errors import PortFailure
from tests.git_fixtures import Sandbox, commit, git, sandbox

LOOSE = GitSettings(network=8, stall=1, protocols="http:https:ssh:file")
"""As in earnest, but plain http is allowed, because a test's server speaks nothing else."""


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fresh repository with a remote."""
    return sandbox(tmp_path / "box")


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """The folder in which a stranger's program would leave a file."""
    folder = tmp_path / "marks"
    folder.mkdir()
    return folder


def everything(repository: GitRepository) -> None:
    """Every kind of call that the product makes, also those that fail."""
    repository.status()
    repository.tags()
    repository.commits("refs/tags/v1.0.3", "HEAD")
    calls: tuple[Callable[[], object], ...] = (
        lambda: repository.remote_refs("origin", "refs/heads/*"),
        lambda: repository.run(["git", "branch", "x", "HEAD"]),
        lambda: repository.run(["git", "switch", "x"]),
        lambda: repository.run(["git", "switch", "--detach", "v1.0.4"]),
        lambda: repository.run(["git", "commit", "--allow-empty", "-m", "x"]),
        lambda: repository.run(["git", "tag", "-a", "y", "HEAD"]),
        lambda: repository.run(["git", "fetch", "origin"], timeout=8),
        lambda: repository.run(["git", "push", "origin", "x"], timeout=8),
        lambda: repository.run(["git", "merge", "--no-ff", "v1.0.3"]),
    )
    for call in calls:
        try:
            call()
        except PortFailure:
            continue


HOSTILE = (
    "core.fsmonitor",
    "core.pager",
    "core.editor",
    "sequence.editor",
    "core.askPass",
    "core.sshCommand",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "credential.helper",
    "diff.external",
    "diff.evil.command",
    "diff.evil.textconv",
    "filter.evil.clean",
    "filter.evil.smudge",
    "filter.evil.process",
    "filter.a=b.clean",
    "filter.a=b.smudge",
    "FILTER.Loud.Clean",
    "FILTER.Loud.SMUDGE",
    "merge.evil.driver",
    "gpg.program",
    "gpg.ssh.program",
    "remote.origin.uploadpack",
    "remote.origin.receivepack",
    "pager.status",
    "alias.status",
    "uploadpack.packObjectsHook",
)


def evil(marks: Path, name: str) -> str:
    """A shell command that leaves a mark and then reads what it is given."""
    return f"touch '{marks / name.replace('/', '_')}'; cat >/dev/null; false"


@pytest.mark.parametrize("attribute", ["evil", "a=b", "Loud"])
def test_no_program_of_a_hostile_repository_runs(box: Sandbox, marks: Path, attribute: str) -> None:
    """Whatever the repository's own settings, attributes and hooks name, none of it starts (§3.1)."""
    config = box.root / ".git" / "config"
    for key in HOSTILE:
        box.git("config", "--file", str(config), key, evil(marks, key))
    for key in ("commit.gpgSign", "tag.gpgSign", "log.showSignature", "filter.evil.required"):
        box.git("config", "--file", str(config), key, "true")
    attributes = f"* filter={attribute} diff=evil merge=evil\n"
    (box.root / ".git" / "info").mkdir(exist_ok=True)
    (box.root / ".git" / "info" / "attributes").write_text(attributes)
    hooks = box.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in (
        "post-index-change",
        "reference-transaction",
        "post-checkout",
        "pre-commit",
        "commit-msg",
        "post-commit",
        "pre-push",
        "pre-merge-commit",
        "post-merge",
        "prepare-commit-msg",
    ):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{marks / name}'\n")
        (hooks / name).chmod(0o755)
    time_before = (box.root / "unlock.py").stat().st_mtime
    os.utime(box.root / "unlock.py", (time_before + 5, time_before + 5))  # so that status must read the file
    everything(box.repository)
    assert sorted(path.name for path in marks.iterdir()) == []


def test_the_trap_is_set(box: Sandbox, marks: Path) -> None:
    """The marks are real: plain git does start those programs, or the test above would prove nothing."""
    box.git("config", "core.fsmonitor", evil(marks, "fsmonitor"))
    box.git("config", "filter.a=b.clean", evil(marks, "clean"))
    (box.root / ".git" / "info").mkdir(exist_ok=True)
    (box.root / ".git" / "info" / "attributes").write_text("* filter=a=b\n")
    (box.root / "unlock.py").write_text("xxxxx\n")
    box.git("status", check=False)
    assert {"clean", "fsmonitor"} <= {path.name for path in marks.iterdir()}


def test_the_operators_own_filter_stays(box: Sandbox, marks: Path, home: Path) -> None:
    """A filter in the operator's own settings (git-lfs, say) still works on switching."""
    with (home / ".gitconfig").open("a") as config:
        config.write('[filter "own"]\n\tsmudge = sed s/two/TWO/\n\tclean = sed s/TWO/two/\n')
    (box.root / ".git" / "info").mkdir(exist_ok=True)
    (box.root / ".git" / "info" / "attributes").write_text("* filter=own\n")
    box.git("config", "filter.own.smudge", evil(marks, "smudge"))
    assert box.repository.run(["git", "switch", "--detach", "v1.0.4"]).code == 0
    assert (box.root / "unlock.py").read_text() == "TWO\n"
    assert not list(marks.iterdir())


@pytest.mark.parametrize("address", ["ext::sh -c 'touch MARK'", "git://127.0.0.1/x", "http://127.0.0.1:1/x"])
def test_a_strange_address_is_refused(box: Sandbox, marks: Path, address: str) -> None:
    """Only https, ssh and file reach a remote, even if the repository allows more."""
    box.git("config", "protocol.allow", "always")
    box.git("config", "protocol.ext.allow", "always")
    box.git("config", "remote.origin.url", address.replace("MARK", str(marks / "ext")))
    with pytest.raises(PortFailure, match="not allowed here"):
        box.repository.remote_refs("origin", "refs/heads/*")
    assert not list(marks.iterdir())


NAMES = (
    "$(touch${IFS}pwn)",
    "`touch`",
    ";touch",
    "a|b&c",
    "it's",
    'quo"te',
    "a]b",
    "csi\u009b31m",
    "rtl\u202eevil",
    "zero\u200bwidth",
    "x" * 200,
    "ünï/ç",
    "(detached)",
)


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_only_names(box: Sandbox, name: str) -> None:
    """Any branch that git lets exist can be stood on and is told exactly; nothing is run, nothing breaks."""
    box.git("update-ref", f"refs/heads/{name}", box.release)
    box.git("symbolic-ref", "HEAD", f"refs/heads/{name}")
    repository = box.repository
    assert repository.head_ref() == f"refs/heads/{name}"
    assert repository.resolve(f"refs/heads/{name}") == box.release
    assert repository.status().branch == name
    assert not (box.root / "pwn").exists()


def test_a_name_in_no_encoding(box: Sandbox) -> None:
    """A name of bytes that are no UTF-8 comes back as it was."""
    name = os.fsdecode(b"lat\xe9in")
    subprocess.run(["git", "update-ref", f"refs/heads/{name}", box.release], cwd=box.root, check=True)
    subprocess.run(["git", "symbolic-ref", "HEAD", f"refs/heads/{name}"], cwd=box.root, check=True)
    assert box.repository.status().branch == name
    assert box.repository.resolve(box.repository.head_ref()) == box.release


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("hotfix/v1.0.5", True),
        ("fix-ü", True),
        ("--upload-pack=x", False),
        ("HEAD", False),
        ("a" * 40, False),
        ("a b", False),
        ("a..b", False),
        ("", False),
        ("a\u202eb", False),
        ("a\0b", False),
        ("refs/heads/x", False),
        ("x.lock", False),
    ],
)
def test_which_branch_names_are_made(box: Sandbox, name: str, good: bool) -> None:
    """We make no branch whose name could be taken for an option, another ref or something hidden."""
    assert box.repository.valid_branch(name) is good


@contextmanager
def server(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A TCP server on this machine that treats each connection with `answer`; its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            kept.append(connection)
            answer(connection)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in kept:
            connection.close()
        thread.join(5)


def stall(connection: socket.socket) -> None:
    """Never answer."""


def reset(connection: socket.socket) -> None:
    """Break the connection at once."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def half(connection: socket.socket) -> None:
    """Answer half of it, then fall silent."""
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n001e# serv")


@pytest.mark.parametrize(("answer", "said"), [(stall, "answer"), (reset, "broke"), (half, "answer|broke")])
def test_a_bad_network_ends_in_time(box: Sandbox, answer: Callable[[socket.socket], None], said: str) -> None:
    """A remote that stalls, resets or stops half-way ends in one sentence, soon."""
    with server(answer) as port:
        box.git("remote", "set-url", "origin", f"http://127.0.0.1:{port}/x.git")
        start = time.monotonic()
        with pytest.raises(PortFailure, match=said) as caught:
            find_repository(box.root, LOOSE).remote_refs("origin", "refs/heads/*")
        assert time.monotonic() - start < 6
    assert "\n" not in str(caught.value)


class Unauthorized(http.server.BaseHTTPRequestHandler):
    """Wants a name and a password."""

    def do_GET(self) -> None:
        """Answer 401."""
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


ASKS = """
import os, sys, fcntl, termios
from pathlib import Path
os.setsid()
fcntl.ioctl(int(sys.argv[2]), termios.TIOCSCTTY, 0)
from hotfix_tui.adapters.git_environment import GitSettings
from hotfix_tui.adapters.git_repository import find_repository
from hotfix_tui.domain.errors import PortFailure
loose = GitSettings(network=8, stall=1, protocols="http:https:ssh:file")
repository = find_repository(Path(sys.argv[1]), loose)
try:
    repository.remote_refs("origin", "refs/heads/*")
except PortFailure as error:
    print(error)
print(repository.run(["git", "fetch", "origin"]).code)
print(repository.run(["git", "commit", "--allow-empty"]).code)
"""


def test_no_prompt_reaches_a_controlling_terminal(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A remote that wants a password writes nothing to the terminal and is told in one sentence."""
    monkeypatch.setenv("GPG_TTY", "/dev/tty")
    monkeypatch.delenv("GIT_TERMINAL_PROMPT", raising=False)
    monkeypatch.setenv("EDITOR", "sh -c 'echo edited >/dev/tty'")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Unauthorized) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        box.git("remote", "set-url", "origin", f"http://127.0.0.1:{httpd.server_address[1]}/x.git")
        master, slave = pty.openpty()
        done = subprocess.run(
            [sys.executable, "-c", ASKS, str(box.root), str(slave)],
            pass_fds=(slave,),
            capture_output=True,
            text=True,
            timeout=25,
            check=False,
        )
        httpd.shutdown()
    os.set_blocking(master, False)
    try:
        written = os.read(master, 4096)
    except BlockingIOError:
        written = b""
    os.close(slave)
    os.close(master)
    assert written == b""
    assert "asks for a name and password" in done.stdout, done.stdout + done.stderr
    assert done.stdout.split()[-2:] == ["128", "1"]


def runs(process: str) -> bool:
    """Whether the process lives; a dead one may stay listed until somebody collects it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_a_long_commands_children_are_ended(box: Sandbox, home: Path, marks: Path) -> None:
    """Cancelling, and the end of its time, stop git and everything that it started."""
    late = marks / "late"
    alias = f"!echo begun; (sleep 60; touch '{late}') & echo $! ; wait"
    box.git("config", "--global", "alias.slow", alias)
    lines: list[str] = []
    repository = box.repository
    ended = repository.run(["git", "slow"], lines.append, lambda: len(lines) > 1)
    assert (ended.code, lines[0]) == (-15, "begun")
    assert not runs(lines[1])
    lines.clear()
    with pytest.raises(PortFailure, match=r"did not end within 0\.3 s"):
        repository.run(["git", "slow"], lines.append, timeout=0.3)
    assert not runs(lines[1])


def test_output_is_clean_and_bounded(box: Sandbox, home: Path) -> None:
    """Lines come clean and one at a time; 200 are kept of however many; progress lines count as lines."""
    with (home / ".gitconfig").open("a") as config:
        config.write("[alias]\n\tmany = \"!seq 1 5000; printf '\\\\033]52;c;eA==\\\\007a\\\\rb\\\\n' >&2\"\n")
    lines: list[str] = []
    ended = box.repository.run(["git", "many"], lines.append)
    assert len(ended.lines) == 200
    assert len(lines) == 5002
    assert {"a", "b"} <= set(lines)


def test_a_lock_is_named_and_left(box: Sandbox) -> None:
    """A lock that another git holds is waited for, then named with its age; it is never removed."""
    lock = box.root / ".git" / "index.lock"
    lock.write_text("")
    assert box.repository.status().clean
    with pytest.raises(PortFailure, match=r"holds the lock .*index\.lock, \d+ s old") as caught:
        box.repository.run(["git", "switch", "--detach", "v1.0.4"])
    assert caught.value.hint == f"Wait for it to end; if no git is running (none is here now): rm {lock}"
    assert lock.exists()


def test_a_lock_that_goes_away_is_waited_for(box: Sandbox) -> None:
    """A lock that is released within a second is not worth a word."""
    lock = box.root / ".git" / "index.lock"
    lock.write_text("")
    ended = box.repository.run(
        ["git", "switch", "--detach", "v1.0.4"], lambda line: lock.unlink(missing_ok=True)
    )
    assert ended.code == 0


def test_a_bare_repository_in_the_tree_is_not_entered(box: Sandbox, marks: Path) -> None:
    """A bare repository that was committed into the work tree is never taken for the repository."""
    inner = box.root / "inner"
    git(box.root, "init", "-q", "--bare", str(inner))
    git(inner, "config", "core.fsmonitor", evil(marks, "inner"))
    git(inner, "config", "core.bare", "false")
    git(inner, "config", "core.worktree", str(box.root))
    with pytest.raises(PortFailure, match="bare"):
        find_repository(inner).status()
    assert not list(marks.iterdir())


def test_many_threads_at_once(box: Sandbox) -> None:
    """One repository object may be asked from many threads; every answer is the right one."""
    commit(box.root, "z.py", "z")
    repository = box.repository
    head = repository.resolve("HEAD")
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(repository.status().head)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert answers == [head] * 16
