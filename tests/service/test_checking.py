"""Checks are run, what they see is recorded, and what was ticked is looked at again; on real repositories."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.git_process import execute
from hotfix_tui.adapters.site import site_of
from hotfix_tui.domain.applying import provable
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.intents import Declare, MarkItem
from hotfix_tui.domain.playbook import Item, Phase
from hotfix_tui.domain.proof import Proof, proof
from hotfix_tui.ports import Site
from hotfix_tui.service.checking import CheckRunner, Looked
from hotfix_tui.service.incidents import Case, IncidentService
from tests.case_fixtures import PLAYBOOK, START
from tests.checks_fixtures import BASE, BRANCH, FIX
from tests.fakes import FakeStore
from tests.git_fixtures import Sandbox, commit, sandbox

SCRIPT = "import sys; print('one'); print('two ' * 200); sys.exit(len(sys.argv) - 1)"
ITEMS = (
    Item("branch", "Make the branch", check="branch-exists"),
    Item("clean", "Tree clean", check="tree-clean"),
    Item("pushed", "Push it", check="pushed"),
    Item("tests", "Run the tests", check="tests-passed", command=(sys.executable, "-c", SCRIPT)),
    Item("plain", "Look"),
    Item("odd", "From a newer hotfix", check="moon-is-full"),
)


class Room:
    """A sandbox, an incident about it, and a runner of checks."""

    def __init__(self, folder: Path) -> None:
        """Nothing is done yet."""
        self.box: Sandbox = sandbox(folder / "box")
        self.playbook = replace(PLAYBOOK, phases=(Phase("work", "Work", items=ITEMS),))
        self.moment = START
        self.incidents = IncidentService(
            FakeStore(), lambda source: self.playbook, FrozenClock(START), "robin"
        )
        declared = Declare("x", severity="P0", reason="y", base=BASE, fix=FIX, branch=BRANCH)
        self.case: Case = self.incidents.declare(self.playbook, declared)
        self.trusted = True
        self.runner = CheckRunner(self.incidents, self._may_run)

    def _may_run(self, case: Case) -> None:
        if not self.trusted:
            raise Refused("not trusted")

    @property
    def site(self) -> Site:
        """The sandbox as the product sees it."""
        return site_of(self.box.repository, FrozenClock(START))

    def check(self, *ids: str) -> tuple[Looked, ...]:
        """Look at these."""
        wanted = [item for item in ITEMS if item.id in ids]
        self.case, found = self.runner.check(self.case, wanted, self.site)
        return found

    def tick(self, *ids: str) -> None:
        """Mark these done."""
        for id in ids:
            self.case = self.incidents.ask(self.case, MarkItem(id, "done"))

    def again(self) -> int:
        """Look again by itself; how many events came of it."""
        before = self.case.length
        self.case = self.runner.again(self.case, self.site)
        return self.case.length - before

    def proof(self, id: str) -> Proof:
        """How the item stands."""
        item = next(item for item in ITEMS if item.id == id)
        return proof(item, self.case.incident.item(id))

    def branch(self) -> None:
        """Make the hotfix branch."""
        self.box.git("switch", "-q", "-c", BRANCH, BASE)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Nothing is done yet."""
    return Room(tmp_path)


def test_the_provable_items_are_those_that_name_a_check(room: Room) -> None:
    """In order; one whose check this hotfix does not know is said to be so, and nothing is recorded."""
    assert [item.id for item in provable(room.case.incident, room.playbook)] == [
        "branch",
        "clean",
        "pushed",
        "tests",
        "odd",
    ]
    (odd,) = room.check("odd")
    assert (odd.seen.ok, odd.seen.text) == (None, "this hotfix has no check “moon-is-full”")
    assert room.proof("odd").state == "to do"


def test_what_is_seen_is_recorded_and_nothing_is_ticked(room: Room) -> None:
    """Evidence of the form "check"; the mark is a person's."""
    room.branch()
    room.check("branch", "pushed")
    assert (room.proof("branch").ok, room.proof("branch").state) == (True, "to do")
    assert (room.proof("pushed").ok, room.proof("pushed").text) == (False, f"{BRANCH} is not on origin")
    room.tick("branch", "pushed")
    assert (room.proof("branch").state, room.proof("pushed").state) == ("proven", "contradicted")


