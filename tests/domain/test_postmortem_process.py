"""What the post-mortem says about the process: promises, messages that items send, what was passed over, when it is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hotfix_tui.domain.gates import obstacles
from hotfix_tui.domain.intents import (
    ChangeSeverity,
    Close,
    EnterPhase,
    FillField,
    MarkItem,
    MarkSent,
    Resolve,
)
from hotfix_tui.domain.playbook import Due, Field, Metric, PostMortem, Template
from hotfix_tui.domain.postmortem import render
from hotfix_tui.domain.postmortem_process import OPEN, due
from hotfix_tui.domain.promises import kept, owed
from tests.small_playbook import MINUTE, Scene, a_playbook


def scene(**changes: object) -> Scene:
    """An incident of the small playbook with something changed."""
    return Scene(playbook=replace(a_playbook(), **changes))  # type: ignore[arg-type]


def fates(one: Scene) -> list[str]:
    """What became of each promise, in the order of sending."""
    return [fate for _, fate in kept(one.incident, one.playbook, one.now)]


def test_an_update_keeps_the_one_before_when_it_comes_in_time() -> None:
    """Every half hour at P0: the second came in time, the third did not, the fourth is not due yet (S0.COM.1)."""
    one = Scene()
    for minutes in (0, 29, 31):
        one.wait(minutes)
        one.ask(MarkSent("update"))
    assert fates(one) == ["kept", "broken", ""]
    one.wait(31)
    assert fates(one) == ["kept", "broken", "broken"]


def test_a_promise_is_held_against_the_severity_of_its_time() -> None:
    """What was promised at P1, where nobody is owed an update, is not broken by a P0 that comes later."""
    one = Scene()
    one.ask(ChangeSeverity("P1", "less"))
    one.ask(MarkSent("update"))
    one.wait(60)
    one.ask(ChangeSeverity("P0", "more"))
    assert fates(one) == [""]


def test_who_is_well_again_waits_for_nothing() -> None:
    """What was promised and not due before the resolution is not broken after it."""
    one = Scene()
    one.ask(MarkSent("update"))
    one.ask(Resolve())
    one.wait(600)
    assert fates(one) == [""]


def test_a_ticked_item_sent_the_message_that_it_names() -> None:
    """Nobody is reminded of a message whose item says that it is out."""
    told = Template("note", "Note", "…", due=Due("declared", within=10 * MINUTE))
    phases = tuple(
        replace(p, items=tuple(replace(i, template="note") if i.id == "confirmed" else i for i in p.items))
        for p in a_playbook().phases
    )
    one = scene(templates=(told,), phases=phases)
    assert [each.key for each in owed(one.incident, one.playbook)] == ["note"]
    one.ask(MarkItem("confirmed", "done"))
    assert owed(one.incident, one.playbook) == ()


def test_what_was_passed_over_is_asked_again_only_after_going_back() -> None:
    """One reason is enough for one gate; who goes back stands before the gate again."""
    one = Scene()
    one.ask(EnterPhase("fix", "now"))
    assert any("is a blocker" in s for s in obstacles(one.incident, one.playbook, "tell", one.now))
    one.playbook = replace(
        one.playbook, phases=(*one.playbook.phases, replace(one.playbook.phases[3], id="end"))
    )
    one.ask(EnterPhase("tell", "nobody is awake"))
    assert not any("is a blocker" in s for s in obstacles(one.incident, one.playbook, "end", one.now))
    one.ask(EnterPhase("fix"))
    assert any("is a blocker" in s for s in obstacles(one.incident, one.playbook, "tell", one.now))


@pytest.mark.parametrize(("only", "wanted"), [((), True), (("P0",), True), (("P1",), False)])
def test_the_post_mortem_is_due_by_severity(only: tuple[str, ...], *, wanted: bool) -> None:
    """So long after closing, where the severity and the form want one."""
    levels = tuple(replace(s, postmortem_due=timedelta(days=2)) for s in a_playbook().severities)
    one = scene(severities=levels, postmortem=PostMortem(only))
    one.ask(Close("done"))
    found = due(one.incident, one.playbook, one.now + timedelta(days=9))
    assert found == (one.now + timedelta(days=2) if wanted else None)


def test_forms_are_told_with_what_is_missing_and_what_falls_short() -> None:
    """An empty answer is an open question, a bad one is a missed criterion, an unmarked moment is said (S3.MET.3)."""
    one = scene(
        postmortem=PostMortem(
            fields=(Field("why", "Why so late?", group="Detection"), Field("who", "Who saw it?"))
        ),
        criteria=(
            Field("share", "How many upgraded?", "number", at_least=80),
            Field("calm", "Is it calm?", "yes-no"),
        ),
        metrics=(
            Metric("m", "to the proof", "verified"),
            Metric("n", "to the end", "resolved", limit=MINUTE),
        ),
    )
    one.ask(FillField("who", "Kim | Robin"))
    one.ask(FillField("share", "79"))
    one.wait(5)
    one.ask(Resolve("fine"))
    text = render(one.incident, one.playbook, one.now).text
    for words in (
        f"### Detection\n\n| Asked | Answer |\n| --- | --- |\n| Why so late? | {OPEN} |",
        "| Who saw it? | Kim \\| Robin |",
        "| How many upgraded? | 79 | **missed**: is 79, below 80 |",
        f"| Is it calm? | {OPEN} |",
        "| to the proof | not marked |",
        "| to the end | 5m | 1m | over |",
    ):
        assert words in text, text
    assert "What was the root cause?" not in text
