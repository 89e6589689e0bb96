"""The playbook: a team's process as data. Nothing in it is code or an expression language (PLAYBOOK.md)."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from hotfix_tui.domain.record import record

Decision = Literal["hotfix", "next-release", "backlog"]
ItemKind = Literal["task", "yes-no", "number", "choice", "text", "approval", "wait", "recurring"]
Base = Literal["latest-release", "main", "named-tag"]
Scheme = Literal["patch", "pre-release-counter", "promotion", "suffix-tag"]


@record(frozen=True, slots=True)
class Budget:
    """The time the whole hotfix may take (S2.PHA.9)."""

    target: timedelta
    maximum: timedelta
    question: str = ""
    """Asked once the maximum has passed (S2.PHA.11)."""


@record(frozen=True, slots=True)
class Severity:
    """A severity level with its clocks and what it asks of the team (X.1)."""

    id: str
    name: str
    meaning: str
    decision: Decision
    respond: timedelta | None = None
    """Time from the start to the first response."""
    resolve: timedelta | None = None
    """Time from the start to the fix being with users; the longest of a range."""
    resolve_text: str = ""
    """What is said when `resolve` is open, such as "next release"."""
    approvals: tuple[str, ...] = ()
    """The roles whose approval is wanted."""
    update_every: timedelta | None = None
    testing: str = ""
    channels: tuple[str, ...] = ()
    postmortem_due: timedelta | None = None
    """After closing; None when no post-mortem is required."""
    examples: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Answer:
    """One fixed answer to a triage question."""

    key: str
    """The letter that chooses it."""
    text: str


@record(frozen=True, slots=True)
class Question:
    """A triage question; its answers stand from the worst to the mildest, so "not sure" counts as the first."""

    id: str
    text: str
    answers: tuple[Answer, ...]
    short: str = ""
    """The question for a narrow screen."""
    hint: str = ""


@record(frozen=True, slots=True)
class Rule:
    """If every answer named in `when` was given, this severity holds. The first rule that fits decides."""

    when: dict[str, str]
    """Question id to answer key; empty fits always."""
    severity: str
    because: str
    decision: Decision | None = None
    """Overrides the severity's own decision."""


@record(frozen=True, slots=True)
class Flag:
    """A fact asked at declaration that conditions use ("telemetry touched?")."""

    id: str
    text: str


@record(frozen=True, slots=True)
class Condition:
    """When an item or phase applies; an empty part does not limit."""

    severities: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def holds(self, severity: str, flags: tuple[str, ...]) -> bool:
        """Whether it applies at this severity with these flags set."""
        return (not self.severities or severity in self.severities) and set(self.flags) <= set(flags)


@record(frozen=True, slots=True)
class Advice:
    """What to do and not to do while a phase runs (S2.CHK.4)."""

    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    id: str
    text: str
    checklist: str = ""
    """The id of the source checklist that it belongs to."""
    kind: ItemKind = "task"
    why: str = ""
    hint: str = ""
    done_when: str = ""
    """How anybody can see that it is done."""
    estimate: timedelta | None = None
    required: bool = True
    blocks: str = ""
    """The id of the phase that may not be entered before this is done."""
    irreversible: bool = False
    time_sensitive: bool = False
    when: Condition = Condition()
    evidence: str = ""
    """What evidence is wanted before it counts as done; empty for none."""
    command: tuple[str, ...] = ()
    """An argv with `$placeholders`, never a shell line."""
    operation: str = ""
    """The name of the operation that does it."""
    check: str = ""
    """The name of the check that proves it."""
    link: str = ""
    choices: tuple[str, ...] = ()
    step: int = 0
    """The number of the written step it comes from (S2.PHA.10)."""


@record(frozen=True, slots=True)
class Step:
    """A numbered step of the written process (S2.PHA.10)."""

    number: int
    title: str


@record(frozen=True, slots=True)
class Phase:
    """A timed part of the work with its checklist."""

    id: str
    title: str
    goal: str = ""
    target: timedelta | None = None
    maximum: timedelta | None = None
    minimum_wait: timedelta | None = None
    when: Condition = Condition()
    steps: tuple[Step, ...] = ()
    advice: Advice = Advice()
    items: tuple[Item, ...] = ()


@record(frozen=True, slots=True)
class Checklist:
    """A named checklist of the written process, whose items are spread over phases."""

    id: str
    title: str


