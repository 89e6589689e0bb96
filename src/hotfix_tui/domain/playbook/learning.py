"""What is learnt, before and after: milestones, metrics, post-mortem, drills, references."""

from __future__ import annotations

from datetime import timedelta

from hotfix_tui.domain.playbook.levels import Condition, Field
from hotfix_tui.domain.playbook.work import Item
from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Milestone:
    """A named moment that the numbers are computed from."""

    id: str
    title: str
    required: bool = False
    """Whether closing needs it."""


@record(frozen=True, slots=True)
class Metric:
    """A time that is computed: from one moment to another (S3.MET.1)."""

    id: str
    title: str
    until: str
    """"declared", "resolved", "closed", or the id of a milestone or phase."""
    since: str = "declared"
    """Where it begins: the same words."""
    limit: timedelta | None = None
    """The time that it should not pass."""


@record(frozen=True, slots=True)
class PostMortem:
    """The form of the post-mortem: its questions, each a section of the exported markdown (X.10)."""

    severities: tuple[str, ...] = ()
    """For which it is required; empty: for those with a `postmortem_due`."""
    questions: tuple[str, ...] = ()
    """Sections to write."""
    fields: tuple[Field, ...] = ()
    """Questions with fixed kinds of answer (S3.PMT.2)."""
    actions: tuple[str, ...] = ()
    """Action items to start with: only in the export, never live (S1.CHK.5, S4.CHK.10)."""
    topics: tuple[str, ...] = ()
    """What the meeting talks about (S4.PMT.1)."""
    note: str = ""


@record(frozen=True, slots=True)
class Drill:
    """Something to be practised every so often (S1.DRL.1-3)."""

    id: str
    title: str
    every: timedelta
    """How often."""
    text: str = ""


@record(frozen=True, slots=True)
class Readiness:
    """What must be ready before any emergency (S1.CHK.2)."""

    title: str = ""
    items: tuple[Item, ...] = ()


@record(frozen=True, slots=True)
class Reference:
    """A document, page or command to have at hand."""

    title: str
    target: str
    """The page, the file of the repository, or the command."""
    note: str = ""
    when: Condition = Condition()


@record(frozen=True, slots=True)
class Card:
    """A quick reference card: commands in order, to read (S1.TPL.5)."""

    title: str
    lines: tuple[str, ...]
    """Its lines: mostly commands, to read."""


@record(frozen=True, slots=True)
class Aspect:
    """One row of a comparison of hotfix and regular release (S4.USE.4)."""

    title: str
    hotfix: str
    """How a hotfix has it."""
    regular: str
    """How a regular release has it."""
