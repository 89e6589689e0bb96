"""A document that is imported again: what goes together, and what is refused."""

from __future__ import annotations

from hotfix_tui.importing.understanding import understand
from hotfix_tui.service.importing import Imported, again, imported, settled

DOCUMENT = """\
# Hot fixes

## Phase 1: Assess

### First look

- [ ] Confirm the bug
- [ ] Tell the team

## Phase 2: Fix

- [ ] Write the smallest fix
"""


def made(text: str) -> Imported:
    """What an import of this text writes."""
    data = text.encode()
    return imported(understand(data), data, "HOTFIX.md")


def test_a_list_stays_while_an_item_of_ours_is_on_it() -> None:
    """The document has neither any more; the item was edited by hand, and so both stay."""
    base = made(DOCUMENT)
    ours = base.text.replace('"Confirm the bug"', '"Confirm the bug, twice"')
    new = made(DOCUMENT[: DOCUMENT.index("### First")] + DOCUMENT[DOCUMENT.index("## Phase 2") :])
    case = again(new, ours, base.text)
    text = settled(case, [one for one in case.wanted if not one.conflict])
    assert 'id = "first-look"' in text
    assert "Confirm the bug, twice" in text
    assert "tell-the-team" not in text


def test_a_phase_that_was_only_reworded_keeps_its_id() -> None:
    """Else its items would all be moved, and what names it would name nothing."""
    base = made(DOCUMENT)
    new = made(DOCUMENT.replace("Phase 2: Fix", "Phase 2: Fixing"))
    case = again(new, base.text, base.text)
    assert [(one.name, one.key, one.theirs) for one in case.wanted] == [
        (("checklist", "phase-2-fix"), "title", "Phase 2: Fixing"),
        (("phase", "fix"), "title", "Fixing"),
    ]


def test_the_same_document_wants_nothing() -> None:
    """Hand edits are counted and left alone."""
    base = made(DOCUMENT)
    ours = base.text.replace('"Tell the team"', '"Tell them all"')
    case = again(base, ours, base.text)
    assert (case.wanted, case.by_hand) == ((), 1)
    assert settled(case, ()) == ours
