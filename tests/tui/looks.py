"""Every dialog as it is pictured: how it is made, and the keys that bring it into that state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from textual.screen import Screen

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.versions.known import Tags
from hotfix_tui.domain.versions.oracle import Candidate, choose
from hotfix_tui.domain.versions.traps import Trap
from hotfix_tui.operations.plan import Finding, Standing
from hotfix_tui.service.unfinished import Unfinished
from hotfix_tui.tui.choice import Choice
from hotfix_tui.tui.screens.ask import AskScreen
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.confirm import ConfirmScreen
from hotfix_tui.tui.screens.declare import DeclareScreen
from hotfix_tui.tui.screens.declareform import Start
from hotfix_tui.tui.screens.help import HelpScreen, sections
from hotfix_tui.tui.screens.item import ItemScreen
from hotfix_tui.tui.screens.output import CopiedScreen, OutputScreen
from hotfix_tui.tui.screens.palette import PaletteScreen
from hotfix_tui.tui.screens.postmortem import PostmortemScreen
from hotfix_tui.tui.screens.unfinished import UnfinishedScreen
from tests.tui import samples as s

VERSIONS = choose(s.PLAYBOOK, "v1.0.0", Tags(("v1.0.0", "v1.1.0-beta.1", "v2.0.0"))).candidates
START = Start(
    "v1.0.0", "latest tag on main", "1.0.1", "hotfix/v1.0.1", "ops1", "/srv/caro", "alert", VERSIONS
)
EVIL_VERSION = Candidate(s.EVIL, s.EVIL, True, s.EVIL, s.EVIL, (Trap("taken", s.EVIL, "warn"),))
EVIL_START = Start(s.EVIL, s.EVIL, s.EVIL, s.EVIL, s.EVIL, s.EVIL, s.EVIL, (EVIL_VERSION,))
DOCUMENT = """\
# Post-mortem HF-1121-0314: Vault unlock crash on Windows

## Timeline (UTC)

- 03:08 first crash report
- 03:14 declared P0 by ops1

## Root cause

> OPEN: why did no test see it?

