from __future__ import annotations

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.codec import decode, encode
from hotfix_tui.domain.incident import fold
from hotfix_tui.domain.rules import decide
from hotfix_tui.domain.story import story
from tests.domain.worlds import World
from tests.events import DECLARED, START, chain, payload, raw
from tests.small_playbook import a_playbook

PLAYBOOK = a_playbook()
NEW = {"danger": "n", "many": "y"}


def asked(world: World, **changes: object) -> tuple[e.Body, ...]:
    """What is written when somebody answers again."""
    given = {"severity": "P1", "reason": "fewer than thought", "answers": NEW} | changes
    drafts = decide(world.state, PLAYBOOK, i.ChangeSeverity(**given), world.context("w1"))  # type: ignore[arg-type]
    return tuple(draft.body for draft in drafts)


def test_the_new_answers_are_kept_with_the_change() -> None:
    """Two records, undone together: what was answered, and what followed from it."""
    world = World(PLAYBOOK)
    assert asked(world) == (e.TriageAnswered(NEW), e.SeverityChanged("P1", "fewer than thought"))
    before = world.state.answers
    world.ask("w1", i.ChangeSeverity("P1", "fewer than thought", NEW))
    assert (world.state.severity, world.state.answers) == ("P1", NEW)
    world.ask("w1", i.Undo())
    assert (world.state.severity, world.state.answers) == ("P0", before)
    world.ask("w1", i.Redo())
    assert (world.state.severity, world.state.answers) == ("P1", NEW)


def test_answers_that_change_no_severity_are_kept_too() -> None:
    """And the same answers again are nothing new."""
    world = World(PLAYBOOK)
    assert asked(world, severity="P0") == (e.TriageAnswered(NEW),)
    world.ask("w1", i.ChangeSeverity("P0", "", NEW))
    assert asked(world, severity="P0") == ()


def test_only_what_the_playbook_asks_is_kept() -> None:
    """A strange question or a key that is none changes nothing; a question left out keeps its answer."""
    world = World(PLAYBOOK)
    world.ask("w1", i.ChangeSeverity("P0", "", NEW))
    assert asked(world, severity="P0", answers={"stranger": "y", "danger": "x"}) == ()
    assert asked(world, severity="P0", answers={"danger": "?"}) == (
        e.TriageAnswered({"danger": "?", "many": "y"}),
    )


def test_the_answers_are_told_in_the_playbook_s_words() -> None:
    """Not as keys."""
    state = fold(chain(DECLARED, e.TriageAnswered({"danger": "n", "many": "?", "gone": "z"})))
    assert state is not None
    (line,) = (one.text for one in story(state, PLAYBOOK) if one.text.startswith("questions"))
    short = {q.id: q.short or q.text for q in PLAYBOOK.questions}
    assert line == f"questions answered again: {short['danger']} no; {short['many']} not sure; gone z"


def test_a_change_from_before_answers_were_kept_still_loads() -> None:
    """Its bytes, its id and its meaning are what they were, and it leaves the declared answers."""
    fields = payload(kind="severity-changed", data={"severity": "P1", "reason": "x"})
    found = decode(raw(fields))
    assert found.body == e.SeverityChanged("P1", "x")
    assert encode(found) == raw(fields)
    state = fold((*chain(e.Declared("t", "team", "d", "s", "P0", "hotfix", answers=NEW)), found))
    assert state is not None
    assert (state.severity, state.answers) == ("P1", NEW)


def test_a_change_of_ours_is_what_an_older_console_reads() -> None:
    """The change of severity has no new field; the answers are a kind of their own, which it hands on unread."""
    answered, changed = chain(e.TriageAnswered(NEW), e.SeverityChanged("P1", "x"))
    assert decode(encode(answered)).body == e.TriageAnswered(NEW)
    assert b'"data":{"reason":"x","severity":"P1"}' in encode(changed)
    assert changed.happened_at >= START
