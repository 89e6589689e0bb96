"""Commands under supervisors (rows 46-50): real processes, real kills, and whoever comes next finds them again."""

from __future__ import annotations

import json
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotfix_tui.adapters.local_shell import LocalShell
from hotfix_tui.adapters.run_folders import SUPERVISOR, RunFolders
from hotfix_tui.adapters.run_places import Caps, State
from hotfix_tui.adapters.supervisor import start_of
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.exits import how_ended
from hotfix_tui.ports import Asked, LeftRunning, Ran
from tests.children import Child, run

SMALL = Caps(head=100_000, tail=80_000, grace=0.3)
RUN, STEP = "0a1b2c", "run"
COUNTS = 'echo once >> count; echo begun; while [ ! -e go ]; do sleep 0.02; done; echo "the end"; exit 3'
"""Counts itself, waits to be let go, and ends with 3."""


class Bench:
    """A data folder and a folder to work in."""

    def __init__(self, folder: Path) -> None:
        self.here = folder / "here"
        self.here.mkdir()
        self.runs = folder / "data" / "runs"
        self.lines: list[str] = []

    def folders(self) -> RunFolders:
        """As another process would open them."""
        return RunFolders(self.runs, SMALL)

    def asked(self, argv: Sequence[str], seconds: float = 60.0) -> Asked:
        """A command here."""
        return Asked(RUN, STEP, argv, self.here, seconds, "INC-1")

    def run(self, *argv: str, cancelled: Callable[[], bool] = lambda: False, seconds: float = 60.0) -> Ran:
        """Run it to its end."""
        folders = self.folders()
        folders.prepare(self.asked(argv, seconds))
        folders.begin(RUN, STEP)
        ran = folders.follow(RUN, STEP, self.lines.append, cancelled)
        folders.settled(RUN, STEP)
        return ran

    def killed(self, script: str) -> Path:
        """The folder of a command whose console was killed while it runs."""

        def console(say: Callable[[str], None]) -> None:
            folders = self.folders()
            folders.prepare(self.asked(("sh", "-c", script)))
            folders.begin(RUN, STEP)
            folders.follow(RUN, STEP, say, lambda: False)

        child = Child(console)
        child.wait_for_a_word()
        child.kill()
        assert child.rest()[1] == -signal.SIGKILL
        return self.place

    @property
    def place(self) -> Path:
        """The command's folder."""
        return self.runs / RUN / f"{STEP}.1"

    def found(self) -> Ran:
        """As it is found again."""
        ran = self.folders().find(RUN, STEP)
        assert ran is not None
        return ran

    def taken(self) -> Ran:
        """Its end, as whoever comes next takes it."""
        folders = self.folders()
        assert folders.take(RUN, STEP) is not None
        return folders.follow(RUN, STEP, self.lines.append, lambda: False)

    def let_go(self) -> None:
        """The command may end."""
        (self.here / "go").touch()

    def count(self) -> int:
        """How often the command began."""
        return len((self.here / "count").read_text().splitlines())


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """An empty one."""
    return Bench(tmp_path)


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until it is so."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def gone(pid: int) -> bool:
    """Whether the process has ended."""
    return not start_of(pid)


def test_it_runs_in_its_folder_and_its_words_are_kept(bench: Bench) -> None:
    """Without a shell, nothing can be typed into it, both streams in their order, its exit code, its process of its own."""
    script = "echo \"$PWD $1 '$(cat)'\"; echo two >&2; exit 3"
    ran = bench.run("sh", "-c", script, "sh", "$HOME; é\udcff")
    assert (ran.state, ran.code, ran.why, ran.failure, ran.left) == ("ended", 3, "", "", ())
    assert bench.lines == [f"{bench.here} $HOME; é� ''", "two"]
    started = json.loads((bench.place / "started.json").read_text())
    assert started["session"] == started["pid"] != os.getpid()


