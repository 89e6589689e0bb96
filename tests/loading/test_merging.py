"""Three texts of a playbook: hand edits stay, the document's changes come, and both at one place is a conflict."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from hotfix_tui.loading.blocks import Block, blocks
from hotfix_tui.loading.merging import Difference, differences, kept, three
from hotfix_tui.loading.patching import patched

BASE = """\
# imported from HOTFIX.md
schema = 1
id = "ours"
title = "Ours"

# --- how bad is it ---

[[severity]] # HOTFIX.md:3
id = "P0"
respond = "15m"

# --- the work ---

[[phase]] # HOTFIX.md:10
id = "fix"
title = "Fix"

[[phase.item]] # HOTFIX.md:11
id = "written"
text = "Write it"

[[phase.item]] # HOTFIX.md:12
id = "tested"
text = "Test it"

[[phase]] # HOTFIX.md:20
id = "tell"
title = "Tell"

# not understood: nothing
"""
ITEM = '[[phase.item]] # HOTFIX.md:12\nid = "tested"\ntext = "Test it"\n'
PLAYBOOKS = sorted((Path(__file__).parents[2] / "src" / "hotfix_tui" / "playbooks").glob("*.toml"))


def merged(base: str, ours: str, theirs: str, *, conflicts: bool = False) -> str:
    """Ours with everything that the document wants; conflicts only where they are asked for."""
    texts = three(base, ours, theirs)
    return patched(texts, [one for one in differences(texts) if conflicts or not one.conflict])


def wanted(base: str, ours: str, theirs: str) -> list[tuple[str, str, str, bool]]:
    """What the document wants, in short."""
    found = differences(three(base, ours, theirs))
    return [(one.name[-1], one.key, one.kind, one.conflict) for one in found]


def test_what_nobody_changed_stays_byte_for_byte() -> None:
    """The second import of the same document changes nothing, hand edits or not."""
    ours = BASE.replace("respond", "# we are slower at night\nrespond ").replace("Test it", "Test it twice")
    assert merged(BASE, BASE, BASE) == BASE
    assert merged(BASE, ours, BASE) == ours
    assert kept(three(BASE, ours, BASE)) == ((("item", "tested"), "text"),)


def test_the_document_changes_what_no_hand_has() -> None:
    """Keys and whole tables, with their comments; what is written beside them stays."""
    ours = BASE.replace("Write it", "Write it, with a test")
    theirs = (
        BASE.replace('"15m"', '"30m"')
        .replace(":12", ":14")
        .replace('"tell"\ntitle', '"tell"\nrole = "x"\ntitle')
    )
    made = merged(BASE, ours, theirs)
    assert made == theirs.replace("Write it", "Write it, with a test")
    assert wanted(BASE, ours, theirs) == [
        ("P0", "respond", "changed", False),
        ("tell", "role", "added", False),
    ]


def test_new_items_stand_where_the_document_has_them_and_lost_ones_go() -> None:
    """A new item comes after the one before it there; a lost one takes its comment along."""
    new = '[[phase.item]] # HOTFIX.md:11\nid = "reviewed"\ntext = "Have it read"\n\n'
    theirs = BASE.replace(ITEM, new + ITEM)
    assert merged(BASE, BASE, theirs) == theirs
    assert merged(theirs, theirs, BASE) == BASE
    assert merged(BASE, BASE, BASE.replace(ITEM + "\n", "")) == BASE.replace(ITEM + "\n", "")


def test_an_item_that_moves_keeps_what_was_written_to_it() -> None:
    """Its id is its name, wherever it stands."""
    ours = BASE.replace('"Test it"', '"Test it"\nevidence = "the log"')
    theirs = BASE.replace("\n" + ITEM, "").replace('title = "Tell"\n', 'title = "Tell"\n\n' + ITEM)
    made = merged(BASE, ours, theirs)
    assert made == theirs.replace('"Test it"', '"Test it"\nevidence = "the log"')
    assert wanted(BASE, ours, theirs) == [("tested", "", "moved", False)]


def test_another_order_of_the_document_is_followed_with_all_that_is_in_it() -> None:
    """Phases and items take their comments, their parts and the hand edits along; an order made by hand stays."""
    phase = BASE[BASE.index("[[phase]] # HOTFIX.md:10") : BASE.index("[[phase]] # HOTFIX.md:20")]
    item = '[[phase.item]] # HOTFIX.md:11\nid = "written"\ntext = "Write it"\n\n'
    theirs = BASE.replace(phase, "").replace('title = "Tell"\n', f'title = "Tell"\n\n{phase.rstrip()}\n')
    theirs = theirs.replace(item, "").replace(ITEM, f"{ITEM}\n{item.rstrip()}\n")
    ours = BASE.replace('"Write it"', '"Write it"\n# twice\nhint = "by hand"')
    assert wanted(BASE, ours, theirs) == [("", "", "ordered", False), ("", "", "ordered", False)]
    assert merged(BASE, ours, theirs) == theirs.replace('"Write it"', '"Write it"\n# twice\nhint = "by hand"')
    assert merged(BASE, theirs, BASE) == theirs
    assert wanted(BASE, theirs, theirs) == []


def test_both_orders_is_a_conflict() -> None:
    """Of three items each side put another one first: somebody decides, and then it is the document's order."""
    three_items = BASE.replace(ITEM, f'{ITEM}\n[[phase.item]]\nid = "told"\ntext = "Tell it"\n')
    first = '[[phase.item]] # HOTFIX.md:11\nid = "written"\ntext = "Write it"\n\n'
    ours = three_items.replace(ITEM + "\n", "").replace(first, f"{ITEM}\n{first}")
    last = '[[phase.item]]\nid = "told"\ntext = "Tell it"\n'
    theirs = three_items.replace(f"\n{last}", "").replace(first, f"{last}\n{first}")
    assert wanted(three_items, ours, theirs) == [("", "", "ordered", True)]
    assert merged(three_items, ours, theirs) == ours
    assert merged(three_items, ours, theirs, conflicts=True) == theirs


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (("Test it", "A"), ("Test it", "B"), ("tested", "text", "changed", True)),
        (("Test it", "A"), ("\n" + ITEM, ""), ("tested", "", "removed", True)),
        (("\n" + ITEM, ""), ("Test it", "B"), ("tested", "", "added", True)),
        (
            ('"tested"\n', '"tested"\nhint = "a"\n'),
            ('"tested"\n', '"tested"\nhint = "b"\n'),
            ("tested", "hint", "changed", True),
        ),
    ],
    ids=["a key", "taken out there", "taken out here", "a new key"],
)
def test_both_at_one_place_is_a_conflict(
    ours: tuple[str, str], theirs: tuple[str, str], said: tuple[str, str, str, bool]
) -> None:
    """It is told, left as the hand made it, and taken from the document only where somebody says so."""
    mine, its = BASE.replace(*ours), BASE.replace(*theirs)
    assert wanted(BASE, mine, its) == [said]
    assert merged(BASE, mine, its) == mine
    assert merged(BASE, mine, its, conflicts=True) == its


