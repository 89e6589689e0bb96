"""What somebody asks for, in the imperative. Only `decide` turns an intent into events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Literal

from hotfix_tui.domain.people_intents import Escalate, Snooze
from hotfix_tui.domain.record import record

__all__ = ["Escalate", "Snooze"]
"""What others look for here though it is written elsewhere."""


@record(frozen=True, slots=True)
class Context:
    """Who asks, from which installation, and when."""

    now: datetime
    by: str
    writer: str


@record(frozen=True, slots=True)
class Declare:
    """Declare an incident; `severity` and `reason` override what the triage rules say."""

    title: str
    answers: dict[str, str] = field(default_factory=dict)
    severity: str = ""
    reason: str = ""
    flags: tuple[str, ...] = ()
    started_at: datetime | None = None
    base: str = ""
    fix: str = ""
    branch: str = ""
    repository: str = ""
    lead: str = ""
    drill: bool = False
    source: str = ""
    digest: str = ""


@record(frozen=True, slots=True)
class ChangeSeverity:
    """Change the severity, with a reason; `answers` are the questions answered again, empty when they were not."""

    severity: str
    reason: str
    answers: Mapping[str, str] = field(default_factory=dict)


@record(frozen=True, slots=True)
class EnterPhase:
    """Begin a phase, ending the present one; a closed gate wants a reason, some want a word typed in full."""

    phase: str
    reason: str = ""
    confirm: str = ""


@record(frozen=True, slots=True)
class LeavePhase:
    """End the present phase without beginning another."""

    reason: str = ""


@record(frozen=True, slots=True)
class MarkItem:
    """Mark an item done, open or skipped; skipping wants a reason, some items want evidence or a value.

    A recurring item that is marked done before its time is over is checked once.
    """

    item: str
    mark: Literal["done", "open", "skipped"]
    reason: str = ""
    value: str = ""
    evidence: str = ""


@record(frozen=True, slots=True)
class AttachEvidence:
    """Attach something that shows an item was really done."""

    item: str
    form: Literal["command", "commit", "url", "file", "text", "check"]
    text: str
    ok: bool = True


@record(frozen=True, slots=True)
class AddNote:
    """Write one line into the story, dated back when `at` is given."""

    text: str
    at: datetime | None = None
    item: str = ""


@record(frozen=True, slots=True)
class MarkMilestone:
    """Say that a named moment was reached, dated back when `at` is given."""

    milestone: str
    at: datetime | None = None


@record(frozen=True, slots=True)
class AssignRole:
    """Give a role to a person."""

    role: str
    person: str


@record(frozen=True, slots=True)
class GiveApproval:
    """Record that somebody approved, and how they said so."""

    role: str
    person: str
    how: str = ""


@record(frozen=True, slots=True)
class MarkSent:
    """Record that a message left; "update" restarts the update clock."""

    template: str
    channel: str = ""


@record(frozen=True, slots=True)
class StartOperation:
    """Journal a confirmed plan before its first step."""

    run: str
    operation: str
    title: str
    parameters: dict[str, str]
    steps: tuple[str, ...]
    item: str = ""


@record(frozen=True, slots=True)
class StartStep:
    """Journal a step's intention before its command starts."""

    run: str
    step: str
    argv: tuple[str, ...]


@record(frozen=True, slots=True)
class FinishStep:
    """Journal a step's outcome."""

    run: str
    step: str
    outcome: Literal["done", "failed", "cancelled", "undone", "unknown", "stopped"]
    detail: str = ""


@record(frozen=True, slots=True)
class FinishOperation:
    """Journal an operation's outcome."""

    run: str
    outcome: Literal["done", "failed", "cancelled", "undone", "left"]
    detail: str = ""


@record(frozen=True, slots=True)
class SetFlag:
    """Say that a fact became known, or proved wrong: items that depend on it appear or go."""

    flag: str
    on: bool = True
    reason: str = ""


@record(frozen=True, slots=True)
class ChooseWay:
    """Decide whether to roll back first or to fix; "rollback" starts the way back that the playbook names."""

    way: Literal["rollback", "fix"]
    reason: str = ""


@record(frozen=True, slots=True)
class StartProcedure:
    """Start a rollback or a scenario card: its actions join the checklist."""

    procedure: str
    reason: str = ""


@record(frozen=True, slots=True)
class FillField:
    """Fill in a field of the intake, the post-mortem or the criteria of success; empty takes the answer back."""

    field: str
    value: str


@record(frozen=True, slots=True)
class Resolve:
    """Say that users are well again."""

    note: str = ""


@record(frozen=True, slots=True)
class Close:
    """End the incident; something required still open wants a reason."""

    reason: str = ""


@record(frozen=True, slots=True)
class Reopen:
    """Make a resolved or closed incident active again, with a reason."""

    reason: str


@record(frozen=True, slots=True)
class Undo:
    """Take back this installation's newest record that can be taken back."""


@record(frozen=True, slots=True)
class Redo:
    """Take back the newest undo, if nothing was recorded since."""


Intent = (
    Declare
    | ChangeSeverity
    | EnterPhase
    | LeavePhase
    | MarkItem
    | AttachEvidence
    | AddNote
    | MarkMilestone
    | AssignRole
    | GiveApproval
    | MarkSent
    | Escalate
    | Snooze
    | StartOperation
    | StartStep
    | FinishStep
    | FinishOperation
    | SetFlag
    | ChooseWay
    | StartProcedure
    | FillField
    | Resolve
    | Close
    | Reopen
    | Undo
    | Redo
)
