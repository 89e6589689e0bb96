"""The one way to read and change an incident: fold, decide, append, and the new state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from hotfix_tui.domain.codec import seal, to_ms
from hotfix_tui.domain.errors import PortFailure, Refused, StaleWrite
from hotfix_tui.domain.events import Declared, Draft, Event, Unknown
from hotfix_tui.domain.hlc import Stamp, tick, witness
from hotfix_tui.domain.incident import Incident, extend, fold
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.ports import Clock, EventStore, Log, Quarantined

if TYPE_CHECKING:
    from hotfix_tui.domain.intents import Context, Declare, Intent


@record(frozen=True, slots=True)
class Case:
    """An incident together with the playbook that it carries."""

    incident: Incident
    playbook: Playbook
    length: int
    """How many entries of its log this state holds."""
    quarantined: tuple[Quarantined, ...] = ()

    @property
    def id(self) -> str:
        """The incident's id."""
        return self.incident.id


class NoSuchIncident(Refused):
    """There is no incident with that id."""


class Unreadable(PortFailure):
    """The incident is there, but nothing says how it was declared, or the playbook that it carries does not load."""

    def __init__(self, id: str, reason: str, hint: str = "") -> None:
        """Keep the incident's id and the reason, untrusted text."""
        super().__init__("Incident", f"{id} cannot be read: {reason}.", hint)
        self.id = id
        self.reason = reason