def test_only_its_user_may_read_it(bench: Bench) -> None:
    """The raw output may hold a secret: folders 0700, files 0600, whatever the umask (D.3)."""
    before = os.umask(0o022)
    try:
        bench.run("sh", "-c", "umask; echo password=hunter22")
    finally:
        os.umask(before)
    assert bench.lines[0] == "0022", "the command has the umask of whoever ran it"
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (bench.runs / RUN).rglob("*")}
    modes[bench.runs] = stat.S_IMODE(bench.runs.stat().st_mode)
    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items()), modes


def test_without_end_it_is_capped_and_never_held_up(bench: Bench) -> None:
    """Row 46: the first and the last of 15 MB are kept, the rest is counted, and the command ends as if it were read."""
    writes = "import sys\nfor n in range(150_000): sys.stdout.write(f'line {n:06} ' + 88 * 'x' + '\\n')\nsys.exit(4)"
    assert bench.run(sys.executable, "-c", writes).code == 4
    parts = sorted(bench.place.glob("out.*"))
    assert sum(part.stat().st_size for part in parts) <= SMALL.head + SMALL.tail
    assert parts[0].read_bytes().startswith(b"line 000000 ")
    assert bench.lines[-1].startswith("line 149999 ")
    kept = sum(part.stat().st_size for part in parts[1:])
    assert kept > SMALL.tail * 0.8
    bench.lines.clear()
    assert bench.taken().code == 4
    assert bench.lines[0] == f"… {15_150_000 - kept:,} bytes are not shown here …"
    assert bench.lines[-1].startswith("line 149999 ")


def test_a_full_disk_costs_output_and_never_the_exit_code(bench: Bench) -> None:
    """What the disk does not take is counted; the room for the exit code was kept before."""

    def on_a_full_disk(say: Callable[[str], None]) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        ran = bench.run(sys.executable, "-c", "import sys; print(100_000 * 'y'); sys.exit(5)")
        say(f"{ran.code}")
        say(bench.lines[-1])

    assert run(on_a_full_disk) == ["5", "… 50,001 bytes were not kept: the disk took no more …"]


def test_it_is_stopped_with_its_group_and_what_escaped_is_named(bench: Bench) -> None:
    """Row 47: TERM, the grace, KILL; what holds its output from a session of its own is told, and waited for by nobody."""
    script = "trap '' TERM; setsid sleep 60 & echo $!; while :; do sleep 0.05; done"
    ran = bench.run("sh", "-c", script, cancelled=lambda: bool(bench.lines))
    assert (ran.code, ran.why) == (-signal.SIGKILL, "stopped")
    escaped = int(bench.lines[0])
    try:
        assert ran.left == (f"pid {escaped} (sleep)",)
        assert not gone(escaped)
    finally:
        os.kill(escaped, signal.SIGKILL)


def test_its_children_end_with_it(bench: Bench) -> None:
    """Row 47: a child of its group that ignores TERM is killed when its grace is over, though the command ended at once."""
    script = "sh -c 'trap \"\" TERM; echo $$; while :; do sleep 0.05; done' & exec sleep 60"
    ran = bench.run("sh", "-c", script, cancelled=lambda: bool(bench.lines))
    assert (ran.code, ran.why, ran.left) == (-signal.SIGTERM, "stopped", ())
    assert gone(int(bench.lines[0]))


def test_what_it_leaves_behind_is_named_and_not_hurt(bench: Bench) -> None:
    """A daemon that was started well lives on: nobody waits for it, and writing to the output does not end it."""
    script = "(while :; do echo again || exit; sleep 0.01; done) & echo $!"
    ran = bench.run("sh", "-c", script)
    daemon = int(bench.lines[0])
    try:
        assert ran.code == 0
        assert f"pid {daemon} (sh)" in ran.left
        time.sleep(0.1)
        assert not gone(daemon)
    finally:
        os.kill(daemon, signal.SIGKILL)


def test_its_time_is_over_whether_somebody_waits_or_not(bench: Bench) -> None:
    """The supervisor counts it."""
    assert bench.run("sleep", "60", seconds=0.1).why == "timeout"


