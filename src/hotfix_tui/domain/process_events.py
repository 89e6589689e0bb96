"""Events of the process itself: facts that became known, the way chosen, procedures started, forms filled in."""

from __future__ import annotations

from typing import ClassVar

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class FlagChanged:
    """A fact that conditions use became known, or proved wrong; `item` is the item whose answer said so."""

    kind: ClassVar[str] = "flag-changed"
    flag: str
    on: bool
    reason: str = ""
    item: str = ""


@record(frozen=True, slots=True)
class WayChosen:
    """Whether to roll back first or to fix was decided early (S4.GAT.1, S0.GAT.3)."""

    kind: ClassVar[str] = "way-chosen"
    way: str
    """"rollback" or "fix"."""
    reason: str = ""


@record(frozen=True, slots=True)
class ProcedureStarted:
    """A rollback or a scenario card was started; its actions join the checklist."""

    kind: ClassVar[str] = "procedure-started"
    procedure: str
    reason: str = ""


@record(frozen=True, slots=True)
class FieldFilled:
    """A field of the intake, the post-mortem or the criteria of success was filled in; empty takes it back."""

    kind: ClassVar[str] = "field-filled"
    field: str
    value: str
