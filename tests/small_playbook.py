"""A playbook that has one of everything the rules look at, and a state to ask them about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hotfix_tui.domain.codec import seal, to_ms
from hotfix_tui.domain.events import Draft, Event
from hotfix_tui.domain.hlc import Stamp, tick
from hotfix_tui.domain.incident import Incident, fold
from hotfix_tui.domain.intents import Context, Declare, Intent
from hotfix_tui.domain.playbook import (
    Answer,
    Budget,
    Condition,
    Item,
    Milestone,
    Phase,
    Playbook,
    Question,
    Rule,
    Severity,
)
from hotfix_tui.domain.rules import decide, declare

START = datetime(2026, 11, 21, 3, 14, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

SEVERITIES = (
    Severity(
        "P0",
        "Critical",
        "all is down",
        "hotfix",
        respond=15 * MINUTE,
        resolve=120 * MINUTE,
        update_every=30 * MINUTE,
    ),
    Severity("P1", "High", "much is down", "hotfix", respond=60 * MINUTE),
    Severity("P2", "Low", "little is down", "next-release"),
)
PHASES = (
    Phase(
        "assess",
        "Assess",
        target=10 * MINUTE,
        maximum=20 * MINUTE,
        items=(
            Item("confirmed", "See it fail"),
            Item("impact", "Say how many", kind="number"),
            Item("hint", "Ask around", required=False),
        ),
    ),
    Phase(
        "fix",
        "Fix",
        target=30 * MINUTE,
        maximum=60 * MINUTE,
        minimum_wait=5 * MINUTE,
        items=(
            Item("tests", "Write a test", evidence="its name"),
            Item("approved", "Get an approval", blocks="tell"),
        ),
    ),
    Phase("audit", "Audit", when=Condition(flags=("telemetry",)), items=(Item("asked", "Ask"),)),
    Phase("tell", "Tell", target=10 * MINUTE, items=(Item("told", "Tell everybody"),)),
)


def a_playbook() -> Playbook:
    """Three severities, two questions, four phases (one for a flag only) and all kinds of gates."""
    return Playbook(
        id="small",
        title="Small",
        budget=Budget(50 * MINUTE, 100 * MINUTE, "Go on?"),
        severities=SEVERITIES,
        questions=(
            Question("danger", "Is data at risk?", (Answer("y", "yes"), Answer("n", "no"))),
            Question("many", "Are many hit?", (Answer("y", "yes"), Answer("n", "no"))),
        ),
        rules=(
            Rule({"danger": "y"}, "P0", "Data is at risk."),
            Rule({"many": "y"}, "P1", "Many are hit."),
            Rule({}, "P2", "Few are hit, and nothing is lost."),
        ),
        phases=PHASES,
        milestones=(Milestone("detected", "Detected"), Milestone("verified", "Verified", required=True)),
    )


class Scene:
    """An incident in memory: intents in, events and state out, and a clock that is moved by hand."""

    def __init__(
        self,
        intent: Declare | None = None,
        playbook: Playbook | None = None,
        writer: str = "w1",
    ) -> None:
        """Declare an incident with everything answered "yes" unless `intent` says otherwise."""
        self.playbook = playbook or a_playbook()
        self.writer = writer
        self.now = START
        self.events: tuple[Event, ...] = ()
        self._stamp = Stamp()
        drafts = declare(self.playbook, intent or Declare("Unlocking fails"), self.context)
        self._keep(drafts)

    @property
    def context(self) -> Context:
        """Who asks, and when."""
        return Context(self.now, "robin", self.writer)

    @property
    def incident(self) -> Incident:
        """The state that the events make."""
        state = fold(self.events)
        assert state is not None
        return state

    def ask(self, intent: Intent) -> tuple[Event, ...]:
        """Carry out the intent one second later; its events."""
        self.now += timedelta(seconds=1)
        return self._keep(decide(self.incident, self.playbook, intent, self.context))

    def wait(self, minutes: float) -> None:
        """Time passes."""
        self.now += minutes * MINUTE

    def _keep(self, drafts: tuple[Draft, ...]) -> tuple[Event, ...]:
        new: list[Event] = []
        for draft in drafts:
            own = [event for event in (*self.events, *new) if event.writer == self.writer]
            self._stamp = tick(self._stamp, to_ms(self.now))
            new.append(
                seal(
                    draft,
                    incident="HF-1",
                    writer=self.writer,
                    seq=len(own) + 1,
                    prev=own[-1].id if own else "",
                    stamp=self._stamp,
                    now=self.now,
                    by="robin",
                )
            )
        self.events = (*self.events, *new)
        return tuple(new)
