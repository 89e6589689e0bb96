"""What was understood of a document: entries, each with its source lines and the reason of the decision.

All texts are the document's own, untrusted: whoever shows them cleans them. Lines count from 1, in the repaired text,
which has as many lines as the file. Times are whole minutes, as (least, most); None where the document gives none.
"""

from __future__ import annotations

from typing import Literal

from hotfix_tui.domain.record import record
from hotfix_tui.importing.entries import (
    BranchPattern,
    Contact,
    Formats,
    Line,
    Notice,
    Repair,
    Rollback,
    Rung,
    Scenario,
    Template,
)
from hotfix_tui.importing.workentries import (
    Advice,
    Checklist,
    Command,
    Minutes,
    Origin,
    Phase,
    Role,
    RollbackKind,
    Section,
    Severity,
    Task,
    TemplateKind,
)

__all__ = [
    "Advice",
    "BranchPattern",
    "Checklist",
    "Command",
    "Contact",
    "Formats",
    "Line",
    "Minutes",
    "Notice",
    "Origin",
    "Phase",
    "Repair",
    "Role",
    "Rollback",
    "RollbackKind",
    "Rung",
    "Scenario",
    "Section",
    "Severity",
    "Task",
    "Template",
    "TemplateKind",
    "Understood",
]


@record(frozen=True, slots=True)
class Understood:
    """A whole document, as it was understood."""

    title: str
    """The first heading, or what stands for it; "" for none."""
    text: str
    """The repaired text, by whose lines the origins count."""
    summary: str = ""
    """The first paragraph."""
    sections: tuple[Section, ...] = ()
    use_when: tuple[Line, ...] = ()
    not_when: tuple[Line, ...] = ()
    severities: tuple[Severity, ...] = ()
    phases: tuple[Phase, ...] = ()
    phase_kind: Literal["headings", "list", "none"] = "none"
    """Whether the phases are headings, the items of an ordered list, or there are none."""
    list_steps: int | None = None
    """How many top-level ordered items are the steps, where steps are no headings."""
    total: Minutes | None = None
    """What the whole may take: (target, maximum)."""
    tasks: tuple[Task, ...] = ()
    """Every live task item, in the document's order; `Phase.items` are some of these."""
    template_tasks: tuple[Task, ...] = ()
    """Task items inside fences: never live."""
    pseudo_tasks: tuple[Task, ...] = ()
    """Boxes without a list marker, and box characters: live all the same where they stand outside fences."""
    checklists: tuple[Checklist, ...] = ()
    commands: tuple[Command, ...] = ()
    """Every runnable fence, in the document's order."""
    templates: tuple[Template, ...] = ()
    """Messages, and forms of other kinds; see `Template.kind`."""
    rollbacks: tuple[Rollback, ...] = ()
    contacts: tuple[Contact, ...] = ()
    rungs: tuple[Rung, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    drills: tuple[Line, ...] = ()
    criteria: tuple[Line, ...] = ()
    """What counts as success."""
    questions: tuple[Line, ...] = ()
    """What a review or post-mortem asks, where it is no template."""
    postmortem_lines: tuple[int, int] | None = None
    """First and last line of a post-mortem's form that is written as headings, outside fences."""
    advice: tuple[Advice, ...] = ()
    """All dos and don'ts; `Phase.advice` are some of these."""
    references: tuple[Line, ...] = ()
    branches: tuple[BranchPattern, ...] = ()
    version_files: tuple[str, ...] = ()
    """Files that name the version."""
    formats: Formats = Formats()
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[Notice, ...] = ()