def test_a_command_s_last_lines_come_with_it(room: Room) -> None:
    """Above the sentence, cut to what can be kept."""
    room.check("tests")
    (piece,) = room.case.incident.item("tests").evidence
    first, second, last = piece.text.splitlines()
    assert first == "one"
    assert len(second) == 300
    assert last.startswith("exit code 0 at ")


def test_nothing_of_a_playbook_runs_before_it_is_trusted(room: Room) -> None:
    """Git is asked all the same: that is no command of the playbook (RELIABILITY.md T3)."""
    room.trusted = False
    clean, tests = room.check("clean", "tests")
    assert clean.seen.ok
    assert (tests.seen.ok, tests.seen.text) == (None, "not trusted")
    assert not room.case.incident.item("tests").evidence


def test_a_remote_that_is_away_says_nothing(room: Room) -> None:
    """What could not be asked leaves what was proven as it was."""
    room.branch()
    room.box.git("push", "-q", "origin", BRANCH)
    room.check("pushed")
    room.box.remote.rename(room.box.remote.with_name("away"))
    (looked,) = room.check("pushed")
    assert looked.seen.ok is None
    assert room.proof("pushed").ok is True


def test_what_was_ticked_is_looked_at_again(room: Room) -> None:
    """A claim is proven, or contradicted, by itself, and a proof turns red; each is told once."""
    assert room.again() == 0, "what is not ticked is nobody's claim"
    room.tick("branch")
    assert room.again() == 1
    assert room.proof("branch").state == "contradicted"
    assert room.again() == 0
    room.branch()
    assert room.again() == 1
    assert room.proof("branch").state == "proven"
    commit(room.box.root, "unlock.py", "fixed\n")
    assert room.again() == 0, "another value is no news as long as it holds"
    room.box.git("switch", "-q", "main")
    room.box.git("branch", "-q", "-D", BRANCH)
    assert room.again() == 1
    assert room.proof("branch").state == "contradicted"


def test_what_an_open_item_says_is_looked_at_again(room: Room) -> None:
    """What was not so when somebody looked may have been done since by another way; what nobody looked at says nothing."""
    room.check("branch")
    assert room.proof("branch").ok is False
    assert room.again() == 0
    room.branch()
    assert room.again() == 1
    assert room.proof("branch").ok is True
    assert room.case.incident.item("branch").mark == "open"


def test_what_is_about_a_moment_is_looked_at_then(room: Room) -> None:
    """A tree that was clean when the branch was made may be changed afterwards."""
    room.tick("clean")
    assert room.again() == 1
    assert room.proof("clean").state == "proven"
    (room.box.root / "unlock.py").write_text("changed\n")
    assert room.again() == 0
    assert room.proof("clean").state == "proven"


def test_by_itself_it_asks_no_remote_and_runs_nothing(room: Room) -> None:
    """Only what needs nothing but this clone: no network and no command of anybody's without being asked."""
    room.tick("pushed", "tests")
    assert room.again() == 0
    assert (room.proof("pushed").state, room.proof("tests").state) == ("claimed", "claimed")


def test_a_look_is_a_few_processes(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """It happens every minute beside somebody's work: git is started a few times, and its settings are read once."""
    room.branch()
    room.tick("branch", "clean")
    started: list[str] = []

    def counting(argv: list[str], *rest: object) -> object:
        started.append(argv[1])
        return execute(argv, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("hotfix_tui.adapters.git_runner.execute", counting)
    site = room.site
    started.clear()
    room.runner.again(room.case, site)
    assert len(started) <= 8, started


def test_a_check_that_is_stopped_records_nothing(room: Room) -> None:
    """Its command is ended, and the items after it are not looked at."""
    script = "print('ready'); import time; time.sleep(60)"
    waiting = Item("tests", "x", check="tests-passed", command=(sys.executable, "-u", "-c", script))
    stop: list[str] = []
    case, found = room.runner.check(
        room.case, (waiting, ITEMS[0]), room.site, on_line=stop.append, cancelled=lambda: bool(stop)
    )
    assert (stop, found, case.length) == (["ready"], (), room.case.length)


def test_a_tick_is_fresh_for_a_minute(room: Room) -> None:
    """After that a look would say nothing about the moment of the tick."""
    room.tick("clean")
    room.incidents._clock = FrozenClock(START + timedelta(minutes=2))
    assert room.again() == 0
