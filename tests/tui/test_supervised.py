"""A console that finds a command of the last one again: it follows it, stops it, or says that nobody knows."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

from hotfix_tui.adapters.run_folders import RunFolders
from hotfix_tui.adapters.run_places import State
from hotfix_tui.adapters.supervisor import start_of
from hotfix_tui.domain.intents import StartOperation, StartStep
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.ports import Asked
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.screens.confirm import ConfirmScreen
from hotfix_tui.tui.screens.output import OutputScreen
from hotfix_tui.tui.screens.unfinished import UnfinishedScreen
from tests.tui.console_fixtures import Stage, console, drawn, ready, stage, what_is_shown_is_on_disk
from tests.tui.test_operating import answered, until

SCRIPT = 'echo once >> count; echo "step one"; while [ ! -e go ]; do sleep 0.02; done; echo "all is out"'
ARGV = ("sh", "-c", SCRIPT)
PARAMETERS = {"item": "", "text": "Deploy it", "argv": json.dumps(ARGV), "seconds": "60", "word": ""}
WIDE = (120, 36)


def left(made: Stage) -> Path:
    """A console began the command and was killed; the command's folder."""
    root = made.repository.root
    made.ask(
        StartOperation("run1", "command", "Run sh -c", PARAMETERS, ("run",), ""),
        StartStep("run1", "run", ARGV),
    )
    runs = RunFolders(made.services.settings.data_dir / "runs")
    runs.prepare(Asked("run1", "run", ARGV, root, 60.0, made.case.id))
    runs.begin("run1", "run")
    runs.settled("run1", "run")
    place = made.services.settings.data_dir / "runs" / "run1" / "run.1"
    end = time.monotonic() + 10
    while not any(part.stat().st_size for part in place.glob("out.*")):
        assert time.monotonic() < end, "it did not begin"
        time.sleep(0.01)
    return place


def let_go(made: Stage) -> None:
    """The command may end."""
    (made.repository.root / "go").touch()


def count(made: Stage) -> int:
    """How often it began."""
    return len((made.repository.root / "count").read_text().splitlines())


def record(app: HotfixApp) -> OperationRecord:
    """The operation, as the console knows it."""
    return console(app).present.incident.operations["run1"]


async def test_a_command_that_still_runs_is_followed(tmp_path: Path) -> None:
    """Row 48: its process and its last line stand there; c follows it, l shows all of its output, and its end is the outcome."""
    made = stage(tmp_path)
    left(made)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "still runs (pid " in drawn(app), "the ways on")
        assert "last line: step one" in drawn(app)
        assert "follow it to its end" in drawn(app)
        await answered(pilot, "c", UnfinishedScreen)
        await until(pilot, lambda: app.work.busy, "the job")
        await pilot.press("l")
        await until(
            pilot, lambda: isinstance(app.screen, OutputScreen) and "step one" in drawn(app), "output"
        )
        let_go(made)
        await until(pilot, lambda: record(app).state == "done", "its end")
        await until(pilot, lambda: "all is out" in drawn(app), "its last line")
        assert record(app).detail == "exit code 0: all is out"
        assert count(made) == 1
        what_is_shown_is_on_disk(made, app)


async def test_it_is_stopped(tmp_path: Path) -> None:
    """S ends it with its group, and the operation; undo is refused meanwhile."""
    made = stage(tmp_path)
    place = left(made)
    pid = State.read(place / "started.json").number("pid")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "still runs" in drawn(app), "the ways on")
        assert isinstance(app.screen, UnfinishedScreen)
        assert app.screen.why_not("undo") == "'Deploy it' still runs: stop it first."
        await answered(pilot, "s", UnfinishedScreen)
        await until(pilot, lambda: record(app).state == "cancelled", "its end")
        assert record(app).detail == "Deploy it: stopped"
        assert not start_of(pid)
        what_is_shown_is_on_disk(made, app)


async def test_nobody_knows_how_it_ended(tmp_path: Path) -> None:
    """Row 49: that is recorded first, and asked about again: running it again is confirmed like the first time."""
    made = stage(tmp_path)
    place = left(made)
    for number in (
        State.read(place / "claim").number("pid"),
        State.read(place / "started.json").number("pid"),
    ):
        os.kill(number, signal.SIGKILL)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "outcome unknown, started " in drawn(app), "the ways on")
        await answered(pilot, "c", UnfinishedScreen)
        await until(pilot, lambda: "to run it again" in drawn(app), "the ways on again")
        assert (record(app).state, record(app).steps[0].state) == ("running", "unknown")
        await answered(pilot, "c", UnfinishedScreen)
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the question")
        assert count(made) == 1
        let_go(made)
        await answered(pilot, "y", ConfirmScreen)
        await until(pilot, lambda: record(app).state == "done", "its end")
        assert count(made) == 2


async def test_the_console_is_left_in_the_midst_of_it(tmp_path: Path) -> None:
    """It ends at once, and the command runs on."""
    made = stage(tmp_path)
    place = left(made)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await answered(pilot, "c", UnfinishedScreen)
        await until(pilot, lambda: app.work.busy, "the job")
    supervisor = State.read(place / "claim").number("pid")
    assert start_of(supervisor)
    let_go(made)
    again = made.app()
    async with again.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await answered(pilot, "c", UnfinishedScreen)
        await until(pilot, lambda: record(again).state == "done", "its end")
    assert count(made) == 1