@record(frozen=True, slots=True)
class Survey:
    """Every incident that is stored, the newest first: those that can be read, and the others."""

    cases: tuple[Case, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


class IncidentService:
    """Opens cases and carries out intents; acknowledged means committed. Safe to use from any thread."""

    def __init__(
        self,
        store: EventStore,
        read_playbook: Callable[[str], Playbook],
        clock: Clock,
        by: str,
        declared: Callable[[str], None] = lambda source: None,
    ) -> None:
        """Use `read_playbook` to read the playbook text that an incident carries; `by` is the person who asks.

        `declared` is told that text once an incident with it is stored.
        """
        self._store = store
        self._read_playbook = read_playbook
        self._declared = declared
        self._playbooks: dict[str, Playbook] = {}
        self._clock = clock
        self.by = by

    @property
    def now(self) -> datetime:
        """The present moment of the injected clock."""
        return self._clock.now()

    def list(self) -> tuple[Case, ...]:
        """Every case that can be read, the newest first; `survey` tells of the others. Raises: PortFailure."""
        return self.survey().cases

    def survey(self) -> Survey:
        """Every incident, the newest first; one that cannot be read hinders no other. Raises: PortFailure."""
        cases, unreadable = [], []
        for id in reversed(self._store.incidents()):
            try:
                cases.append(self.open(id))
            except Unreadable as trouble:
                unreadable.append(trouble)
        return Survey(tuple(cases), tuple(unreadable))

    def open(self, id: str) -> Case:
        """The case with this id. Raises: NoSuchIncident; Unreadable; PortFailure."""
        log = self._store.read(id)
        if not log.length:
            raise NoSuchIncident(f"There is no incident {id}. See: hotfix list")
        return case_of(id, log, self._playbook)

    def refresh(self, case: Case) -> Case:
        """The same case when nobody wrote since, else the newer one. Raises: PortFailure."""
        return case if self._store.length(case.id) == case.length else self.open(case.id)

    def declare(self, playbook: Playbook, intent: Declare) -> Case:
        """Declare an incident and open it. Raises: Refused; PortFailure."""
        from hotfix_tui.domain.rules import declare  # late: reading an incident needs no rules

        drafts = declare(playbook, intent, self._context())
        at = intent.started_at or self.now
        for id in _ids(at, drill=intent.drill):
            events = self._sealed(drafts, id, (), ())
            try:
                self._store.append(id, events, seen=0)
            except StaleWrite:
                continue
            self._declared(intent.source)
            return self.open(id)
        raise PortFailure("Declaring", "every id for this minute is taken", "Try again in a minute.")

    def ask(self, case: Case, intent: Intent) -> Case:
        """Carry out the intent on the newest state and return it. Raises: Refused; PortFailure."""
        from hotfix_tui.domain.rules import decide  # as in declare

        case = self.refresh(case)
        drafts = decide(case.incident, case.playbook, intent, self._context())
        if not drafts:
            return case
        after, events = self._after(case, drafts)
        try:
            self._store.append(case.id, events, seen=case.length)
        except StaleWrite:
            return self._ask_in_turn(self.refresh(case), intent)
        return after

    def _ask_in_turn(self, case: Case, intent: Intent) -> Case:
        """Carry out the intent while nobody else writes: who came too late once does not come too late again."""
        from hotfix_tui.domain.rules import decide

        after = case

        def decided(news: Log) -> tuple[Event, ...]:
            nonlocal after
            newest = self._with(case, news)
            drafts = decide(newest.incident, newest.playbook, intent, self._context())
            after, events = self._after(newest, drafts)
            return events

        self._store.append_decided(case.id, case.length, decided)
        return after

    def _with(self, case: Case, news: Log) -> Case:
        """The case together with what was written since."""
        incident = extend(case.incident, news.events)
        aside = (*case.quarantined, *news.quarantined)
        return Case(incident, self._playbook(incident), news.length, aside)

    def _after(self, case: Case, drafts: tuple[Draft, ...]) -> tuple[Case, tuple[Event, ...]]:
        """The case once the drafts are stored, and the events to store."""
        events = self._sealed(drafts, case.id, case.incident.log, case.quarantined)
        incident = extend(case.incident, events)
        return replace(case, incident=incident, length=case.length + len(events)), events

    def _context(self) -> Context:
        from hotfix_tui.domain.intents import Context

        return Context(self.now, self.by, self._store.writer)

    def _sealed(
        self, drafts: tuple[Draft, ...], id: str, log: tuple[Event, ...], aside: tuple[Quarantined, ...]
    ) -> tuple[Event, ...]:
        now = self.now
        wall = to_ms(now)
        entries: tuple[Event | Quarantined, ...] = (*log, *aside)
        own = ((entry.seq, entry.id) for entry in entries if entry.writer == self._store.writer)
        seq, prev = max(own, default=(0, ""))
        stamp = _newest(log, self._store.writer, wall)
        sealed = []
        for draft in drafts:
            seq, stamp = seq + 1, tick(stamp, wall)
            event = seal(
                draft,
                incident=id,
                writer=self._store.writer,
                seq=seq,
                prev=prev,
                stamp=stamp,
                now=now,
                by=self.by,
            )
            prev = event.id
            sealed.append(event)
        return tuple(sealed)

    def _playbook(self, incident: Incident) -> Playbook:
        source = (
            incident.declared.source
        )  # not the digest: an event from elsewhere may claim another playbook's
        if source not in self._playbooks:
            self._playbooks[source] = self._read_playbook(source)
        return self._playbooks[source]


_KEPT = "Its entries are kept; a newer hotfix may read them."


def case_of(id: str, log: Log, playbook_of: Callable[[Incident], Playbook]) -> Case:
    """The case that this log makes. Raises: Unreadable."""
    incident = fold(log.events)
    if incident is None:
        raise _undeclared(id, log)
    try:
        return Case(incident, playbook_of(incident), log.length, log.quarantined)
    except Refused as error:
        said = str(error).partition("\n")[0].rstrip(".")
        raise Unreadable(id, f"the playbook that it carries does not load: {said}", _KEPT) from error


def _undeclared(id: str, log: Log) -> Unreadable:
    """Why nothing says how the incident was declared."""
    if any(isinstance(event.body, Unknown) and event.body.kind == Declared.kind for event in log.events):
        return Unreadable(id, "it was declared by a newer hotfix", "Update hotfix-tui.")
    first = next((aside.reason for aside in log.quarantined if aside.position == 1), "")
    why = f"its declaration is damaged: {first}" if first else "nothing says how it was declared"
    return Unreadable(id, why, _KEPT)


def _newest(log: tuple[Event, ...], writer: str, wall: int) -> Stamp:
    """The stamp to tick from. Our own events always come before our next one, whatever our clock said then."""
    stamp = max((event.stamp for event in log if event.writer == writer), default=Stamp())
    for event in log:
        stamp = witness(stamp, event.stamp, wall)
    return stamp


def _ids(at: datetime, *, drill: bool) -> tuple[str, ...]:
    """Ids that people say aloud, the plain one first: HF-1121-0314, HF-1121-0314-2."""
    base = f"HF-{'D-' if drill else ''}{at:%m%d-%H%M}"
    return (base, *(f"{base}-{n}" for n in range(2, 100)))
