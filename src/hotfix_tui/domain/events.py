"""What happened, in the past tense. Events are frozen, written once and never changed; undo is a new event."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any, ClassVar, get_args

from hotfix_tui.domain.hlc import Stamp
from hotfix_tui.domain.operation_events import OperationFinished, OperationStarted, StepFinished, StepStarted
from hotfix_tui.domain.people_events import AlarmSnoozed, Escalated
from hotfix_tui.domain.process_events import FieldFilled, FlagChanged, ProcedureStarted, WayChosen
from hotfix_tui.domain.record import record

__all__ = [
    "AlarmSnoozed",
    "Escalated",
    "FieldFilled",
    "FlagChanged",
    "OperationFinished",
    "OperationStarted",
    "ProcedureStarted",
    "StepFinished",
    "StepStarted",
    "WayChosen",
]
"""What others look for here though it is written elsewhere."""

VERSION = 1
"""The version of the event schema that this console writes."""


@record(frozen=True, slots=True)
class Declared:
    """An incident was declared under a playbook, which it carries whole from then on."""

    kind: ClassVar[str] = "declared"
    title: str
    playbook: str
    """The playbook's id."""
    digest: str
    """sha256 of `source`, in hexadecimal."""
    source: str
    """The playbook's whole TOML text: editing the file later changes no running incident."""
    severity: str
    decision: str
    """One of "hotfix", "next-release" and "backlog"."""
    rule: str = ""
    """The triage rule that decided, as a sentence; empty when nobody asked the questions."""
    reason: str = ""
    """Why a person decided otherwise than the rule; empty when they did not."""
    answers: dict[str, str] = field(default_factory=dict)
    """Question id to answer key; "?" is "not sure"."""
    flags: tuple[str, ...] = ()
    base: str = ""
    """The release that is broken, as its tag; empty when unknown."""
    fix: str = ""
    """The version that will carry the fix; empty when unknown."""
    branch: str = ""
    """The name that the hotfix branch will have; empty when unknown."""
    repository: str = ""
    """The work tree's path on the declaring machine."""
    drill: bool = False


@record(frozen=True, slots=True)
class SeverityChanged:
    """The severity was changed in mid-incident, with a reason."""

    kind: ClassVar[str] = "severity-changed"
    severity: str
    reason: str


@record(frozen=True, slots=True)
class TriageAnswered:
    """The triage questions were answered again; what followed for the severity is an event of its own."""

    kind: ClassVar[str] = "triage-answered"
    answers: dict[str, str]
    """Question to the key of its answer; every question of the playbook."""


@record(frozen=True, slots=True)
class PhaseEntered:
    """Work on a phase began; `reason` says why an open gate was overridden."""

    kind: ClassVar[str] = "phase-entered"
    phase: str
    reason: str = ""


@record(frozen=True, slots=True)
class PhaseLeft:
    """Work on a phase ended; `reason` says why it was left with required items open."""

    kind: ClassVar[str] = "phase-left"
    phase: str
    reason: str = ""


@record(frozen=True, slots=True)
class ItemMarked:
    """A checklist item was marked: "done", "open" again, "skipped" with a reason, or "checked", one time of many.

    `value` is its answer; `twin_of` names the item whose mark this one follows.
    """

    kind: ClassVar[str] = "item-marked"
    item: str
    mark: str
    reason: str = ""
    value: str = ""
    twin_of: str = ""


@record(frozen=True, slots=True)
class EvidenceAttached:
    """Something that shows an item was really done: an exit code, an object id, a URL, a few last lines."""

    kind: ClassVar[str] = "evidence-attached"
    item: str
    form: str
    """One of "command", "commit", "url", "file", "text" and "check": what a check saw."""
    text: str
    ok: bool = True


@record(frozen=True, slots=True)
class NoteAdded:
    """A person wrote one line into the story."""

    kind: ClassVar[str] = "note-added"
    text: str
    item: str = ""


@record(frozen=True, slots=True)
class MilestoneMarked:
    """A named moment was reached: detected, cause found, fix written, released, verified."""

    kind: ClassVar[str] = "milestone-marked"
    milestone: str


@record(frozen=True, slots=True)
class RoleAssigned:
    """A role has a person now."""

    kind: ClassVar[str] = "role-assigned"
    role: str
    person: str


@record(frozen=True, slots=True)
class ApprovalGiven:
    """Somebody approved, and how they said so was kept."""

    kind: ClassVar[str] = "approval-given"
    role: str
    person: str
    how: str = ""
    item: str = ""
    """The item of kind "approval" that it was given for, if any."""


@record(frozen=True, slots=True)
class MessageSent:
    """A message left for its audience; an update restarts the update clock."""

    kind: ClassVar[str] = "message-sent"
    template: str
    channel: str = ""
    item: str = ""
    """The item whose mark said so, if any."""


@record(frozen=True, slots=True)
class Resolved:
    """Users are well again; the resolution clock stops here."""

    kind: ClassVar[str] = "resolved"
    note: str = ""


@record(frozen=True, slots=True)
class Closed:
    """The incident's work is over; `reason` says why it was closed with something required still open."""

    kind: ClassVar[str] = "closed"
    reason: str = ""


@record(frozen=True, slots=True)
class Reopened:
    """A resolved or closed incident is active again, with a reason."""

    kind: ClassVar[str] = "reopened"
    reason: str


@record(frozen=True, slots=True)
class Undone:
    """The events with the ids in `targets` no longer count; undoing an `Undone` is redo."""

    kind: ClassVar[str] = "undone"
    targets: tuple[str, ...]


@record(frozen=True, slots=True)
class Unknown:
    """An event of a kind that a newer console wrote: kept as it is, shown greyed, handed on unchanged."""

    name: str
    version: int
    data: dict[str, Any]

    @property
    def kind(self) -> str:
        """The kind as it was written."""
        return self.name


Body = (
    Declared
    | SeverityChanged
    | TriageAnswered
    | PhaseEntered
    | PhaseLeft
    | ItemMarked
    | EvidenceAttached
    | NoteAdded
    | MilestoneMarked
    | RoleAssigned
    | ApprovalGiven
    | MessageSent
    | Escalated
    | AlarmSnoozed
    | OperationStarted
    | StepStarted
    | StepFinished
    | OperationFinished
    | FlagChanged
    | WayChosen
    | ProcedureStarted
    | FieldFilled
    | Resolved
    | Closed
    | Reopened
    | Undone
    | Unknown
)

KINDS: dict[str, type[Any]] = {body.kind: body for body in get_args(Body) if body is not Unknown}
"""Every kind that this console knows, by the name it has on disk."""


@record(frozen=True, slots=True)
class Event:
    """One entry of an incident's log. Its `id` is the hash of everything else in it."""

    id: str
    incident: str
    writer: str
    """The installation that wrote it."""
    seq: int
    """The writer's own counter in this incident, from 1."""
    prev: str
    """The id of the writer's event before this one; empty for its first."""
    stamp: Stamp
    happened_at: datetime
    """UTC; a person may date it back."""
    recorded_at: datetime
    """UTC, the writer's wall clock."""
    by: str
    body: Body
    kept: bytes = field(default=b"", repr=False)
    """The bytes it came as, where these fields cannot give them back: a newer console wrote them."""

    @property
    def order(self) -> tuple[Stamp, str, str]:
        """The key that sorts the logs of several writers the same way everywhere."""
        return (self.stamp, self.writer, self.id)


@record(frozen=True, slots=True)
class Draft:
    """An event's content before it has a place in a log."""

    body: Body
    happened_at: datetime | None = None
    """When it happened, if a person said so; otherwise the moment of recording."""
