"""Stays with one command to its end, whatever becomes of the console: output in a capped spool, exit code durable.

It is started as a file, `python -I -S supervisor.py FOLDER`, in a session of its own; nothing of ours is imported, so
that it starts at once. What it runs stands in FOLDER/asked.json. Exactly one process ever claims a folder: the
supervisor, or whoever wants to be sure that the command will never begin. `started.json` is durable before the command
begins, `exit.json` once it has ended; a folder that has the first without the second is a command whose outcome nobody knows.
SIGTERM to the supervisor stops the command: TERM to its group, five seconds, KILL.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

GRACE = 5.0
"""Seconds that a command has to end after it was asked to."""
SETTLE = 0.1
"""Seconds that its output may stay open after it without being called left behind."""
PIECE = 65536
PARTS = 8
"""Of so many files the tail consists; the oldest gives way."""
ROOM = 4096
"""Bytes of the disk that are kept for the exit code before the command begins."""
SEEN = 20
"""How many that still hold the output are named."""
HELD = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE, signal.SIGUSR1, signal.SIGUSR2)
"""What does not end the supervisor; the command gets them as ever."""


def put(name: str, value: dict[str, Any]) -> None:
    """Write a small file whole or not at all, durable once this returns; the room of its part is used where there is one."""
    part = Path(f"{name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT, 0o600)
    os.truncate(handle, os.write(handle, json.dumps(value).encode()))
    os.fsync(handle)
    os.close(handle)
    part.replace(name)
    sync_folder(Path())


def sync_folder(folder: Path) -> None:
    """The names in this folder are durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(handle)
    os.close(handle)


def claim(folder: Path, pid: int, started: str) -> bool:
    """Whether this process may decide about the folder; true for exactly one, for ever."""
    mine = folder / f"claim.{os.getpid()}"
    mine.write_text(json.dumps({"pid": pid, "start": started}))
    try:
        os.link(mine, folder / "claim")
    except FileExistsError:
        return False
    finally:
        mine.unlink()
    sync_folder(folder)
    return True


def start_of(pid: int) -> str:
    """What tells this process from any other one that ever had its number; empty when it is gone, or dead."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""
    return "" if fields[0] in (b"Z", b"X") else f"{boot}/{int(fields[19])}"


def in_group(group: int) -> bool:
    """Whether a process of this group lives."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (process / "stat").read_bytes().rpartition(b")")[2].split()
            if int(fields[2]) == group and fields[0] not in (b"Z", b"X"):
                return True
    return False


def holding(inode: int) -> list[list[Any]]:
    """The processes that still have this pipe open, with their names, as far as this user can see."""
    found: list[list[Any]] = []
    for process in Path("/proc").glob("[0-9]*"):
        if int(process.name) == os.getpid() or len(found) == SEEN:
            continue
        with suppress(OSError):
            if any(str(one.readlink()) == f"pipe:[{inode}]" for one in (process / "fd").iterdir()):
                found.append([int(process.name), (process / "comm").read_text().strip()])
    return sorted(found)


