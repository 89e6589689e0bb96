"""Pane 3: where the work tree stands, in words, and the commits on the hotfix branch."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.text import LINE, NAME, TITLE, clean
from hotfix_tui.service.safestep import FROM_PLAYBOOK
from hotfix_tui.tui.bindings import bindings
from hotfix_tui.tui.marks import MARKS, signs
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.view import View
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import folded

NEXT = "next"
"""The key of the row with the safe next command."""


class GitPane(Pane):
    """What was last seen in git, what may go wrong there, and the operations so far."""

    NUMBER: ClassVar[str] = "3"
    NAME: ClassVar[str] = "Git"
    SCOPE: ClassVar[str] = "git"
    MEASURES: ClassVar[bool] = True
    BINDINGS: ClassVar[list[Binding]] = bindings("git", target="screen.")  # type: ignore[assignment]

    def depends(self, view: View) -> tuple[object, ...]:
        """What git said, and the journal of operations."""
        return (view.git, view.case, view.minute, view.ascii)

    def rows_of(self, view: View, width: int) -> tuple[Row, ...]:
        """Whereabouts, risks, commits, operations."""
        if view.git.trouble:
            told = tuple(row(line, "waiting") for line in folded(view.git.trouble, width))
            return (*told, *_operations(view))
        if view.git.status is None:
            return (row("looking …" if not view.ascii else "looking ...", "dim"), *_operations(view))
        risk = signs(ascii=view.ascii).risk
        lines = [
            row(part, "bold" if n == 0 else "text")
            for n, line in enumerate(view.git.lines)
            if not _is_risk(view, line)
            for part in folded(clean(line, TITLE), width)
        ]
        risks = [row(f"{risk} {clean(r.text, TITLE)}", "risk") for r in view.git.risks]
        commits = [
            Row(((f"  {commit.oid[:7]} ", "accent"), (clean(commit.subject, TITLE), "text")), key=commit.oid)
            for commit in view.git.commits
        ]
        told = (*_fetched(view), *risks, *_next(view, width), *_back(view, width))
        return (*lines, *told, *commits, *_operations(view))

    def alarm(self, view: View) -> str:
        """Something is at risk in git."""
        return signs(ascii=view.ascii).risk if view.git.risks or view.git.trouble else ""


def _is_risk(view: View, line: str) -> bool:
    """Whether the line is told among the risks already."""
    return any(risk.text == line for risk in view.git.risks)


def _next(view: View, width: int) -> tuple[Row, ...]:
    """The safe next command; what the playbook says is next stands in the header already."""
    step = view.git.step
    if step is None or step.argv == FROM_PLAYBOOK:
        return ()
    first, *rest = folded(step.command, width - 5)
    return (
        Row((("next ", "dim"), (first, "accent")), key=NEXT),
        *(Row((("     ", "dim"), (line, "accent"))) for line in rest),
    )


def _fetched(view: View) -> tuple[Row, ...]:
    status = view.git.status
    if status is None or status.fetched_at is None:
        return ()
    return (row(f"fetched {spoken(view.minute - status.fetched_at)} ago", "dim"),)


def _back(view: View, width: int) -> tuple[Row, ...]:
    """What rolling back would do now, and whether its dry run passes."""
    back = view.git.back
    if back is None:
        return ()
    role = {"ready": "text", "none": "dim"}.get(back.state, "waiting")
    said = f"{back.line}   {back.unasked or 'dry run ok'}" if back.state == "ready" else back.line
    return tuple(row(line, role) for line in folded(clean(said, LINE), width))


def _operations(view: View) -> tuple[Row, ...]:
    states = {
        "done": "done",
        "running": "running",
        "failed": "failed",
        "cancelled": "skipped",
        "undone": "skipped",
    }
    return tuple(
        Row(
            ((f"{MARKS[states.get(o.state, 'skipped')]} {clean(o.title, NAME)}", "text"),),
            ((o.state, "failed" if o.state == "failed" else "dim"),),
        )
        for o in view.case.incident.operations.values()
    )
