"""`hotfix run` is killed while a command runs: the command is found again, and `hotfix op resume` takes its outcome."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.adapters.supervisor import start_of
from hotfix_tui.cli.codes import COMMAND, INTERRUPTED, OK
from tests.cli_fixtures import PLAYBOOK, Cli
from tests.git_fixtures import sandbox

SCRIPT = """#!/bin/sh
echo once >> count
echo "password=hunter22"
touch begun
while [ ! -e go ]; do sleep 0.02; done
echo "the end of $1"
exit ${2:-0}
"""
ITEMS = """
[[phase.item]]
id = "deploy"
text = "Deploy it"
command = ["./deploy.sh", "it"]
[[phase.item]]
id = "fails"
text = "Deploy it badly"
command = ["./deploy.sh", "it", "3"]
"""


class Night:
    """A repository with a command that waits until it may go on."""

    def __init__(self, folder: Path, cli: Cli) -> None:
        self.root = folder / "box" / "app"
        self.cli = cli

    def begin(self, item: str = "deploy") -> subprocess.Popen[str]:
        """Run the item's command in a process of its own; it has begun then."""
        running = subprocess.Popen(
            [sys.executable, "-m", "hotfix_tui", "run", item, "--yes"],
            cwd=self.root,
            env={**os.environ, **self.cli.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        until((self.root / "begun").exists, "its beginning")
        return running

    def killed(self, item: str = "deploy", number: signal.Signals = signal.SIGKILL) -> None:
        """The same, ended in the midst of it."""
        running = self.begin(item)
        running.send_signal(number)
        running.communicate(timeout=10)

    def let_go(self, *, ended: bool = False) -> None:
        """The command may end; wait for that, if it is to have ended."""
        (self.root / "go").touch()
        if ended:
            until(lambda: self.state() == "ended", "its end")

    def state(self) -> str:
        """How `hotfix op unfinished` says that the one step stands."""
        (left,) = self.unfinished()
        return str(left["steps"][0]["state"])

    def unfinished(self) -> list[dict[str, Any]]:
        """What `hotfix op unfinished` says."""
        found = self.cli("op", "unfinished", "--json").data["unfinished"]
        assert isinstance(found, list)
        return found

    def journal(self) -> list[tuple[str, str, str]]:
        """What stands in the journal about operations: kinds, outcomes, what was seen."""
        store = SqliteStore(self.cli.data)
        (id,) = store.incidents()
        bodies: list[Any] = [event.body for event in store.read(id).events]
        store.close()
        told = [
            (b.kind, getattr(b, "outcome", ""), getattr(b, "detail", getattr(b, "text", ""))) for b in bodies
        ]
        return [one for one in told if one[0].partition("-")[0] in ("operation", "step", "evidence", "item")]

    def count(self) -> int:
        """How often the command began."""
        return len((self.root / "count").read_text().splitlines())


def until(true: Callable[[], bool], what: str) -> None:
    """Wait until it is so."""
    end = time.monotonic() + 15
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.01)


def made(folder: Path) -> Night:
    """A night with one incident."""
    box = sandbox(folder / "box")
    (box.root / "deploy.sh").write_text(SCRIPT)
    (box.root / "deploy.sh").chmod(0o755)
    (folder / "playbooks").mkdir(parents=True)
    (folder / "playbooks" / "team.toml").write_text(
        PLAYBOOK.replace("[[template]]", f"{ITEMS}\n[[template]]", 1)
    )
    cli = Cli(box.root, folder / "data", {"HOTFIX_PLAYBOOK": "team"})
    cli.declared()
    return Night(folder, cli)


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """One; at its end nothing waits any more."""
    night = made(tmp_path)
    yield night
    night.let_go()


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[str, str, str]]]:
    """The journals of nights that nobody disturbed."""
    journals = {}
    for item in ("deploy", "fails"):
        night = made(tmp_path_factory.mktemp(item))
        night.let_go()
        running = night.begin(item)
        running.communicate(timeout=20)
        assert running.returncode == (0 if item == "deploy" else COMMAND), "its own exit code"
        journals[item] = night.journal()
    return journals


@pytest.mark.parametrize("ended", [False, True], ids=["runs", "ended"])
@pytest.mark.parametrize("item", ["deploy", "fails"])
def test_killed_it_ends_as_if_nobody_had_disturbed_it(
    night: Night, calm: dict[str, list[tuple[str, str, str]]], item: str, *, ended: bool
) -> None:
    """Row 48: it began once, and journal, evidence and exit code are those of an undisturbed run; also when it failed."""
    night.killed(item)
    assert night.state() == "running"
    night.let_go(ended=ended)
    answer = night.cli.process("op", "resume", "--yes")
    assert answer.code == (0 if item == "deploy" else COMMAND), answer.err
    assert night.journal() == calm[item]
    assert "the end of it" in answer.err
    assert night.count() == 1
    assert "No operation is unfinished" in night.cli("op", "resume").err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminal_that_goes_away_ends_no_command(night: Night, number: signal.Signals) -> None:
    """Neither does a console that is asked to end; ctrl+c stops the command, as before."""
    night.killed(number=number)
    assert night.state() == "running"
    night.let_go()
    assert night.cli("op", "resume").code == 0
    assert night.count() == 1


