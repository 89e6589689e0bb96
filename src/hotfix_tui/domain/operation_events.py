"""The journal of operations, as events: an intention before each step, an outcome after it."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class OperationStarted:
    """An operation's plan was confirmed; `parameters` rebuild the very same plan after a crash."""

    kind: ClassVar[str] = "operation-started"
    run: str
    operation: str
    title: str
    parameters: dict[str, str] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    """The ids of the plan's steps, in order."""
    item: str = ""
    """The checklist item that the operation answers."""


@record(frozen=True, slots=True)
class StepStarted:
    """A step is about to run: written before its command starts."""

    kind: ClassVar[str] = "step-started"
    run: str
    step: str
    argv: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class StepFinished:
    """A step ended as "done", "failed", "cancelled", "undone", "unknown" or "stopped"; `detail` is what was observed."""

    kind: ClassVar[str] = "step-finished"
    run: str
    step: str
    outcome: str
    detail: str = ""


@record(frozen=True, slots=True)
class OperationFinished:
    """An operation ended as "done", "failed", "cancelled", "undone" or "left"."""

    kind: ClassVar[str] = "operation-finished"
    run: str
    outcome: str
    detail: str = ""
