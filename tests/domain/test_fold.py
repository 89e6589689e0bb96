from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.codec import decode, encode
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident, extend, fold
from hotfix_tui.domain.story import story
from hotfix_tui.domain.undo import undo
from tests.domain.worlds import (
    BODIES,
    PLAYBOOK,
    UNDOABLE_INTENTS,
    World,
    arbitrary_events,
    worlds,
)
from tests.events import DECLARED, chain, event

quick = settings(max_examples=120, deadline=None)


def _meaning(state: Incident) -> Incident:
    """The state without its log and what was undone: what a person sees, but for the story."""
    return replace(state, log=(), undone=frozenset())


@quick
@given(worlds(), st.randoms(use_true_random=False), st.data())
def test_any_order_and_any_duplication_fold_to_the_same_state(
    world: World, random: Random, data: st.DataObject
) -> None:
    """Logs of several writers merge by union, without conflict."""
    copies = [*world.events, *data.draw(st.lists(st.sampled_from(world.events), max_size=8))]
    random.shuffle(copies)
    assert fold(copies) == world.state


@quick
@given(st.lists(arbitrary_events(), max_size=8), st.randoms(use_true_random=False))
def test_arbitrary_events_fold_the_same_in_any_order_too(found: list[e.Event], random: Random) -> None:
    """The fold is total: no well-formed event stops it, whatever it says and whoever wrote it."""
    log = [event(DECLARED), *found, *found[:2]]
    aims = [entry.id for entry in log]
    log += [event(e.Undone((random.choice(aims), random.choice(aims))), n + 2) for n in range(3)]
    first = fold(log)
    random.shuffle(log)
    assert first is not None
    assert fold(log) == first
    assert len(story(first, PLAYBOOK)) <= len(first.log)


@quick
@given(worlds(), st.data())
def test_extending_is_folding_everything(world: World, data: st.DataObject) -> None:
    """The short way gives what the long way gives, wherever the log is cut."""
    cut = data.draw(st.integers(1, len(world.events)))
    before = fold(world.events[:cut])
    assert before is not None
    assert extend(before, world.events[cut:]) == world.state


@quick
@given(st.lists(arbitrary_events(), min_size=1, max_size=6), st.data())
def test_extending_by_arbitrary_events_is_folding_too(found: list[e.Event], data: st.DataObject) -> None:
    """Late ones, doubled ones, and ones that were undone before they came."""
    seconds = data.draw(st.sampled_from([-1, 2]))  # before all of them, or after
    undone = event(e.Undone(tuple(data.draw(st.lists(st.sampled_from([one.id for one in found]))))), seconds)
    start = fold((event(DECLARED, -2), undone))
    assert start is not None
    new = data.draw(st.sampled_from([tuple(found), tuple(sorted(found, key=lambda one: one.order))]))
    assert extend(start, new) == fold((*start.log, *new))


def test_an_event_that_was_undone_before_it_arrived_does_not_count() -> None:
    """A colleague's undo may come before what it takes back, by arrival and by order; extending knows both."""
    first, note = chain(DECLARED, e.SeverityChanged("P1", "x"))
    taken = replace(event(e.Undone((note.id,)), 1, writer="w2"), stamp=first.stamp)
    state = fold((first, taken))
    assert state is not None
    assert extend(state, (note,)).severity == "P0"
    after = event(e.Undone((note.id,)), 3, writer="w2")
    late = fold((first, after))
    assert late is not None
    assert extend(late, (note,)).severity == "P0"


def test_nothing_declared_is_no_incident() -> None:
    """Events without a declaration make no state."""
    assert fold((event(e.NoteAdded("x")),)) is None


@quick
@given(worlds())
def test_replay_from_bytes_equals_the_state(world: World) -> None:
    """What is on disk is all there is."""
    assert fold(decode(encode(one)) for one in world.events) == world.state


@quick
@given(worlds(longest=8), st.sampled_from(["w1", "w2"]), st.data())
def test_undo_restores_and_redo_restores_again(world: World, writer: str, data: st.DataObject) -> None:
    """One undo takes back one intent; redo brings it back; both leave the log longer, not shorter."""
    from tests.domain.worlds import INTENTS

    before = world.state
    intent = data.draw(INTENTS.filter(lambda one: isinstance(one, UNDOABLE_INTENTS)))
    if not world.ask(writer, intent):
        return
    after = world.state
    assert world.ask(writer, i.Undo())
    assert _meaning(world.state) == _meaning(before)
    assert world.ask(writer, i.Redo())
    assert _meaning(world.state) == _meaning(after)
    assert len(world.events) > len(after.log)


@quick
@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=2, max_size=5, unique=True))
def test_several_undos_and_as_many_redos_go_back_and_forth(items: list[str]) -> None:
    """undo, undo, redo, redo: each step is the state that was there."""
    world, states = World(), []
    for item in items:
        states.append(_meaning(world.state))
        assert world.ask("w1", i.MarkItem(item, "done", evidence="seen"))
    last = _meaning(world.state)
    for state in reversed(states):
        assert world.ask("w1", i.Undo())
        assert _meaning(world.state) == state
    assert not world.ask("w1", i.Undo())
    for state in (*states[1:], last):
        assert world.ask("w1", i.Redo())
        assert _meaning(world.state) == state
    assert not world.ask("w1", i.Redo())


def test_redo_is_gone_once_something_was_recorded() -> None:
    """A new record ends the way forward, as in an editor."""
    world = World()
    world.ask("w1", i.AddNote("one"))
    world.ask("w1", i.Undo())
    world.ask("w1", i.AddNote("two"))
    assert not world.ask("w1", i.Redo())


def test_undo_takes_back_only_what_this_installation_wrote() -> None:
    """A colleague's records are theirs; one's own first ones count although others wrote more."""
    world = World()
    world.ask("w1", i.AssignRole("comms", "ada"))
    world.ask("w2", i.MarkMilestone("found"))
    assert world.ask("w2", i.Undo())
    assert not world.state.milestones
    assert not world.ask("w2", i.Undo())
    assert world.state.roles["comms"] == "ada"


def test_declaring_cannot_be_undone() -> None:
    """The declaration, the lead and the first phase stay."""
    world = World()
    with pytest.raises(Refused, match="nothing of yours"):
        undo(world.state, PLAYBOOK, i.Undo(), world.context("w1"))
    assert world.state.phase == "look"


@settings(max_examples=300, deadline=None)
@given(arbitrary_events(BODIES))
def test_an_event_survives_its_bytes(one: e.Event) -> None:
    """decode(encode(e)) == e, and the bytes are the same again."""
    assert decode(encode(one)) == one
    assert encode(decode(encode(one))) == encode(one)