def test_ctrl_c_stops_it(night: Night) -> None:
    """Whoever sits there ends the command with its group; that it was stopped in the middle is written down."""
    running = night.begin()
    (place,) = (night.cli.data / "runs").glob("*/*")
    pid = json.loads((place / "started.json").read_text())["pid"]
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=10)
    assert running.returncode == INTERRUPTED
    assert not start_of(pid)
    assert night.journal()[-1][1:] == (
        "unknown",
        "stopped in the middle; only its exit code tells, when it runs",
    )


def test_it_is_said_that_it_still_runs(night: Night) -> None:
    """With its process, since when, and its last line; undo waits for it to be stopped, and abort stops it."""
    night.killed()
    (left,) = night.unfinished()
    (step,) = left["steps"]
    assert step["observed"].startswith("it still runs (pid ")
    assert "Z, last line: password=‹redacted:secret›" in step["observed"]
    pid = int(step["observed"].partition("pid ")[2].partition(")")[0])
    assert "Deploy it” still runs: stop it first" in night.cli("op", "undo").err
    assert start_of(pid)
    answer = night.cli("op", "abort")
    assert answer.code == OK
    assert answer.err.splitlines()[-1] == "Run ./deploy.sh it: cancelled: Deploy it: stopped"
    until(lambda: not start_of(pid), "its end")
    (kind, outcome, _) = night.journal()[-1]
    assert (kind, outcome) == ("operation-finished", "cancelled")
    assert night.count() == 1


def test_nobody_knows_how_it_ended(night: Night) -> None:
    """Row 49: said with its last line, never as success; it runs again only when somebody asks for it a second time."""
    night.killed()
    (place,) = (night.cli.data / "runs").glob("*/*")
    supervisor, pid = (json.loads((place / name).read_text())["pid"] for name in ("claim", "started.json"))
    os.kill(supervisor, signal.SIGKILL)
    until(lambda: not start_of(supervisor), "the supervisor's end")
    os.killpg(pid, signal.SIGKILL)
    until(lambda: not start_of(pid), "the command's end")
    assert night.state() == "lost"
    answer = night.cli("op", "resume", "--yes")
    assert answer.code == COMMAND
    assert "outcome unknown, started " in answer.err
    kind, outcome, detail = night.journal()[-1]
    assert (kind, outcome) == ("step-finished", "unknown")
    assert detail.startswith("outcome unknown, started ")
    assert detail.endswith("Z, last line: password=‹redacted:secret›")
    assert night.count() == 1
    (left,) = night.unfinished()
    (step,) = left["steps"]
    assert (step["state"], "to continue is to run it again" in step["observed"]) == ("unknown", True)
    night.let_go()
    assert night.cli("op", "resume", "--yes").code == 0
    assert night.count() == 2


def test_a_second_one_does_not_take_part(night: Night) -> None:
    """While the first is there it takes the outcome: resume says so, and nothing runs twice."""
    running = night.begin()
    assert "another hotfix follows it" in night.cli("op", "unfinished").out
    assert "another hotfix follows it and takes its outcome" in night.cli("op", "resume", "--yes").err
    night.let_go()
    running.communicate(timeout=10)
    assert (running.returncode, night.count()) == (0, 1)


def test_a_system_that_does_not_tell_processes_apart(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without /proc nothing could be found again: the command is a child as any other."""
    monkeypatch.setattr("hotfix_tui.adapters.run_places.start_of", lambda pid: "")
    night.let_go()
    assert night.cli("run", "deploy", "--yes").code == 0
    assert (night.count(), (night.cli.data / "runs").exists()) == (1, False)
    assert any("the end of it" in detail for _, _, detail in night.journal())


def test_what_is_recorded_has_no_secret(night: Night) -> None:
    """The raw output lies in the private folder alone."""
    night.let_go()
    night.begin().communicate(timeout=10)
    assert not any("hunter22" in detail for _, _, detail in night.journal())
    assert any("password=‹redacted:secret›" in detail for _, _, detail in night.journal())
    (spool,) = (night.cli.data / "runs").glob("*/*/out.*")
    assert "password=hunter22" in spool.read_text()
    assert spool.stat().st_mode & 0o077 == 0
