from __future__ import annotations

from dataclasses import replace

import pytest

from hotfix_tui.domain import events as e
from hotfix_tui.domain import intents as i
from hotfix_tui.domain.errors import NeedsAnswer
from hotfix_tui.domain.playbook import Item, ItemKind
from hotfix_tui.domain.rules import decide
from tests.small_playbook import Scene, a_playbook

PLAYBOOK = a_playbook()
CHOICES = ("Roll back", "Mend")


def asked(kind: ItemKind, intent: i.MarkItem) -> tuple[e.Body, ...]:
    """What marking an item of this kind writes."""
    item = Item("impact", "How is it", kind=kind, choices=CHOICES if kind == "choice" else ())
    phase = replace(PLAYBOOK.phases[0], items=(item,))
    scene = Scene()
    playbook = replace(PLAYBOOK, phases=(phase, *PLAYBOOK.phases[1:]))
    return tuple(draft.body for draft in decide(scene.incident, playbook, intent, scene.context))


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("number", "40", "40"),
        ("number", "-3", "-3"),
        ("number", " 0.5 % ", "0.5 %"),
        ("number", "1,500", "1,500"),
        ("number", "100%", "100%"),
        ("yes-no", "Y", "yes"),
        ("yes-no", "NO", "no"),
        ("choice", "roll BACK", "Roll back"),
        ("choice", "Mend", "Mend"),
        ("text", "whatever [was] said", "whatever [was] said"),
        ("task", "also this", "also this"),
    ],
)
def test_a_fitting_value_is_kept_in_one_spelling(kind: ItemKind, value: str, kept: str) -> None:
    """Numbers as typed, yes and no in full, a choice as the playbook writes it."""
    assert asked(kind, i.MarkItem("impact", "done", value=value)) == (
        e.ItemMarked("impact", "done", value=kept),
    )


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("number", "many", "How is it: “many” is not a number."),
        ("number", "3 of 4", "How is it: “3 of 4” is not a number."),
        ("number", "nan", "How is it: “nan” is not a number."),
        ("number", "\u0664", "How is it: “\u0664” is not a number."),
        ("number", "%", "How is it: “%” is not a number."),
        ("yes-no", "maybe", "How is it: “maybe” is not yes or no."),
        ("choice", "Pray", "How is it: “Pray” is not one of: Roll back, Mend."),
        ("choice", "Roll", "How is it: “Roll” is not one of: Roll back, Mend."),
    ],
)
@pytest.mark.parametrize("mark", ["done", "open"])
def test_a_value_of_another_kind_is_refused(kind: ItemKind, value: str, sentence: str, mark: str) -> None:
    """With one sentence that quotes it, whatever the mark; a console may ask for the value once more."""
    with pytest.raises(NeedsAnswer) as caught:
        asked(kind, i.MarkItem("impact", mark, value=value))  # type: ignore[arg-type]
    assert str(caught.value) == sentence
    assert caught.value.wanted == "value"


def test_a_choice_is_asked_for_with_its_answers() -> None:
    """Nobody has to know them by heart."""
    with pytest.raises(NeedsAnswer) as caught:
        asked("choice", i.MarkItem("impact", "done"))
    assert str(caught.value) == "How is it: which one: Roll back or Mend?"


def test_a_choice_without_answers_takes_any() -> None:
    """Such a playbook does not load today; an incident that carries one stays usable."""
    scene = Scene()
    item = Item("impact", "How is it", kind="choice")
    playbook = replace(PLAYBOOK, phases=(replace(PLAYBOOK.phases[0], items=(item,)),))
    (draft,) = decide(scene.incident, playbook, i.MarkItem("impact", "done", value="x"), scene.context)
    assert draft.body == e.ItemMarked("impact", "done", value="x")