def test_the_console_is_killed_and_the_command_runs_on(bench: Bench) -> None:
    """Row 48: it is found with its process and its last line, then followed to its real end, and began once."""
    bench.killed(COUNTS)
    ran = bench.found()
    assert (ran.state, ran.last, ran.followed) == ("running", "begun", False)
    assert not gone(ran.pid)
    bench.let_go()
    assert (bench.taken().code, bench.lines, bench.count()) == (3, ["begun", "the end"], 1)


def test_it_ends_while_nobody_is_there(bench: Bench) -> None:
    """Its exit code and all of its output are found afterwards."""
    place = bench.killed(COUNTS)
    bench.let_go()
    until((place / "exit.json").exists, "its end")
    assert (bench.found().state, bench.found().code, bench.found().last) == ("ended", 3, "the end")
    assert (bench.taken().code, bench.lines, bench.count()) == (3, ["begun", "the end"], 1)


def test_what_had_not_begun_never_begins(bench: Bench) -> None:
    """Killed before the supervisor came: whoever comes next claims the folder, and a late supervisor runs nothing."""

    def console(say: Callable[[str], None]) -> None:
        bench.folders().prepare(bench.asked(("sh", "-c", COUNTS)))
        os.kill(os.getpid(), signal.SIGKILL)

    Child(console).rest()
    taken = bench.folders().take(RUN, STEP)
    assert taken is not None
    assert taken.state == "never"
    subprocess.run([sys.executable, "-I", "-S", SUPERVISOR, bench.place], check=True, timeout=10)
    assert not (bench.here / "count").exists()
    assert bench.found().state == "never"


def test_its_supervisor_is_killed(bench: Bench) -> None:
    """Row 49: nobody knows how it ended; that its process lives still is said, and not that all is well."""
    place = bench.killed(COUNTS)
    os.kill(State.read(place / "claim").number("pid"), signal.SIGKILL)
    until(lambda: bench.found().state == "lost", "the loss")
    assert (bench.found().last, bench.found().code) == ("begun", 0)
    assert not gone(bench.found().pid)
    bench.let_go()
    until(lambda: bench.found().pid == 0, "its end")
    assert bench.taken().state == "lost"


def test_the_machine_was_restarted(bench: Bench) -> None:
    """Row 49: other processes may have the numbers by now; they are told apart by when they began, and in which boot."""
    place = bench.killed(COUNTS)
    running = bench.found()
    claim = State.read(place / "claim")
    for boot, ticks in (("another-boot", claim.text("start").rpartition("/")[2]), ("", "1")):
        old = claim.text("start").rpartition("/")[0]
        (place / "claim").write_text(json.dumps({**claim, "start": f"{boot or old}/{ticks}"}))
        assert bench.found().state == "lost"
    (place / "claim").write_text(json.dumps(claim))
    assert bench.found() == running
    bench.let_go()
    assert bench.taken().code == 3


def test_one_takes_its_outcome(bench: Bench) -> None:
    """Two consoles on one data folder: the second sees that the first follows it, and does not take part."""

    def console(say: Callable[[str], None]) -> None:
        folders = bench.folders()
        folders.prepare(bench.asked(("sh", "-c", COUNTS)))
        folders.begin(RUN, STEP)
        folders.follow(RUN, STEP, say, lambda: False)

    child = Child(console)
    child.wait_for_a_word()
    assert (bench.found().state, bench.found().followed) == ("running", True)
    with pytest.raises(PortFailure, match="another hotfix follows it"):
        bench.folders().take(RUN, STEP)
    bench.let_go()
    assert child.rest()[1] == 0
    assert bench.taken().code == 3


def test_leaving_ends_nothing(bench: Bench) -> None:
    """A console that is left in the midst of it waits for nobody."""
    folders = bench.folders()
    folders.prepare(bench.asked(("sh", "-c", COUNTS)))
    folders.begin(RUN, STEP)

    def hear(line: str) -> None:
        folders.leave()

    with pytest.raises(LeftRunning):
        folders.follow(RUN, STEP, hear, lambda: False)
    folders.settled(RUN, STEP)
    assert bench.found().state == "running"
    bench.let_go()
    assert bench.taken().code == 3


