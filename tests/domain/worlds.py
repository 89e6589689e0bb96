"""Random logs: intents carried out through `decide` by several writers, and arbitrary well-formed events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.codec import seal, to_ms
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.hlc import Stamp, tick, witness
from hotfix_tui.domain.incident import Incident, fold
from hotfix_tui.domain.playbook import Item, Milestone, Phase, Playbook, Rung, Severity, Template
from hotfix_tui.domain.rules import decide, declare
from tests.events import START

PLAYBOOK = Playbook(
    id="team",
    title="Team",
    severities=(Severity("P0", "Critical", "down", "hotfix"), Severity("P1", "High", "bad", "next-release")),
    phases=(
        Phase("look", "Look", items=(Item("a", "Look at it", blocks="mend"), Item("b", "Tell somebody"))),
        Phase("mend", "Mend", items=(Item("c", "Mend it", evidence="a commit"),)),
    ),
    milestones=(Milestone("found", "Found"),),
    templates=(Template("news", "News", "We are on it.", promise=timedelta(minutes=20)),),
    escalations=(Rung("team", "Call the team", timedelta(minutes=5)),),
)

WORDS = st.sampled_from(["because", "seen", "late", "x"])
ITEMS = st.sampled_from(["a", "b", "c"])
RUNS = st.sampled_from(["r1", "r2"])

INTENTS: st.SearchStrategy[i.Intent] = st.one_of(
    st.builds(i.ChangeSeverity, st.sampled_from(["P0", "P1"]), WORDS),
    st.builds(i.EnterPhase, st.sampled_from(["look", "mend"]), WORDS),
    st.builds(i.LeavePhase, WORDS),
    st.builds(i.MarkItem, ITEMS, st.sampled_from(["done", "open", "skipped"]), WORDS, WORDS, WORDS),
    st.builds(i.AttachEvidence, ITEMS, st.just("text"), WORDS, st.booleans()),
    st.builds(i.AddNote, WORDS),
    st.builds(i.MarkMilestone, st.just("found")),
    st.builds(i.AssignRole, WORDS, WORDS),
    st.builds(i.GiveApproval, WORDS, WORDS),
    st.builds(i.MarkSent, st.sampled_from(["news", "update"])),
    st.builds(i.Escalate, st.sampled_from(["team", "1", "x"]), WORDS, WORDS),
    st.builds(i.Snooze, st.sampled_from(["", "escalate.team", "promise"]), st.integers(-1, 2000)),
    st.builds(i.StartOperation, RUNS, WORDS, WORDS, st.just({"k": "v"}), st.just(("s1", "s2")), ITEMS),
    st.builds(i.StartStep, RUNS, st.sampled_from(["s1", "s2", "s3"]), st.just(("git", "x"))),
    st.builds(i.FinishStep, RUNS, st.sampled_from(["s1", "s2"]), st.sampled_from(["done", "failed"])),
    st.builds(i.FinishOperation, RUNS, st.sampled_from(["done", "failed", "left"])),
    st.builds(i.Resolve, WORDS),
    st.builds(i.Close, WORDS),
    st.builds(i.Reopen, WORDS),
    st.just(i.Undo()),
    st.just(i.Redo()),
)
"""Every intent that an open incident may be asked for."""

UNDOABLE_INTENTS = (
    i.ChangeSeverity,
    i.EnterPhase,
    i.LeavePhase,
    i.MarkItem,
    i.AttachEvidence,
    i.AddNote,
    i.MarkMilestone,
    i.AssignRole,
    i.GiveApproval,
    i.MarkSent,
    i.Escalate,
    i.Snooze,
    i.Resolve,
    i.Close,
    i.Reopen,
)


class World:
    """One incident's log as its writers have made it so far, each seeing all of it."""

    def __init__(self, playbook: Playbook = PLAYBOOK) -> None:
        self.playbook = playbook
        self.now = START
        self.events: tuple[e.Event, ...] = ()
        intent = i.Declare("Unlocking fails", severity="P0", reason="seen", digest="d")
        self.write("w1", declare(playbook, intent, self.context("w1")))

    @property
    def state(self) -> Incident:
        """What the log makes."""
        folded = fold(self.events)
        assert folded is not None
        return folded

    def context(self, writer: str) -> i.Context:
        """Who asks, and when."""
        return i.Context(self.now, writer, writer)

    def ask(self, writer: str, intent: i.Intent, seconds: int = 1) -> tuple[e.Event, ...]:
        """The events of the intent; none when a rule says no. Time goes on by `seconds`."""
        self.now += timedelta(seconds=seconds)
        try:
            drafts = decide(self.state, self.playbook, intent, self.context(writer))
        except Refused:
            return ()
        return self.write(writer, drafts)

    def write(self, writer: str, drafts: tuple[e.Draft, ...]) -> tuple[e.Event, ...]:
        """Seal the drafts as the service does, and add them."""
        wall = to_ms(self.now)
        own = [event for event in self.events if event.writer == writer]
        stamp = max((event.stamp for event in own), default=Stamp())
        for event in self.events:
            stamp = witness(stamp, event.stamp, wall)
        made: list[e.Event] = []
        for draft in drafts:
            stamp = tick(stamp, wall)
            before = made[-1] if made else own[-1] if own else None
            place: dict[str, Any] = {
                "seq": before.seq + 1 if before else 1,
                "prev": before.id if before else "",
            }
            made.append(
                seal(draft, incident="HF-1", writer=writer, stamp=stamp, now=self.now, by=writer, **place)
            )
        self.events = (*self.events, *made)
        return tuple(made)


@st.composite
def worlds(draw: st.DrawFn, longest: int = 14) -> World:
    """A world in which one to three writers asked for random things."""
    world = World()
    writers = st.sampled_from(["w1", "w2", "w3"][: draw(st.integers(1, 3))])
    for writer, intent, seconds in draw(
        st.lists(st.tuples(writers, INTENTS, st.integers(-30, 4000)), max_size=longest)
    ):
        world.ask(writer, intent, seconds)
    return world


TEXT = st.text(max_size=20)
_OF_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "str": TEXT,
    "bool": st.booleans(),
    "int": st.integers(-(2**53), 2**53),
    "dict[str, str]": st.dictionaries(TEXT, TEXT, max_size=3),
    "tuple[str, ...]": st.lists(TEXT, max_size=3).map(tuple),
}


def _bodies() -> st.SearchStrategy[e.Body]:
    from dataclasses import fields

    known = [
        st.builds(kind, **{f.name: _OF_TYPE[str(f.type)] for f in fields(kind)}) for kind in e.KINDS.values()
    ]
    json = st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=6,
    )
    names = TEXT.filter(lambda name: name not in e.KINDS)
    unknown = st.builds(e.Unknown, names, st.integers(1, 9), st.dictionaries(TEXT, json, max_size=3))
    return st.one_of(*known, unknown)


BODIES = _bodies()


@st.composite
def arbitrary_events(draw: st.DrawFn, body: st.SearchStrategy[e.Body] = BODIES) -> e.Event:
    """A well-formed event that nobody's rules have looked at."""
    return seal(
        e.Draft(draw(body), START + timedelta(milliseconds=draw(st.integers(-(10**9), 10**9)))),
        incident=draw(TEXT),
        writer=draw(st.sampled_from(["w1", "w2", "w3"])),
        seq=draw(st.integers(1, 50)),
        prev=draw(TEXT),
        stamp=Stamp(draw(st.integers(0, 5)) + to_ms(START), draw(st.integers(0, 2))),
        now=START,
        by=draw(TEXT),
    )