def test_what_was_taken_out_by_hand_stays_out() -> None:
    """Where the document has not changed it, nothing is asked."""
    ours = BASE.replace("\n" + ITEM, "")
    theirs = BASE.replace("15m", "20m")
    assert wanted(BASE, ours, theirs) == [("P0", "respond", "changed", False)]
    assert "tested" not in merged(BASE, ours, theirs)


def test_a_phase_stays_while_something_of_ours_is_in_it() -> None:
    """Its items would fall to the phase before it."""
    own = '[[phase.item]]\nid = "called"\ntext = "Call them"\n'
    ours = BASE.replace('title = "Tell"\n', f'title = "Tell"\n\n{own}')
    theirs = BASE.replace('\n[[phase]] # HOTFIX.md:20\nid = "tell"\ntitle = "Tell"\n', "")
    assert merged(BASE, ours, theirs) == ours


def test_without_the_base_every_difference_is_asked_for() -> None:
    """Nobody knows then who changed what."""
    ours, theirs = BASE.replace("Test it", "A"), BASE.replace("15m", "20m")
    assert wanted("", ours, theirs) == [
        ("P0", "respond", "changed", True),
        ("tested", "text", "changed", True),
    ]


@pytest.mark.parametrize("seed", range(12))
def test_any_edits_of_both_sides_come_together(seed: int) -> None:
    """All that the document wants is there afterwards, and no hand edit that nothing stood against is lost."""
    chance = random.Random(seed)  # noqa: S311  (a test's own, for the same edits each time)
    base = chance.choice(PLAYBOOKS).read_text(encoding="utf-8")
    ours, theirs = edited(base, chance, 4), edited(base, chance, 6)
    texts = three(base, ours, theirs)
    taken = [one for one in differences(texts) if not one.conflict or chance.random() < 0.5]
    after = three(base, patched(texts, taken), theirs)
    said = {(one.name, one.key) for one in taken}
    assert not said & {(one.name, one.key) for one in differences(after)}
    lost = set(kept(texts)) - set(kept(after))
    assert all(edit in said or (edit[0], "") in said for edit in lost)


def edited(text: str, chance: random.Random, count: int) -> str:
    """The text after some edits such as a person makes."""
    for _ in range(count):
        found = blocks(text)
        lines = list(found.lines)
        block = chance.choice(found.blocks[1:])
        chance.choice(EDITS)(lines, block, chance)
        text = "\n".join(lines)
    return text


def _change(lines: list[str], block: Block, chance: random.Random) -> None:
    entries = [
        (key, e) for key, e in block.entries.items() if key not in ("id", "key", "number", "role", "title")
    ]
    if entries:
        key, entry = chance.choice(entries)
        lines[entry.start : entry.end] = [f'{key} = "changed {chance.randrange(99)}"']


def _new_key(lines: list[str], block: Block, chance: random.Random) -> None:
    lines[block.header + 1 : block.header + 1] = [f'a{chance.randrange(9**9)} = "new"']


def _new_item(lines: list[str], block: Block, chance: random.Random) -> None:
    if block.kind == ("phase", "item"):
        lines[block.end : block.end] = ["", "[[phase.item]]", f'id = "n{chance.randrange(9**9)}"']


def _take_out(lines: list[str], block: Block, chance: random.Random) -> None:
    if block.kind == ("phase", "item"):
        del lines[block.start : block.end]


def _swap(lines: list[str], block: Block, chance: random.Random) -> None:
    found = blocks("\n".join(lines))
    beside = [
        b
        for b in found.blocks
        if (b.kind, b.parent) == (block.kind, block.parent) == (("phase", "item"), b.parent)
    ]
    if len(beside) > 1:
        one, other = sorted(chance.sample(beside, 2), key=lambda b: b.start)
        lines[one.start : other.end] = [
            *lines[other.start : other.end], *lines[one.end : other.start], *lines[one.start : one.end]
        ]  # fmt: skip


EDITS = (_change, _new_key, _new_item, _take_out, _swap)


def test_a_difference_says_what_stood_where() -> None:
    """All three values are at hand for whoever decides."""
    found = differences(three(BASE, BASE.replace("15m", "5m"), BASE.replace("15m", "9m")))
    assert found == (Difference(("severity", "P0"), "respond", "changed", True, "15m", "5m", "9m"),)