class Spool:
    """The output on disk: its head, and of the rest a tail in parts. What does not fit, or a full disk, stops nobody."""

    def __init__(self, head: int, tail: int) -> None:
        self.at = 0
        """Bytes stored so far, also those that gave way; each part is named by where it begins."""
        self.lost = 0
        """Bytes that the disk did not take."""
        self._part = max(tail // PARTS, 1)
        self._room = head
        self._tail: list[Path] = []
        self._handle = self._open()

    def _open(self) -> int:
        try:
            return os.open(f"out.{self.at:015d}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError:
            return -1

    def _turn(self) -> None:
        """The next part begins."""
        self.sync()
        if len(self._tail) == PARTS:
            self._tail.pop(0).unlink(missing_ok=True)
        if self._handle >= 0:
            os.close(self._handle)
        self._handle, self._room = self._open(), self._part
        self._tail.append(Path(f"out.{self.at:015d}"))

    def write(self, data: bytes) -> None:
        """Keep the bytes."""
        while data:
            if not self._room:
                self._turn()
            try:
                kept = os.write(self._handle, data[: self._room])
            except OSError:
                self.lost += len(data)
                return
            self.at += kept
            self._room -= kept
            data = data[kept:]

    def sync(self) -> None:
        """What was kept of the present part is durable."""
        with suppress(OSError):
            os.fsync(self._handle)


class Command:
    """The one command: begun, read, stopped, and waited for by its process, never by the end of its output."""

    def __init__(self, asked: dict[str, Any]) -> None:
        """Begin what was asked for. SIGTERM is blocked until there is something that it can stop."""
        self.spool = Spool(asked["head"], asked["tail"])
        self._grace = asked["grace"]
        self._until = time.monotonic() + asked["seconds"]
        self._kill_at = 0.0
        """When the group is killed; 0 while nobody wants it to end."""
        self._why = ""
        self._open = True
        self._ended = False
        self._wake, woken = os.pipe()
        os.set_blocking(woken, False)
        signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        signal.signal(signal.SIGTERM, lambda *_: self._stop("stopped"))
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._out, self._pid, self._failure = self._begin(asked)
        self._inode = os.fstat(self._out).st_ino
        os.set_blocking(self._out, False)
        self._poll = select.poll()
        self._poll.register(self._wake, select.POLLIN)
        self._poll.register(self._out, select.POLLIN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})

    def _begin(self, asked: dict[str, Any]) -> tuple[int, int, dict[str, Any]]:
        """Where its output is read, its process, and why it could not begin, if so."""
        out, output = os.pipe()
        going, go = os.pipe()
        told, tell = os.pipe()
        pid = os.fork()
        if pid == 0:
            _become(asked, going, (go, output), tell)
        put("started.json", {"pid": pid, "start": start_of(pid), "session": pid, "at": time.time()})
        for handle in (output, going, tell):
            os.close(handle)
        with suppress(BrokenPipeError):
            os.write(go, b"go")
        os.close(go)
        failure = os.read(told, PIECE)
        os.close(told)
        return out, pid, json.loads(failure) if failure else {}

    def _stop(self, why: str) -> None:
        if not self._kill_at and not self._ended:
            self._why, self._kill_at = why, time.monotonic() + self._grace
            self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, number)

    def stay(self) -> None:
        """Read until the process has ended; its exit code is durable then."""
        while not os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            now = time.monotonic()
            if not self._kill_at and now >= self._until:
                self._stop("timeout")
            if self._kill_at and now >= self._kill_at:
                self._signal(signal.SIGKILL)
                self._kill_at = now + 1.0
            self._read(min(self._kill_at or self._until, now + 3600.0) - now)
        self._settle()
        self._tell()

    def _read(self, seconds: float) -> None:
        """Take what was written, waiting for it at most so long."""
        for handle, _ in self._poll.poll(max(seconds, 0.0) * 1000 + 1):
            if handle == self._wake:
                os.read(self._wake, PIECE)
            elif data := os.read(self._out, PIECE):
                self.spool.write(data)
            else:
                self._poll.unregister(self._out)
                self._open = False

    def _settle(self) -> None:
        """What was written before the end is read; when it was stopped, its group ends too."""
        self._ended = True
        if self._why:
            while time.monotonic() < self._kill_at and in_group(self._pid):
                self._read(0.05)
            self._signal(signal.SIGKILL)
        until = time.monotonic() + SETTLE
        while self._open and time.monotonic() < until:
            self._read(until - time.monotonic())

    def _tell(self) -> None:
        """The end is durable, and who still holds the output is named in it."""
        code = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        left = holding(self._inode) if self._open else []
        self.spool.sync()
        told = {"code": code, "why": self._why, "left": left, "failure": self._failure}
        put("exit.json", {**told, "size": self.spool.at, "lost": self.spool.lost, "at": time.time()})

    def linger(self) -> None:
        """Whoever was left behind may write on: it is read and dropped, so that nobody is hurt by it."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        while self._open:
            for handle, _ in self._poll.poll():
                if not os.read(handle, PIECE) and handle == self._out:
                    self._open = False


def _become(asked: dict[str, Any], going: int, closed: tuple[int, int], tell: int) -> None:
    """The new process turns into the command once it is told to, else it ends; why it cannot is told through `tell`."""
    stage = "start"
    try:
        go, output = closed
        os.close(go)
        os.setsid()
        if not os.read(going, 2):
            os._exit(1)  # the supervisor has died: nothing was begun
        os.umask(asked["umask"])
        for number in (*HELD, signal.SIGTERM, signal.SIGCHLD, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        os.dup2(output, 1)
        os.dup2(output, 2)
        argv = [word.encode("latin-1") for word in asked["argv"]]
        stage = "folder"
        os.chdir(asked["folder"].encode("latin-1"))
        stage = "program"
        os.execvp(argv[0], argv)
    except OSError as error:
        os.write(tell, json.dumps({"stage": stage, "errno": error.errno}).encode())
    finally:
        os._exit(1)


def main(folder: str) -> None:
    """Claim the folder, and stay with its command."""
    os.chdir(folder)
    umask = os.umask(0o077)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    if not claim(Path(), os.getpid(), start_of(os.getpid())):
        return
    for number in HELD:
        signal.signal(number, signal.SIG_IGN)
    Path("exit.json.part").write_bytes(b" " * ROOM)
    command = Command({**json.loads(Path("asked.json").read_text()), "umask": umask})
    command.stay()
    command.linger()


if __name__ == "__main__":
    main(sys.argv[1])
