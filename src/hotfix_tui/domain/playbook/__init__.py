"""The playbook: a team's process as data. Nothing in it is code or an expression language (PLAYBOOK.md)."""

from __future__ import annotations

from collections.abc import Iterator

from hotfix_tui.domain.playbook.learning import (
    Aspect,
    Card,
    Drill,
    Metric,
    Milestone,
    PostMortem,
    Readiness,
    Reference,
)
from hotfix_tui.domain.playbook.levels import (
    Answer,
    Budget,
    Condition,
    Decision,
    Field,
    FieldKind,
    Flag,
    Question,
    RollbackFirst,
    Rule,
    Severity,
)
from hotfix_tui.domain.playbook.making import (
    Base,
    BranchForm,
    Formats,
    GitRules,
    Guard,
    GuardKind,
    Scheme,
    VersionRules,
)
from hotfix_tui.domain.playbook.people import Alarms, Contact, Role, Rung, Template
from hotfix_tui.domain.playbook.work import (
    Advice,
    Checklist,
    Due,
    Example,
    Gate,
    Item,
    ItemKind,
    Moment,
    Phase,
    Rollback,
    RollbackKind,
    Scenario,
    Step,
)
from hotfix_tui.domain.record import record

__all__ = [
    "Advice",
    "Alarms",
    "Answer",
    "Aspect",
    "Base",
    "BranchForm",
    "Budget",
    "Card",
    "Checklist",
    "Condition",
    "Contact",
    "Decision",
    "Drill",
    "Due",
    "Example",
    "Field",
    "FieldKind",
    "Flag",
    "Formats",
    "Gate",
    "GitRules",
    "Guard",
    "GuardKind",
    "Item",
    "ItemKind",
    "Metric",
    "Milestone",
    "Moment",
    "Phase",
    "Playbook",
    "PostMortem",
    "Question",
    "Readiness",
    "Reference",
    "Role",
    "Rollback",
    "RollbackFirst",
    "RollbackKind",
    "Rule",
    "Rung",
    "Scenario",
    "Scheme",
    "Severity",
    "Step",
    "Template",
    "VersionRules",
]


@record(frozen=True, slots=True)
class Playbook:
    """A whole process, checked: every id that one part names exists in another."""

    id: str
    title: str
    summary: str = ""
    """What it is, in a sentence."""
    product: str = ""
    """What it is for."""
    scope: str = ""
    """Which faults it is for."""
    audience: str = ""
    """Who works with it."""
    personnel: tuple[str, ...] = ()
    """Who is needed (S1.USE.3)."""
    budget: Budget | None = None
    use_when: tuple[str, ...] = ()
    """When it is a hotfix."""
    not_when: tuple[str, ...] = ()
    """When it is none."""
    wait_when: tuple[str, ...] = ()
    """When the change belongs in the next minor or major release (S2.USE.4)."""
    comparison: tuple[Aspect, ...] = ()
    severities: tuple[Severity, ...] = ()
    flags: tuple[Flag, ...] = ()
    intake: tuple[Field, ...] = ()
    """What is asked at declaration, besides the title."""
    questions: tuple[Question, ...] = ()
    rules: tuple[Rule, ...] = ()
    rollback_first: RollbackFirst | None = None
    resolved_when: str = ""
    """The milestone, phase or item at which the fix counts as being with users; empty: at the end (S0.TRP.1)."""
    checklists: tuple[Checklist, ...] = ()
    phases: tuple[Phase, ...] = ()
    gates: tuple[Gate, ...] = ()
    guards: tuple[Guard, ...] = ()
    git: GitRules = GitRules()
    version: VersionRules = VersionRules()
    formats: Formats = Formats()
    templates: tuple[Template, ...] = ()
    roles: tuple[Role, ...] = ()
    contacts: tuple[Contact, ...] = ()
    escalations: tuple[Rung, ...] = ()
    alarms: Alarms = Alarms()
    rollbacks: tuple[Rollback, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    metrics: tuple[Metric, ...] = ()
    criteria: tuple[Field, ...] = ()
    """What is asked at the end (S3.MET.3)."""
    examples: tuple[Example, ...] = ()
    drills: tuple[Drill, ...] = ()
    readiness: Readiness = Readiness()
    references: tuple[Reference, ...] = ()
    cards: tuple[Card, ...] = ()
    postmortem: PostMortem = PostMortem()
    log_files: tuple[str, ...] = ()
    """Files that the log pane follows, relative to the repository."""

    def severity(self, id: str) -> Severity | None:
        """The severity with this id."""
        return next((s for s in self.severities if s.id == id), None)

    def phase(self, id: str) -> Phase | None:
        """The phase with this id."""
        return next((p for p in self.phases if p.id == id), None)

    def all_items(self) -> Iterator[Item]:
        """Every live item: of the phases, of the ways back and of the scenarios."""
        for phase in self.phases:
            yield from phase.items
        for rollback in self.rollbacks:
            yield from rollback.steps
        for scenario in self.scenarios:
            yield from scenario.actions

    def item(self, id: str) -> Item | None:
        """The live item with this id."""
        return next((item for item in self.all_items() if item.id == id), None)

    def procedures(self) -> tuple[Rollback | Scenario, ...]:
        """Everything that can be started beside the phases."""
        return (*self.rollbacks, *self.scenarios)

    def procedure(self, id: str) -> Rollback | Scenario | None:
        """The rollback or scenario card with this id."""
        return next((p for p in self.procedures() if p.id == id), None)

    def fields(self) -> tuple[Field, ...]:
        """Everything that can be filled in: intake, post-mortem, criteria of success."""
        return (*self.intake, *self.postmortem.fields, *self.criteria)

    def field(self, id: str) -> Field | None:
        """The field with this id."""
        return next((f for f in self.fields() if f.id == id), None)

    def template(self, id: str) -> Template | None:
        """The template with this id."""
        return next((t for t in self.templates if t.id == id), None)
