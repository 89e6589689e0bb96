"""One item of the checklist as a row: its mark, its number, and what is to be said at its right."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.finality import final
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.item_values import shortfall
from hotfix_tui.domain.lately import lately
from hotfix_tui.domain.playbook import Item, Phase
from hotfix_tui.domain.proof import proof, told_evidence
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import ItemRecord
from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.domain.windows import Round, Window, item_window
from hotfix_tui.tui.marks import MARK_ROLES, MARKS, Signs
from hotfix_tui.tui.widgets.rows import Row, Span, width_of


@record(frozen=True, slots=True)
class Around:
    """What a row needs to know besides its item."""

    incident: Incident
    section: Phase
    names: Mapping[str, str]
    numbers: Mapping[str, str]
    rounds: dict[str, Round]
    marks: Signs


def item_row(item: Item, around: Around, width: int) -> Row:
    """The item's row; a part is indented under its whole. What it says matters more than how long it takes."""
    told, blocked = around.incident.item(item.id), around.numbers.get(item.blocks, "")
    return _row(item, told, around.names[item.id], blocked, _when(item, around), around.marks, width)


@lately(8192)
def _row(
    item: Item,
    told: ItemRecord,
    label: str,
    blocked: str,
    when: tuple[Span, ...],
    marks: Signs,
    width: int,
) -> Row:
    """The row of an item about which this is known: who marks one item sees the others as they were."""
    held = (shortfall(item, told.value) or _contradicted(item, told)) if told.mark == "done" else ""
    given = told_evidence(told)
    failed = told.mark == "done" and ((given and not given[-1].ok) or held)
    state = "failed" if failed else told.mark if told.mark in MARKS else "open"
    indent = "  " if item.under else ""
    text = f"{indent}{MARKS[state]} {label} {clean(item.text, TITLE)}"
    value = f" = {clean(told.value, 40)}" if told.value else ""
    left: tuple[Span, ...] = ((text + value, MARK_ROLES[state]),)
    remark = _remark(item, told, held, blocked, when, marks)
    crowded = told.mark not in ("done", "skipped") and width_of(left) + width_of(remark) >= width
    return Row(left, tuple(s for s in remark if s[1] != "dim") if crowded else remark, key=item.id)


def _contradicted(item: Item, told: ItemRecord) -> str:
    """What a check saw instead; empty when none did."""
    found = proof(item, told)
    return found.text if found.state == "contradicted" else ""


def _remark(
    item: Item, told: ItemRecord, held: str, blocked: str, when: tuple[Span, ...], marks: Signs
) -> tuple[Span, ...]:
    """Why it was skipped, what it blocks, when it is due, what runs it, how long it takes."""
    if told.mark in ("done", "skipped"):
        return _ended(item, told, held)
    spans: list[Span] = []
    if blocked:
        spans.append((f"{marks.risk} blocks phase {blocked}", "risk"))
    if item.irreversible or final(item.command):
        spans.append(("  no way back", "risk"))
    spans += when
    if item.command or item.operation:
        spans.append(("  r run", "accent"))
    if item.check and (seen := proof(item, told)).ok is not None:
        spans.append(("  it is so" if seen.ok else "  not yet", "good" if seen.ok else "waiting"))
    if item.evidence and not told.evidence:
        spans.append(("  wants evidence", "waiting"))
    if item.debt:
        spans.append(("  before closing", "dim"))
    if item.estimate:
        spans.append((f"  about {spoken(item.estimate)}", "dim"))
    return tuple(spans)


def _ended(item: Item, told: ItemRecord, held: str) -> tuple[Span, ...]:
    """Why it was skipped; how its answer or a check holds against it; else since when it is done, and how proven."""
    if told.mark == "skipped":
        return ((f"skipped: {clean(told.reason, 32)}", "dim"),)
    held = clean(held, 40)
    moment = f"{told.at:%H:%M}Z" if told.at else ""
    if item.kind == "recurring" and item.every and item.lasts:
        moment = f"{len(told.checked) + 1} of {max(int(item.lasts / item.every), 1)} checks  {moment}"
    if held:
        return ((held, "over"),)
    state = proof(item, told).state
    return ((f"{state} {moment}".strip(), _STATES.get(state, "dim")),)


_STATES = {"proven": "good", "claimed": "waiting"}
"""How far a ticked item is proven, to the role of what is said of it."""


def _when(item: Item, around: Around) -> tuple[Span, ...]:
    """The next round of a recurring item, or the item's window; moments, so that no clock repaints them."""
    turn = around.rounds.get(item.id)
    if turn:
        return ((f"  check {min(turn.done + 1, turn.of)} of {turn.of} at {turn.due:%H:%M}Z", "waiting"),)
    found: Window = item_window(around.incident, around.section, item)
    opens = [(f"  from {found.opens:%H:%M}Z", "waiting")] if found.opens and item.kind != "recurring" else []
    return (*opens, *([(f"  by {found.closes:%H:%M}Z", "waiting")] if found.closes else []))