A long line that does not fit a narrow terminal, and so is folded, as nobody scrolls sideways at 3 a.m.
"""


def declare(start: Start = START) -> DeclareScreen:
    """The declare screen, forty-eight seconds into the incident."""
    screen = DeclareScreen(s.PLAYBOOK, lambda: s.NOW, start)
    screen._form = screen._form.__class__(s.PLAYBOOK, s.STARTED)
    return screen


def unfinished(*states: str) -> UnfinishedScreen:
    """A plan of two steps that stand so."""
    steps = (s.CREATE, s.PUSH)
    seen = {
        "done": "refs/heads/hotfix/v1.0.1 is at 9c41e07",
        "not-done": "no such branch on origin",
        "running": "still runs (pid 4711), last line: npm notice publishing 1.0.1",
        "lost": "it ended, and nobody wrote down how",
    }
    standings = tuple(
        (step, Standing(state, seen.get(state, "hotfix/v1.0.1 is at 41f0a7d, which is not ours")))  # type: ignore[arg-type]
        for step, state in zip(steps, states, strict=True)
    )
    return UnfinishedScreen(Unfinished("r1", s.plan(*steps, title="Create the hotfix branch"), standings))


def item(title: str = "Vault unlock crash on Windows") -> ItemScreen:
    """An item with evidence and a note."""
    shown = i.AttachEvidence("tests", "command", "cargo test: exit code 101", ok=False)
    case = s.case(i.EnterPhase("fix"), shown, i.AddNote("one test is flaky", item="tests"), title=title)
    return ItemScreen(case, "tests", s.NOW + timedelta(minutes=28))


def evil_item() -> ItemScreen:
    """An item whose evidence and notes are hostile."""
    shown = i.AttachEvidence("tests", "text", s.EVIL)
    case = s.case(
        shown, i.AddNote(s.EVIL, item="tests"), i.MarkItem("tests", "skipped", s.EVIL), title=s.EVIL
    )
    return ItemScreen(case, "tests", s.NOW)


def evil_unfinished() -> UnfinishedScreen:
    """An operation whose title and standings are hostile."""
    standings = ((s.CREATE, Standing("done", s.EVIL)), (s.PUSH, Standing("conflict", s.EVIL)))
    return UnfinishedScreen(Unfinished("r1", s.plan(s.CREATE, s.PUSH, title=s.EVIL), standings))


SEVERITIES = tuple(Choice(x.id, f"{x.id} {x.name}", x.meaning) for x in s.SEVERITIES)
TITLE = list("Vault unlock crash on Windows".replace(" ", "_"))
KEYS = [{"_": "space"}.get(letter, letter) for letter in TITLE]

Make = Callable[[], Screen[Any]]
LOOKS: dict[str, tuple[Make, list[str]]] = {
    "declare": (declare, [*KEYS, "enter", "w", "y", "n", "n"]),
    "not_a_hotfix": (declare, [*KEYS, "enter", "w", "n", "y", "n", "n"]),
    "retriage": (lambda: DeclareScreen(s.PLAYBOOK, lambda: s.NOW, case=s.case()), ["down", "n"]),
    "ask": (
        lambda: AskScreen("Why is '3.7 Privacy audit' skipped?", "reason", hint="One line."),
        list("telemetry"),
    ),
    "choose": (lambda: ChooseScreen("Severity", SEVERITIES, current="P1"), []),
    "item": (item, []),
    "confirm_1": (lambda: ConfirmScreen(s.plan(s.CREATE), where="~/caro", label="3.1"), []),
    "confirm_2": (lambda: ConfirmScreen(s.plan(s.CREATE, s.PUSH), where="~/caro", label="3.1"), []),
    "confirm_3": (
        lambda: ConfirmScreen(s.plan(s.TAG, word="v1.0.1"), where="~/caro", label="6.4"),
        list("v1.0."),
    ),
    "blocked": (
        lambda: ConfirmScreen(s.plan(s.CREATE, findings=(Finding(False, "the branch exists already"),))),
        ["y"],
    ),
    "unfinished": (lambda: unfinished("done", "not-done"), []),
    "still_runs": (lambda: unfinished("done", "running"), ["tab"]),
    "outcome_unknown": (lambda: unfinished("done", "lost"), []),
    "conflict": (lambda: unfinished("done", "conflict"), ["c"]),
    "help": (lambda: HelpScreen(sections("checklist", "Checklist", {}, ascii=False)), []),
    "help_filter": (lambda: HelpScreen(sections("checklist", "Checklist", {}, ascii=False)), list("note")),
    "palette": (PaletteScreen, list("sev")),
    "postmortem": (
        lambda: PostmortemScreen("HF-1121-0314", DOCUMENT, redacted=2, open_questions=1, due="2026-11-23"),
        [],
    ),
    "output": (
        lambda: OutputScreen("fetch origin --tags", ("From origin", " * [new tag] v1.0.1"), "running"),
        [],
    ),
    "copied": (
        lambda: CopiedScreen("cargo test --all\nsecond line", "Copied through the terminal (OSC 52)."),
        [],
    ),
    "evil_declare": (lambda: declare(EVIL_START), list("[/x]")),
    "evil_retriage": (lambda: DeclareScreen(s.PLAYBOOK, lambda: s.NOW, case=s.case(title=s.EVIL)), []),
    "evil_unfinished": (evil_unfinished, []),
    "evil_copied": (lambda: CopiedScreen(s.EVIL, s.EVIL), []),
    "evil_ask": (lambda: AskScreen(s.EVIL, "reason", initial=s.EVIL, hint=s.EVIL), []),
    "evil_choose": (lambda: ChooseScreen(s.EVIL, (Choice("a", s.EVIL, s.EVIL),)), []),
    "evil_item": (evil_item, []),
    "evil_confirm": (
        lambda: ConfirmScreen(
            s.plan(s.CREATE, findings=(Finding(False, s.EVIL),), title=s.EVIL), where=s.EVIL
        ),
        ["y"],
    ),
    "evil_postmortem": (lambda: PostmortemScreen(s.EVIL, s.EVIL, due=s.EVIL), []),
    "evil_output": (lambda: OutputScreen(s.EVIL, (s.EVIL,), s.EVIL), []),
}
"""Name to how it is made and what is pressed."""
