"""How far an item is proven: to do, claimed by a tick alone, proven by a check, or contradicted by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

from hotfix_tui.domain.playbook import Item
from hotfix_tui.domain.record import record
from hotfix_tui.domain.records import Evidence, ItemRecord

State = Literal["", "to do", "claimed", "proven", "contradicted", "skipped"]
"""Empty where no check is named and none has looked."""

CHECK: Final = "check"
"""The form of evidence that a check attaches."""


@record(frozen=True, slots=True)
class Proof:
    """How an item stands with its check."""

    state: State = ""
    text: str = ""
    """What the last look observed, as one line; empty before the first. Untrusted text."""
    at: datetime | None = None
    """When it was observed."""
    ok: bool | None = None
    """What the last look said, ticked or not; None before the first."""


def proof(item: Item, told: ItemRecord) -> Proof:
    """What the item's mark and the last look of its check make together."""
    last = next(looks(told), None)
    if last is None and not item.check:
        return Proof()
    if last is None:
        return Proof(_MARKED.get(told.mark, "to do"))
    state = _MARKED.get(told.mark, "to do")
    if state == "claimed":
        state = "proven" if last.ok else "contradicted"
    return Proof(state, observed(last), last.at, last.ok)


_MARKED: dict[str, State] = {"done": "claimed", "skipped": "skipped"}
"""Mark to the state before anything was looked at."""


def looks(told: ItemRecord) -> Iterator[Evidence]:
    """What checks saw of the item, the newest first."""
    return (piece for piece in reversed(told.evidence) if piece.form == CHECK)


def followed(told: ItemRecord) -> bool:
    """Whether what is seen of it must stay true by itself: it is ticked, or it is open and tells of a look."""
    return told.mark == "done" or (told.mark == "open" and any(True for _ in looks(told)))


def observed(piece: Evidence) -> str:
    """The observed value: a check's sentence stands below the last lines of its command."""
    return (piece.text.splitlines() or [""])[-1]


def contradiction(item: Item, told: ItemRecord) -> str:
    """Why a ticked item does not count, as what its check saw; empty when it does, or is not ticked."""
    found = proof(item, told)
    return f"is contradicted: {found.text}" if found.state == "contradicted" else ""


def told_evidence(told: ItemRecord) -> tuple[Evidence, ...]:
    """The evidence that somebody gave, without what checks saw."""
    return tuple(piece for piece in told.evidence if piece.form != CHECK)
