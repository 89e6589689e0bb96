"""The footer, the tabs and the line that says what just happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.tui.commands import COMMANDS, Command, command, shown
from hotfix_tui.tui.marks import MARKS, signs
from hotfix_tui.tui.panes.pane import Pane
from hotfix_tui.tui.view import Job, View
from hotfix_tui.tui.widgets.rows import Row, Span, row, width_of

ALWAYS = ("palette", "help", "back_or_quit")
"""The commands that never drop out of the footer."""
ORDER = (
    "toggle",
    "open",
    "enter_phase",
    "retriage",
    "next_step",
    "run",
    "skip",
    "note",
    "branch",
    "milestone",
    "postmortem",
)


def footer(
    scope: str, width: int, keys: Mapping[str, str], *, ascii: bool, home: bool = False, first: str = ""
) -> Row:
    """What is to be done `first`, then the commands of the focused pane that fit, then those that are always there."""
    base = "home" if home else "console"
    offered = [c for c in COMMANDS if c.footer and c.scope in (scope, base) and c.id not in ALWAYS]
    offered.sort(key=lambda c: (c.scope == base, ORDER.index(c.id) if c.id in ORDER else len(ORDER)))
    words = {"back_or_quit": "quit"} if home else {}
    right = [
        span
        for one in map(command, ALWAYS)
        for span in _named(one, words.get(one.id, one.footer), keys, ascii=ascii)
    ]
    room = width - width_of(right) - 2
    left: list[Span] = [*_named(command("advance"), first, keys, ascii=ascii)] if first else []
    for one in offered:
        spans = _spans([one], keys, ascii=ascii)
        if width_of([*left, *spans]) > room:
            break
        left += spans
    return Row(((" ", "text"), *left), tuple(right))


def footer_of(view: View, scope: str, width: int, keys: Mapping[str, str]) -> Row:
    """The console's: the step between phases comes first."""
    return footer(scope, width, keys, ascii=view.ascii, first=ADVANCES.get(view.glance.next.step, ""))


def _spans(commands: Sequence[Command], keys: Mapping[str, str], *, ascii: bool) -> list[Span]:
    return [span for one in commands for span in _named(one, one.footer, keys, ascii=ascii)]


def _named(one: Command, word: str, keys: Mapping[str, str], *, ascii: bool) -> tuple[Span, Span]:
    key = keys.get(one.id, one.keys[0] if one.keys else "").split(",")[0]
    return (shown(key, ascii=ascii), "accent"), (f" {word}  ", "text")


ADVANCES = {"enter": "next phase", "resolve": "resolve", "close": "close"}
"""The steps between items that `>` does, to the footer's word for it."""


def tabs(view: View, panes: Sequence[Pane], current: str, width: int) -> Row:
    """One word for each pane with its alarm; the one in sight in brackets."""
    spans: list[Span] = []
    for pane in panes:
        alarm = pane.alarm(view)
        name = f"{pane.NUMBER} {pane.NAME.split()[0]}"
        here = current == pane.SCOPE
        spans.append((f"[{name}" if here else f" {name}", "bold" if here else "dim"))
        if alarm:
            spans.append((f" {alarm}", "risk"))
        spans.append(("]" if here else " ", "bold" if here else "dim"))
    hint = "z zoom  tab next "
    return Row(tuple(spans), ((hint, "dim"),) if width_of(spans) + len(hint) < width else ())


def jobs(view: View, height: int) -> tuple[Row, ...]:
    """The newest jobs first, with what came of them."""
    if not view.jobs:
        return (row("nothing runs in the background", "dim"),)
    return tuple(_job(job) for job in list(reversed(view.jobs))[:height])


def _job(job: Job) -> Row:
    mark = MARKS[_JOB_MARKS.get(job.state, "skipped")]
    role = {"failed": "failed", "running": "running"}.get(job.state, "text")
    told = f"  {clean(job.detail, TITLE)}" if job.detail else ""
    return Row(((f"{mark} {clean(job.title, NAME)}", role), (told, "dim")), ((_hm(job.at), "dim"),))


_JOB_MARKS = {"done": "done", "running": "running", "failed": "failed", "unfinished": "waiting"}
"""A job's state to its mark; what was stopped, taken back or left counts as skipped."""


def _hm(at: datetime) -> str:
    return f"{at:%H:%M}"


def job_line(view: View) -> Row:
    """On one line, for a narrow screen: the job that runs, else what is at risk, else the newest job."""
    current = view.glance.clocks.current
    right: tuple[Span, ...] = ()
    if current and current.phase.target and current.phase.maximum:
        phase = current.phase
        times = f"target {spoken(current.phase.target)}  spent {spoken(current.spent)}  max "
        right = ((f"{times}{spoken(phase.maximum or current.spent)} ", "dim"),)
    job, risks = view.jobs[-1] if view.jobs else None, view.glance.risks
    left: tuple[Span, ...] = ()
    if risks and (job is None or job.state != "running"):
        marks = signs(ascii=view.ascii)
        texts = f" {marks.dot} ".join(clean(risk.text, NAME) for risk in risks)
        worst = "over" if any(risk.level == "over" for risk in risks) else "risk"
        left = ((f" {marks.risk} ", worst), (texts, "text"))
    elif job:
        left = ((f" job: {clean(job.title, NAME)} {clean(job.detail, NAME)}", "dim"),)
    return Row(left, right)
