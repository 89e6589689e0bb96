"""Entries about everything around the work: texts, ways back, people, scenarios, branches, repairs, notices."""

from __future__ import annotations

from hotfix_tui.domain.record import record
from hotfix_tui.importing.workentries import Command, Minutes, Origin, RollbackKind, TemplateKind


@record(frozen=True, slots=True)
class Template:
    """A text to be sent or filled in, verbatim."""

    id: str
    title: str
    """The heading, label or item above it."""
    kind: TemplateKind
    body: str
    subject: str = ""
    audience: str = ""
    channel: str = ""
    """"e-mail", "chat", "status page", … or the channel as written ("#incidents")."""
    placeholders: tuple[str, ...] = ()
    """What is to be filled in, as written: "[text]", "<text>", "#XXX", "X.Y.Z+1", "____"."""
    promise: int | None = None
    """Minutes to the next update that it promises."""
    section: str = ""
    origin: Origin = Origin(0, 0, "")


@record(frozen=True, slots=True)
class Rollback:
    """A way back."""

    title: str
    steps: tuple[str, ...] = ()
    """Its steps in words."""
    commands: tuple[Command, ...] = ()
    triggers: tuple[str, ...] = ()
    """When to take it."""
    items: tuple[str, ...] = ()
    """The ids of task items in it."""
    by: RollbackKind = "maintainer"
    """Who does it: the team, or a user by hand."""
    origin: Origin = Origin(0, 0, "")


@record(frozen=True, slots=True)
class Contact:
    """Somebody to reach."""

    role: str
    name: str = ""
    address: str = ""
    """A mail address, handle, channel, page or placeholder, as written."""
    phone: str = ""
    available: str = ""
    """When, as written ("24/7 for P0")."""
    origin: Origin = Origin(0, 0, "")


@record(frozen=True, slots=True)
class Rung:
    """One rung of an escalation path."""

    text: str
    after: int | None = None
    """Minutes after the start; None where no time is said."""
    origin: Origin = Origin(0, 0, "")


@record(frozen=True, slots=True)
class Scenario:
    """A kind of emergency with actions of its own."""

    title: str
    severity: str = ""
    """The id of its severity."""
    minutes: Minutes | None = None
    """Its time line: how long until it is over."""
    first_minutes: Minutes | None = None
    """How long the first actions may take."""
    examples: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    """What to do, in words, where it has no boxes."""
    items: tuple[str, ...] = ()
    """The ids of its task items."""
    commands: tuple[Command, ...] = ()
    communication: str = ""
    exercise: bool = False
    """Only to practise."""
    origin: Origin = Origin(0, 0, "")


@record(frozen=True, slots=True)
class Line:
    """A short text with where it stands: criteria, drills, reasons for and against a hotfix, references."""

    text: str
    origin: Origin


@record(frozen=True, slots=True)
class BranchPattern:
    """A branch name or its form, as written."""

    text: str
    base: str = ""
    """What it starts from, where a command says so."""
    origin: Origin = Origin(0, 0, "")


@record(frozen=True, slots=True)
class Formats:
    """What git texts look like here, as written; "" where the document does not show it."""

    commit: str = ""
    bump: str = ""
    merge: str = ""
    tag: str = ""
    """The message of an annotated tag."""
    tag_name: str = ""
    pull_request: str = ""


@record(frozen=True, slots=True)
class Repair:
    """Something broken in the file that was mended."""

    kind: str
    """"bom", "line-ends", "encoding", "mojibake", "nul", "heading-space", "fence", "whole-file-fence", "box", …"""
    line: int
    """The first line concerned; 0 for the whole file."""
    count: int
    """How often."""
    message: str
    """What was done, as a sentence."""


@record(frozen=True, slots=True)
class Notice:
    """Something wrong with the process, or not understood."""

    rule: str
    line: int
    """0 for the whole document."""
    message: str
    todo: str = ""
    """What to do about it."""
