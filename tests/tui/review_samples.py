"""A document as it was understood, made by hand: the review's tests and pictures do not depend on how well documents are read."""

from __future__ import annotations

from dataclasses import replace

from hotfix_tui.importing.understood import (
    Command,
    Line,
    Origin,
    Phase,
    Section,
    Severity,
    Task,
    Template,
    Understood,
)
from hotfix_tui.tui.screens.review import ReviewScreen
from tests.tui import samples as s

TEXT = """\
# Hot fixes

Only where it cannot wait.

| Level | Meaning | Resolve within |
|---|---|---|
| P0 | All is down | 4 hours |

## Phase 1: Assess (5-10 min)

- [ ] Confirm the bug
- [ ] Tell the team, also those who are asleep and those who have said that they do not want to be told

## Going back

- Point latest to the version before

```bash
make rollback
```

## Something else

Prose that nobody understood.

- Call the provider
"""


def at(first: int, last: int = 0, reason: str = "a heading with a number", *, sure: bool = True) -> Origin:
    """These lines."""
    return Origin(first, last or first, reason, sure)


TASKS = (
    Task("confirm", "Confirm the bug", "Confirm the bug", "Assess", origin=at(11, reason="a box")),
    Task(
        "tell", "Tell the team", "Tell the team", "Assess", condition="if P0", origin=at(12, reason="a box")
    ),
)
FOUND = Understood(
    "Hot fixes",
    TEXT,
    sections=(
        Section("Hot fixes", 1, "title", -1, at(1, 26)),
        Section("Phase 1: Assess (5-10 min)", 2, "phase", 0, at(9, 13)),
        Section("Going back", 2, "rollback", 0, at(14, 21)),
        Section("Something else", 2, "", 0, at(22, 26)),
    ),
    use_when=(Line("Only where it cannot wait.", at(3, reason="it stands above the steps", sure=False)),),
    severities=(
        Severity("P0", "P0", "All is down", resolve=(0, 240), origin=at(7, reason="a row of a table")),
    ),
    phases=(
        Phase("assess", "Phase 1: Assess (5-10 min)", "Assess", "1", (5, 10), items=TASKS, origin=at(9, 13)),
        Phase(
            "back",
            "Going back",
            "Going back",
            todo=(("Point latest to the version before", at(16)),),
            origin=at(14, 21, "a heading beside other steps", sure=False),
        ),
    ),
    tasks=TASKS,
    templates=(Template("t", "Update", "message", "We are on it.", channel="chat", origin=at(12)),),
    commands=(Command("make rollback", "bash", "Going back", at(18, 20, "a fence that a shell can run")),),
)
EVIL = replace(
    FOUND,
    title=s.EVIL,
    text=TEXT.replace("Confirm", s.EVIL).replace("Prose", s.EVIL),
    phases=(replace(FOUND.phases[0], title=s.EVIL, origin=at(9, 13, s.EVIL, sure=False)),),
    templates=(replace(FOUND.templates[0], title=s.EVIL, channel=s.EVIL),),
)


def review(found: Understood = FOUND, name: str = "HOTFIX.md") -> ReviewScreen:
    """The review of it."""
    return ReviewScreen(found, name)
