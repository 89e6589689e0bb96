"""Entries about the work: sections, severities, tasks, phases; `understood.py` says what texts, lines and times are."""

from __future__ import annotations

from typing import Literal

from hotfix_tui.domain.record import record

Minutes = tuple[int, int]
"""(least, most) in minutes; "within 4 h" is (0, 240), "5 min" is (5, 5)."""
Role = Literal[
    "",
    "title",
    "process",
    "phase",
    "step",
    "severity",
    "severities",
    "checklist",
    "summary",
    "use-when",
    "not-when",
    "template",
    "templates",
    "postmortem",
    "rollback",
    "contacts",
    "escalation",
    "scenario",
    "scenarios",
    "drills",
    "criteria",
    "example",
    "reference",
    "appendix",
    "advice",
    "dropped",
]
"""What a heading stands for; "" for nothing special. A person may change it: see `understand(..., roles=)`."""
RollbackKind = Literal["maintainer", "user"]
TemplateKind = Literal["message", "document", "postmortem", "changelog", "commit", "pull-request"]


@record(frozen=True, slots=True)
class Origin:
    """Where an entry comes from, and why it was taken for what it is."""

    first: int
    """Its first line."""
    last: int
    """Its last line, inclusive."""
    reason: str
    """Why it was understood so, as a phrase: "numbered headings under 'Process'"."""
    sure: bool = True
    """False where a person should look first."""


@record(frozen=True, slots=True)
class Section:
    """A heading with the part it plays; changing its role changes what is understood below it."""

    title: str
    """The heading's text as written, after its marks."""
    level: int
    """1 to 6."""
    role: Role
    parent: int
    """The index of the section around it in `Understood.sections`; -1 for none."""
    origin: Origin
    """From the heading to the last line before the next heading of its level or above."""


@record(frozen=True, slots=True)
class Severity:
    """A severity level of the document."""

    id: str
    """The document's own short code ("P0", "SEV-1"), else the word as written ("Critical")."""
    name: str
    """The level in words; the id where the document has no other."""
    meaning: str = ""
    """Impact or description, in the document's words."""
    respond: Minutes | None = None
    """Time to the first response."""
    resolve: Minutes | None = None
    """Time to the fix."""
    resolve_text: str = ""
    """What is said of the time to the fix, where it is no number: "next scheduled release"."""
    action: str = ""
    """What follows: "HOTFIX NOW", "regular release"."""
    hotfix: bool | None = None
    """Whether a hotfix follows; None where the document does not say."""
    examples: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()
    testing: str = ""
    """How deep to test."""
    communication: str = ""
    """Whom to tell, and how."""
    differs: tuple[int, ...] = ()
    """The lines of other places that give it other times."""
    origin: Origin = Origin(0, 0, "")


@record(frozen=True, slots=True)
class Command:
    """A fenced block that can be run in a shell. It never is, before it was shown and trusted."""

    text: str
    """The block's text without the fence and its indentation."""
    language: str
    """The fence's word, or "" ."""
    section: str
    """The title of the heading it stands under."""
    origin: Origin


@record(frozen=True, slots=True)
class Task:
    """One task item (a box) of the document."""

    id: str
    """Unique within the document, made of the item's words: stays when other items change."""
    text: str
    """The item's text, markdown emphasis taken off, without the marks that have a field of their own."""
    source: str
    """The item's text as written."""
    section: str
    """The title of the nearest heading."""
    group: str = ""
    """The label over the list ("First 15 minutes"), where there is one that is not the heading."""
    ticked: bool = False
    """Whether the box was ticked in the document."""
    under: str = ""
    """The id of the item that this one is nested in."""
    twin: str = ""
    """The id of the item that says the same elsewhere: asked once, ticked together."""
    condition: str = ""
    """When it applies, as written: "IF P0", "if telemetry-related"."""
    severities: tuple[str, ...] = ()
    """The ids of the severities that the condition names."""
    minutes: Minutes | None = None
    """How long it takes, where written at the item."""
    irreversible: bool = False
    """Marked as impossible to undo."""
    time_sensitive: bool = False
    """Marked as urgent."""
    choices: tuple[str, ...] = ()
    """The answers that are offered: ("YES", "NO")."""
    value: bool = False
    """Whether a blank ("____ %") asks for a value."""
    unit: str = ""
    """What stands behind the blank."""
    notes: tuple[str, ...] = ()
    """Plain list items below it, without boxes."""
    blocker: str = ""
    """What stops everything, where a note says so ("BLOCKER: any PII = no release")."""
    commands: tuple[Command, ...] = ()
    """The runnable fences inside it."""
    template: str = ""
    """The id of the template that stands inside it."""
    origin: Origin = Origin(0, 0, "")


@record(frozen=True, slots=True)
class Advice:
    """A do or a don't."""

    text: str
    do: bool
    """False for what not to do."""
    section: str
    origin: Origin


@record(frozen=True, slots=True)
class Phase:
    """A step of the main procedure, on the highest level that names one."""

    id: str
    """Unique within the document, made of the title's words."""
    title: str
    """The heading's own text, as written."""
    name: str
    """The title without number, "Phase" word, duration and emphasis."""
    number: str = ""
    """The number as written ("1", "IV"), or ""."""
    minutes: Minutes | None = None
    """The duration in the heading or in a label right below it."""
    target: int | None = None
    """Minutes it should take, from a table of times."""
    maximum: int | None = None
    """Minutes after which it is late, from a table of times, else from the title."""
    wait: Minutes | None = None
    """The least time it must last ("minimum validation: 48 hours")."""
    waits: tuple[tuple[str, int], ...] = ()
    """The same by severity id, in minutes."""
    severities: tuple[str, ...] = ()
    """The severities it is for, where the title or a condition names them ("P0 only")."""
    goal: str = ""
    """The text of a goal line."""
    steps: tuple[str, ...] = ()
    """Titles of the headings or ordered items that are its parts."""
    items: tuple[Task, ...] = ()
    """Its live task items, in order."""
    todo: tuple[tuple[str, Origin], ...] = ()
    """What it asks for without boxes: ordered items or bullets; beside tasks those that say what to do."""
    commands: tuple[Command, ...] = ()
    """Its runnable fences and blocks that are set in, outside of items."""
    advice: tuple[Advice, ...] = ()
    origin: Origin = Origin(0, 0, "")


@record(frozen=True, slots=True)
class Checklist:
    """A list of tasks with a title of its own."""

    title: str
    """The label over the list or the heading."""
    phase: str
    """The id of the phase that it stands in; "" for none."""
    role: Role
    """What the part it stands in is for: "phase", "checklist", "summary", "scenario", "postmortem", …"""
    items: tuple[str, ...]
    """The ids of its tasks."""
    origin: Origin
