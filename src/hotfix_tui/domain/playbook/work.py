"""The work itself: phases, items, gates between phases, ways back and scenario cards."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from hotfix_tui.domain.playbook.levels import Condition
from hotfix_tui.domain.record import record

ItemKind = Literal["task", "yes-no", "number", "choice", "text", "approval", "wait", "recurring"]
RollbackKind = Literal[
    "",
    "revert",
    "channel-pointer",
    "previous-as-new-release",
    "delete-tag-and-yank",
    "redeploy-tag",
    "user-downgrade",
]
"""The six kinds of X.8; empty for one that is all steps by hand."""


@record(frozen=True, slots=True)
class Advice:
    """What to do and not to do while a phase runs (S2.CHK.4)."""

    do: tuple[str, ...] = ()
    """What is wise while the phase runs."""
    dont: tuple[str, ...] = ()
    """What is not."""


@record(frozen=True, slots=True)
class Due:
    """A window after an event: not before `wait`, at the latest `within` after it (X.2)."""

    after: str = "declared"
    """"declared", "resolved", or the id of a milestone, phase or item: marked, entered or done."""
    wait: timedelta | None = None
    """Not before so long after it."""
    within: timedelta | None = None
    """At the latest so long after it."""


@record(frozen=True, slots=True)
class Item:
    """One line of a checklist."""

    id: str
    text: str
    checklist: str = ""
    """The id of the source checklist that it belongs to."""
    under: str = ""
    """The id of the item that it is a part of; it stands right after that one or its other parts."""
    twin: str = ""
    """The id of an item that says the same elsewhere: marking one marks both (S3.CHK.24, S4.TRP.9)."""
    kind: ItemKind = "task"
    """What marks it: a tick, or an answer of this kind."""
    why: str = ""
    """What it is good for, in one sentence."""
    hint: str = ""
    asks: tuple[str, ...] = ()
    """Questions to think of while doing it (S3.CHK.26)."""
    done_when: str = ""
    """How anybody can see that it is done."""
    estimate: timedelta | None = None
    """How long it takes."""
    due: Due | None = None
    required: bool = True
    """Whether leaving its phase without it wants a reason."""
    debt: bool = False
    """It may be done after its phase, but not after closing (S1.TST.3)."""
    blocks: str = ""
    """The id of the phase that may not be entered before this is done."""
    rule: str = ""
    """Why it blocks, as a rule ("any personal data = no release")."""
    irreversible: bool = False
    """Whether it cannot be undone: it is asked for twice."""
    time_sensitive: bool = False
    """Whether every minute counts."""
    when: Condition = Condition()
    role: str = ""
    """Who does it; for an approval, who gives it."""
    evidence: str = ""
    """What evidence is wanted before it counts as done; empty for none."""
    expect: str = ""
    """The value of a yes-no or choice item that is good; another one holds what it blocks."""
    at_least: float | None = None
    """The least number that is good."""
    at_most: float | None = None
    """The greatest number that is good."""
    below: float | None = None
    """The number that a good one stays under."""
    unit: str = ""
    """What the number counts, such as "%"."""
    sets: str = ""
    """The id of the flag that the answer "yes" sets."""
    wait: timedelta | None = None
    """How long an item of kind "wait" takes, from the moment its phase was entered."""
    every: timedelta | None = None
    """How often a recurring item is checked …"""
    lasts: timedelta | None = None
    """… and for how long (S4.CHK.13, S3.COM.3)."""
    command: tuple[str, ...] = ()
    """An argv with `$placeholders`, never a shell line."""
    operation: str = ""
    """The name of the operation that does it."""
    check: str = ""
    """The name of the check that proves it."""
    template: str = ""
    """The id of the template that it sends or fills in."""
    link: str = ""
    """A page or a file of the repository to have at hand."""
    choices: tuple[str, ...] = ()
    """The answers of a choice."""
    step: int = 0
    """The number of the written step it comes from (S2.PHA.10)."""


@record(frozen=True, slots=True)
class Step:
    """A numbered step of the written process (S2.PHA.10)."""

    number: int
    """Its number in the written process."""
    title: str


@record(frozen=True, slots=True)
class Phase:
    """A timed part of the work with its checklist."""

    id: str
    title: str
    goal: str = ""
    """What is so when it is over."""
    least: timedelta | None = None
    """The shortest time it is planned to take, where a range is given (S1.PHA.1); nothing waits for it."""
    target: timedelta | None = None
    """The time it should take."""
    maximum: timedelta | None = None
    """The time after which it is late."""
    minimum_wait: timedelta | None = None
    """It may not be left before this time …"""
    minimum_wait_by: dict[str, timedelta] | None = None
    """… or, by severity id, before another one (S0.PHA.3)."""
    opens: Due | None = None
    """The window in which it may be entered (S3.PHA.8)."""
    when: Condition = Condition()
    role: str = ""
    """The role or delegate that leads it (S4.ESC.4)."""
    steps: tuple[Step, ...] = ()
    advice: Advice = Advice()
    items: tuple[Item, ...] = ()

    def wait_at(self, severity: str) -> timedelta | None:
        """How long it lasts at least at this severity."""
        return (self.minimum_wait_by or {}).get(severity, self.minimum_wait)


@record(frozen=True, slots=True)
class Checklist:
    """A named checklist of the written process, whose items are spread over phases."""

    id: str
    title: str


@record(frozen=True, slots=True)
class Gate:
    """What must hold before a phase is entered; passing it closed needs a reason (X.11)."""

    id: str
    title: str
    before: str
    """The id of the phase that it guards."""
    level: Literal["refuse", "warn"] = "refuse"
    """Whether it needs a reason to pass, or is only shown."""
    items: tuple[str, ...] = ()
    """Items that must be done."""
    approvals: tuple[str, ...] = ()
    """Roles that must have approved …"""
    severity_approvals: bool = False
    """… and whether those that the severity wants must have, too."""
    confirm: str = ""
    """The word that passing it wants typed in full (S1.GAT.5)."""
    when: Condition = Condition()
    why: str = ""
    """What the gate is good for: shown where somebody wants to pass it."""


@record(frozen=True, slots=True)
class Rollback:
    """A way back: its triggers and its steps (X.8)."""

    id: str
    title: str
    kind: RollbackKind = ""
    """Which of the known ways it is."""
    channel: str = ""
    """The release channel that it is for."""
    pointer: str = ""
    """The file that tells an updater which version the channel has; left out, npm's dist-tag "latest" does."""
    triggers: tuple[str, ...] = ()
    """What makes it the thing to do."""
    warning: str = ""
    """What to know before it is started."""
    confirm: str = ""
    """The word that starting it wants typed in full (S1.GAT.6)."""
    steps: tuple[Item, ...] = ()
    then: tuple[str, ...] = ()
    """What is to be done after it."""
    user_text: str = ""
    """What users can do themselves."""


@record(frozen=True, slots=True)
class Moment:
    """One line of a timeline: how long past its start, and what happened."""

    text: str
    """What happened."""
    at: timedelta | None = None
    """After the start; None for the start itself."""


@record(frozen=True, slots=True)
class Scenario:
    """A card for one kind of emergency: first actions with a clock of their own (X.12)."""

    id: str
    title: str
    severity: str = ""
    summary: str = ""
    """What matters in this case."""
    examples: tuple[str, ...] = ()
    first_within: timedelta | None = None
    """How long the first actions may take."""
    resolve: timedelta | None = None
    """The time to the end of it; the longest of a range."""
    resolve_least: timedelta | None = None
    """The shortest of the range."""
    communication: str = ""
    """Whom to tell, and how."""
    flags: tuple[str, ...] = ()
    """Flags that starting it sets."""
    actions: tuple[Item, ...] = ()
    timeline: tuple[Moment, ...] = ()
    exercise: bool = False
    """Only for drills (S1.SCN.1)."""


@record(frozen=True, slots=True)
class Example:
    """A worked example of the whole process (S2.SCN.1)."""

    title: str
    issue: str
    """What was wrong."""
    severity: str
    moments: tuple[Moment, ...] = ()
    fix: str = ""
    """What took it away."""
