"""The pictures of the review: an entry as a row, the document with the entry's lines, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.importing.reviewing import ACCEPTED, DROPPED, HEADING, Decisions, Entry
from hotfix_tui.importing.understood import Origin
from hotfix_tui.tui.marks import MARKS, Signs
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import folded, paragraph

KIND = 11
"""Cells for the kind of an entry."""
_NUMBER = 5
"""Cells for the number of a line of the document."""


def entry(one: Entry, role: str, marks: Signs) -> Row:
    """One entry: its mark, its kind, what it says, and its lines."""
    state = _state(one, role)
    look = {"waiting": "waiting", "skipped": "dim", "running": "accent"}.get(state, "text")
    kind = role if state == "running" else one.kind
    change = f"{marks.arrow} " if state == "running" else ""
    detail = f"  {clean(one.detail, TITLE)}" if one.detail else ""
    return Row(
        (
            (f"{MARKS[state]} ", look),
            (f"{change}{kind}".ljust(KIND), "accent" if state == "running" else "dim"),
            (clean(one.title, TITLE), look),
            (detail, "dim"),
        ),
        ((f":{lines(one)}", "dim"),),
        one.key,
    )


def _state(one: Entry, role: str) -> str:
    if role in (ACCEPTED, DROPPED):
        return "done" if role == ACCEPTED else "skipped"
    if role:
        return "running"
    return "open" if one.origin.sure and one.kind != HEADING else "waiting"


def lines(one: Entry) -> str:
    """An entry's lines: "41-52"."""
    origin = one.origin
    return str(origin.first) if origin.last <= origin.first else f"{origin.first}-{origin.last}"


def document(text: Sequence[str], here: Origin | None, width: int) -> tuple[tuple[Row, ...], dict[int, int]]:
    """The document folded to the width, the entry's lines in sight among the others; and the row of each line."""
    rows: list[Row] = []
    at: dict[int, int] = {}
    for number, line in enumerate(text, start=1):
        at[number] = len(rows)
        inside = here is not None and here.first <= number <= max(here.last, here.first)
        role, mark = ("bold", "|") if inside else ("dim", " ")
        for n, part in enumerate(folded(line, width - _NUMBER - 2)):
            count = str(number) if n == 0 else ""
            rows.append(Row(((f"{count:>{_NUMBER}}{mark} ", "accent" if inside else "dim"), (part, role))))
    return tuple(rows), at


def told(one: Entry | None, role: str, said: str, width: int, height: int) -> tuple[Row, ...]:
    """Why the entry was understood so, and what somebody made of it; always as many rows."""
    if one is None:
        return (row("Nothing was understood of this document.", "waiting"), *(row(),) * (height - 1))
    source = one.origin
    sure = "" if source.sure else "not sure: "
    why = paragraph(
        "why", f"{sure}{source.reason}", width, role="text" if source.sure else "waiting", indent=6
    )
    now = (
        f"you: {role}" if role else ("enter accepts it" if one.kind != HEADING else "r makes something of it")
    )
    turns = f"   r: {', '.join(one.roles)}" if one.roles else ""
    answer = paragraph(
        "now",
        said or f"{now}{turns}",
        width,
        role="waiting" if said else "accent" if role else "dim",
        indent=6,
    )
    return (*why[: height - 1], *answer[:1], *(row(),) * height)[:height]


def top(name: str, found: Sequence[Entry], decisions: Decisions, width: int) -> Row:
    """What is reviewed, and how far it is."""
    unsure = _unsure(found, decisions)
    counts = (
        f"{len(found)} entries  {unsure} unsure  {len(decisions)} decided"
        if width >= 100
        else f"{unsure} unsure {len(decisions)}/{len(found)}"
    )
    note = "  (nothing is written before w)" if width >= 100 else ""
    return Row((("Review  ", "bold"), (clean(name, NAME), "bold"), (note, "dim")), ((counts, "text"),))


def _unsure(found: Sequence[Entry], decisions: Decisions) -> int:
    """How many entries somebody should look at first, and has not."""
    return sum(not one.origin.sure and one.key not in decisions for one in found)


def keys(width: int, *, ascii: bool, history: bool) -> Row:
    """The keys that matter now."""
    enter = "enter" if ascii else "⏎"
    wide = width >= 100
    words = [
        f"{enter} accept" if wide else f"{enter} ok",
        "r role",
        "d drop",
        *(["u undo"] if history or wide else []),
        "n next unsure" if wide else "n unsure",
        "tab document" if wide else "tab side",
        *(["j k move"] if wide else []),
    ]
    return row("  ".join(words), "dim", right="w write  ? help  esc back", right_role="accent")


def summary(decisions: Mapping[str, str]) -> str:
    """What was decided, in numbers."""
    kinds = {
        "accepted": sum(role == ACCEPTED for role in decisions.values()),
        "left out": sum(role == DROPPED for role in decisions.values()),
        "changed": sum(role not in (ACCEPTED, DROPPED) for role in decisions.values()),
    }
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count) or "nothing decided"
