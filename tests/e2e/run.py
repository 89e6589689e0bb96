"""One incident from declaration to export: the real service, the real store, a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.playbook_folders import PlaybookFolders
from hotfix_tui.adapters.sqlite_store import SqliteStore
from hotfix_tui.domain.alarms import alarms
from hotfix_tui.domain.applying import is_open, items, section, sections
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.gates import obstacles, unfinished
from hotfix_tui.domain.glance import Glance, glance
from hotfix_tui.domain.incident import Incident, fold
from hotfix_tui.domain.intents import (
    AttachEvidence,
    Close,
    Declare,
    EnterPhase,
    FillField,
    GiveApproval,
    Intent,
    MarkItem,
    MarkMilestone,
)
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.postmortem import render
from hotfix_tui.domain.windows import item_window, moment
from hotfix_tui.service.incidents import Case, IncidentService
from hotfix_tui.wiring import read_playbook

START = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
_read = cache(read_playbook)
"""The same text is the same playbook, in every console."""
ANSWERS = {"yes-no": "yes", "text": "known", "approval": "Ada", "number": "0"}


class Run:
    """An incident that a built-in playbook carries, and whoever works on it."""

    def __init__(
        self,
        folder: Path,
        playbook: str,
        title: str,
        *,
        answers: dict[str, str],
        flags: tuple[str, ...] = (),
        report: Mapping[str, str] | None = None,
    ) -> None:
        """Declare it at 03:14, with the playbook's questions answered and its first form filled in."""
        self.folder = folder
        self.clock = FrozenClock(START)
        self._open_store()
        loaded = PlaybookFolders(None, folder).load(playbook)
        declared = Declare(
            title,
            answers,
            flags=flags,
            source=loaded.source,
            digest=loaded.digest,
            base="v1.0.4",
            fix="1.0.5",
            branch="hotfix/v1.0.5",
        )
        self.case: Case = self.service.declare(loaded.playbook, declared)
        self.fill(**(report or {}))

    # --- what is asked

    def ask(self, *intents: Intent) -> None:
        """Each of them one second after the one before."""
        for intent in intents:
            self.clock.move(timedelta(seconds=1))
            self.case = self.service.ask(self.case, intent)

    def refused(self, intent: Intent, *words: str) -> None:
        """The intent is refused with a sentence that holds all of these words, and nothing is written."""
        before = self.case.length
        with pytest.raises(Refused) as refusal:
            self.ask(intent)
        tells(str(refusal.value), *words)
        assert self.store.length(self.case.id) == before

    def enter(self, phase: str, reason: str = "", confirm: str = "") -> None:
        """Begin the phase; a reason is given exactly where the gate is closed, and stays."""
        held = self.obstacles(phase)
        assert bool(held) == bool(reason), held
        self.ask(EnterPhase(phase, reason, confirm))
        assert (self.incident.phase, self.incident.phases[phase].reason) == (phase, reason)

    def approve(self, role: str, person: str, how: str = "in the chat") -> None:
        """Somebody approves in a role."""
        self.ask(GiveApproval(role, person, how))

    def reach(self, *milestones: str) -> None:
        """These moments are now."""
        for one in milestones:
            self.ask(MarkMilestone(one))

    def fill(self, **values: str) -> None:
        """Fields of the post-mortem and the criteria; "_" stands for "-"."""
        for field, value in values.items():
            self.ask(FillField(field.replace("_", "-"), value))

    # --- the work

    def work(
        self, section: str = "", *, minutes: float = 1, leave: tuple[str, ...] = (), **values: str
    ) -> None:
        """Do what is required and open in the running phase, parts first; time passes, and more where one must wait."""
        while item := self._undone(section or self.incident.phase, leave):
            self.wait(minutes=minutes)
            self.do(item.id, values.get(item.id.replace("-", "_"), ""))

    def do(self, id: str, value: str = "", evidence: str = "", reason: str = "") -> None:
        """Mark the item done as it wants it, at the first moment at which that is right; a recurring one round by round."""
        item = self.playbook.item(id)
        assert item is not None, id
        self._wait_for(item)
        given = value or good_value(item)
        shown = evidence or (f"seen by {id}" if item.evidence else "")
        why = reason or ("said so in the call" if item.kind == "approval" else "")
        if (
            item.check == "merged-back"
        ):  # what nobody may close without (S3.TRP.6); its look is tried in tests/checks
            self.ask(AttachEvidence(id, "check", "the fix is in main on origin"))
        self.ask(MarkItem(id, "done", why, given, shown))
        while is_open(self.incident, item):
            assert item.every is not None, id
            self.clock.move(item.every)
            self.ask(MarkItem(id, "done", why, given, shown))

    def skip(self, id: str, reason: str) -> None:
        """Leave an item out, with a reason."""
        self.ask(MarkItem(id, "skipped", reason))

    def _undone(self, name: str, leave: tuple[str, ...]) -> Item | None:
        found = section(self.incident, self.playbook, name)
        assert found is not None, name
        wanted = [
            item
            for item in items(self.incident, found)
            if item.required and not item.debt and item.id not in leave and is_open(self.incident, item)
        ]
        wholes = {item.under for item in wanted}
        return next((item for item in wanted if item.id not in wholes), None)

    def _wait_for(self, item: Item) -> None:
        """Until its window opens; a recurring item's own length passes round by round instead."""
        everywhere = sections(self.incident, self.playbook)
        home = next(one for one in everywhere if item in items(self.incident, one))
        after = moment(self.incident, item.due.after) if item.due else None
        opens = item_window(self.incident, home, item).opens
        if item.kind == "recurring":
            opens = after + item.due.wait if after and item.due and item.due.wait else None
        if opens and opens > self.clock.now():
            self.clock.move(opens - self.clock.now())

    # --- time and place

    def wait(self, *, minutes: float = 0, hours: float = 0) -> None:
        """Time passes."""
        self.clock.move(minutes * MINUTE + hours * 60 * MINUTE)

    def restart(self) -> None:
        """The console is left and started again: the store is closed and opened, and the state is the same."""
        before = self.case
        self.store.close()
        self._open_store()
        self.case = self.service.open(before.id)
        assert (self.incident, self.case.length) == (before.incident, before.length)

    def _open_store(self) -> None:
        self.store = SqliteStore(self.folder)
        self.service = IncidentService(self.store, _read, self.clock, "robin")

    # --- what it looks like

    @property
    def incident(self) -> Incident:
        """The state."""
        return self.case.incident

    @property
    def playbook(self) -> Playbook:
        """The playbook that the incident carries."""
        return self.case.playbook

    @property
    def here(self) -> tuple[Item, ...]:
        """What the running phase asks for."""
        found = section(self.incident, self.playbook, self.incident.phase)
        return items(self.incident, found) if found else ()

    @property
    def glance(self) -> Glance:
        """The four answers now."""
        return glance(self.incident, self.playbook, self.clock.now())

    def resolve_by(self) -> datetime | None:
        """By when it is to be with users; None once it is, or where nothing is asked."""
        limit = self.glance.clocks.resolve
        return limit.due if limit else None

    @property
    def next(self) -> str:
        """What is to be done now: an item's id, or words."""
        return self.glance.next.item or self.glance.next.text

    @property
    def risks(self) -> str:
        """What is at risk, a sentence a line."""
        return "\n".join(risk.text for risk in self.glance.risks)

    @property
    def alarms(self) -> str:
        """What would ring, snoozed or not, a sentence a line."""
        return "\n".join(alarm.text for alarm in alarms(self.incident, self.playbook, self.clock.now()))

    def obstacles(self, phase: str) -> str:
        """What stands before the phase, a sentence a line."""
        return "\n".join(obstacles(self.incident, self.playbook, phase, self.clock.now()))

    # --- the end

    def close(self) -> None:
        """Nothing is open, so it closes without a reason."""
        assert unfinished(self.incident, self.playbook) == ()
        self.ask(Close())
        assert self.incident.status == "closed"

    def export(self) -> str:
        """The post-mortem of what is on disk, which is what was on the screen."""
        self.restart()
        assert fold(self.store.read(self.case.id).events) == self.incident
        document = render(self.incident, self.playbook, self.clock.now())
        self.store.close()
        return document.text


def good_value(item: Item) -> str:
    """An answer that the item is content with; empty when it takes none."""
    if item.expect or item.choices:
        return item.expect or item.choices[0]
    if (item.at_least, item.at_most, item.below) != (None, None, None):
        return f"{item.at_least or 0:g}"
    return ANSWERS.get(item.kind, "")


def tells(text: str, *words: str) -> None:
    """The text holds all of these words."""
    absent = [word for word in words if word not in text]
    assert not absent, f"{absent} not in:\n{text}"