@record(frozen=True, slots=True)
class GitRules:
    """How branches are made and brought back (X.5, X.7)."""

    base: Base = "latest-release"
    tag_prefix: str = "v"
    branch: str = "hotfix/v$fix"
    """The branch name with `$placeholders`."""
    remote: str = "origin"
    main: str = "main"
    merge_back: tuple[str, ...] = ("main",)
    tag_push_triggers: str = ""
    """What a pushed tag starts: the point of no return (S2.GIT.4)."""


@record(frozen=True, slots=True)
class VersionRules:
    """How the next version is made and where it is written (X.6)."""

    scheme: Scheme = "patch"
    files: tuple[str, ...] = ()
    lock_files: tuple[str, ...] = ()
    changelog: str = ""
    changelog_entry: str = ""


@record(frozen=True, slots=True)
class Formats:
    """Texts of commits, merges, tags and pull requests, with `$placeholders`."""

    commit: str = ""
    bump: str = ""
    merge: str = ""
    tag: str = ""
    pull_request: str = ""


@record(frozen=True, slots=True)
class Template:
    """A message or document to send, with `$placeholders`."""

    id: str
    title: str
    body: str
    audience: str = ""
    channel: str = ""
    phase: str = ""
    """Offered while this phase runs; empty for always."""
    promise: timedelta | None = None
    """The next update it promises."""


@record(frozen=True, slots=True)
class Rollback:
    """A way back: its triggers and its steps."""

    id: str
    title: str
    triggers: tuple[str, ...] = ()
    warning: str = ""
    steps: tuple[Item, ...] = ()
    then: tuple[str, ...] = ()
    user_text: str = ""


@record(frozen=True, slots=True)
class Milestone:
    """A named moment that the numbers are computed from."""

    id: str
    title: str
    required: bool = False
    """Whether closing needs it."""


@record(frozen=True, slots=True)
class Contact:
    """Somebody to reach, and where."""

    role: str
    name: str = ""
    address: str = ""
    note: str = ""


@record(frozen=True, slots=True)
class Moment:
    """One line of a worked example: minutes past its start and what happened."""

    text: str
    at: timedelta | None = None
    """After the start; None for the start itself."""


@record(frozen=True, slots=True)
class Example:
    """A worked example of the whole process (S2.SCN.1)."""

    title: str
    issue: str
    severity: str
    moments: tuple[Moment, ...] = ()
    fix: str = ""


@record(frozen=True, slots=True)
class Reference:
    """A document, page or command to have at hand."""

    title: str
    target: str
    note: str = ""


@record(frozen=True, slots=True)
class PostMortem:
    """The form of the post-mortem: its questions, each a section of the exported markdown."""

    questions: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Playbook:
    """A whole process, checked: every id that one part names exists in another."""

    id: str
    title: str
    summary: str = ""
    product: str = ""
    scope: str = ""
    audience: str = ""
    budget: Budget | None = None
    use_when: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    wait_when: tuple[str, ...] = ()
    """When the change belongs in the next minor or major release (S2.USE.4)."""
    severities: tuple[Severity, ...] = ()
    flags: tuple[Flag, ...] = ()
    questions: tuple[Question, ...] = ()
    rules: tuple[Rule, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    phases: tuple[Phase, ...] = ()
    git: GitRules = GitRules()
    version: VersionRules = VersionRules()
    formats: Formats = Formats()
    templates: tuple[Template, ...] = ()
    rollbacks: tuple[Rollback, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    contacts: tuple[Contact, ...] = ()
    examples: tuple[Example, ...] = ()
    references: tuple[Reference, ...] = ()
    postmortem: PostMortem = PostMortem()
    log_files: tuple[str, ...] = ()
    """Files that the log pane follows, relative to the repository."""

    def severity(self, id: str) -> Severity | None:
        """The severity with this id."""
        return next((s for s in self.severities if s.id == id), None)

    def phase(self, id: str) -> Phase | None:
        """The phase with this id."""
        return next((p for p in self.phases if p.id == id), None)

    def item(self, id: str) -> Item | None:
        """The checklist item with this id."""
        return next((i for p in self.phases for i in p.items if i.id == id), None)

    def template(self, id: str) -> Template | None:
        """The template with this id."""
        return next((t for t in self.templates if t.id == id), None)