def reasons(here: Path) -> dict[str, tuple[Sequence[str], str]]:
    """Why a program cannot be started, and what is said."""
    (here / "plain").write_text("no program")
    (here / "bare").write_text("no program")
    (here / "bare").chmod(0o755)
    (here / "broken").write_text("#!/no/such/interpreter\n")
    (here / "broken").chmod(0o755)
    return {
        "missing": (
            ("no-such-program", "x"),
            "no-such-program cannot be started: it is not here. Install it",
        ),
        "not executable": (("./plain",), "./plain cannot be started: it is here and must not be executed"),
        "no program": (("./bare",), "./bare cannot be started: it is no program, and no first line says"),
        "no interpreter": (("./broken",), "it is here, and what its first line names to run it is not"),
        "too long": (
            ("true", 200_000 * "x"),
            "true cannot be started: its arguments are longer than this system",
        ),
        "a NUL": (("true", "a\0b"), "true cannot be started: word 1 after it has a NUL in it"),
        "half a character": (("true", "x", "\ud83d"), "word 2 after it has half a character in it"),
    }


@pytest.mark.parametrize(
    "reason",
    ["missing", "not executable", "no program", "no interpreter", "too long", "a NUL", "half a character"],
)
def test_why_it_cannot_be_started_is_a_sentence_of_its_own(bench: Bench, reason: str) -> None:
    """Row 50: the same words whether a supervisor or a look starts it."""
    argv, said = reasons(bench.here)[reason]
    try:
        told = bench.run(*argv).failure
    except PortFailure as error:
        told = str(error)
    assert said in told
    with pytest.raises(PortFailure) as failure:
        LocalShell().run(argv, bench.here)
    assert str(failure.value) == told


def test_its_folder_is_not_here(bench: Bench) -> None:
    """Row 50: said of the folder, not of the program."""
    bench.here = bench.here / "deleted"
    told = bench.run("true").failure
    assert f"true cannot be started: its folder {bench.here} is not here." in told
    with pytest.raises(PortFailure) as failure:
        LocalShell().run(("true",), bench.here)
    assert str(failure.value) == told


def test_exit_codes_are_told_apart(bench: Bench) -> None:
    """Row 50: 127, 126 and the signals, as real programs end with them."""
    ends = {
        "no-such-program": "was not found",
        "./plain": "must not be executed",
        "kill -9 $$": "killed by signal 9",
        "kill -11 $$": "ended by signal 11 (SIGSEGV)",
        "exit 1": "",
    }
    (bench.here / "plain").write_text("no program")
    told = {script: how_ended(bench.run("sh", "-c", script).code) for script in ends}
    assert all(word in told[script] for script, word in ends.items()), told
    assert len(set(told.values())) == len(ends)
    assert told["exit 1"] == ""


def test_it_begins_at_once(bench: Bench) -> None:
    """A supervisor costs less than 60 ms of the processor, its own interpreter among them."""

    def spent() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        folders = bench.folders()
        folders.prepare(bench.asked(("true",)))
        place = max(bench.place.parent.iterdir())
        subprocess.run([sys.executable, "-I", "-S", SUPERVISOR, place], check=True, timeout=10)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(spent() for _ in range(5)) < 0.06


def test_old_output_goes_away(bench: Bench) -> None:
    """Of incidents that are not kept, once it is old enough, and never while something runs."""
    bench.run("true")
    folders, now = bench.folders(), datetime.now(UTC)
    folders.tidy(now - timedelta(days=30), lambda incident: False)
    folders.tidy(now + timedelta(days=1), lambda incident: incident == "INC-1")
    assert bench.place.exists()
    folders.tidy(now + timedelta(days=1), lambda incident: False)
    assert not bench.place.exists()
    bench.killed(COUNTS)
    folders.tidy(now + timedelta(days=1), lambda incident: False)
    assert bench.found().state == "running"
    bench.let_go()
    assert bench.taken().code == 3
