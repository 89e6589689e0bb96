"""The header's rows: who and when, WHERE and LEFT, NEXT and RISK. It answers the four questions on every screen."""

from __future__ import annotations

from datetime import datetime, timedelta

from rich.cells import cell_len

from hotfix_tui.domain.clocks import SOON, Countdown
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.text import NAME, TITLE, clean, visible_argv
from hotfix_tui.tui.marks import Signs, bar, signs
from hotfix_tui.tui.view import View
from hotfix_tui.tui.widgets.rows import Row, Span, cut, width_of

CLOCK_WIDTH = 12
"""The cells at the right of the first row that the clock has for itself: it alone changes every second."""


def clock(now: datetime) -> Row:
    """The time of day, in UTC."""
    return Row((), ((f"  {now:%H:%M:%S}Z ", "bold"),))


WIDE = 100
"""From this width on the header says things in full."""


def header(view: View, width: int) -> tuple[Row, ...]:
    """The three rows of the header at this width."""
    marks = signs(ascii=view.ascii)
    wide = width >= WIDE
    return (
        _who(view, wide=wide, width=width),
        _where(view, marks, width, wide=wide),
        _next(view, marks, width, wide=wide),
    )


def _who(view: View, *, wide: bool, width: int) -> Row:
    incident, declared = view.case.incident, view.case.incident.declared
    severity = view.case.playbook.severity(incident.severity)
    called = severity.name if severity and severity.name.casefold() != severity.id.casefold() else ""
    name = f" {clean(called, 12).upper()}" if wide and called else ""
    versions = (
        f"{declared.base} > v{declared.fix}"
        if wide and declared.base and declared.fix
        else f"v{declared.fix}"
    )
    lead = incident.roles.get("lead", "")
    right: list[Span] = []
    if declared.drill:
        right.append(("pushes go to a sandbox  " if wide else "sandbox ", "waiting"))
    if view.read_only:
        right.append(("READ ONLY  ", "waiting"))
    right.append((incident.status.upper(), "bold" if incident.status == "active" else "good"))
    right.append((f"  {clean(versions, 40)}" if declared.fix else "", "text"))
    if wide and lead and not declared.drill:
        right.append((f"   lead {clean(lead, 20)}", "text"))
    drill: tuple[Span, ...] = ((" DRILL ", "reverse"),) if declared.drill else ()
    gap = "  " if wide else " "
    level, id = clean(incident.severity, 12), clean(incident.id, NAME)
    used = sum(len(text) for text, _ in right) + len(level + name + id) + 8 + 8 * len(drill)
    title = cut(clean(incident.title, TITLE), max(width - used, 8))
    left = (
        *drill,
        (f" {level}{name}", "over"),
        (f"{gap}{id}", "bold"),
        (f"{gap}{title}", "text"),
    )
    return Row(left, tuple(right))


def _where(view: View, marks: Signs, width: int, *, wide: bool) -> Row:
    """The fullest form that fits: bars shrink first, then words go."""
    right = _update(view, marks, wide=wide)
    room = width - width_of(right)
    left = _forms(view, marks, _SIZES if wide else _SIZES[-3:], wide=wide)
    return Row(next((spans for spans in left if width_of(spans) < room), left[-1]), right)


IN_FULL = 2
_SIZES = ((10, IN_FULL), (6, IN_FULL), (10, 1), (6, 1), (10, 0), (6, 0), (0, 0))
"""The widths of the bars, and how many explaining words: all, all but the maximum, none; the fullest that fits is shown."""


def _forms(
    view: View, marks: Signs, sizes: tuple[tuple[int, int], ...], *, wide: bool
) -> tuple[tuple[Span, ...], ...]:
    """The same with bars of these widths and so many of the explaining words; at last without the phase's clock."""
    place = _place(view, wide=wide)
    forms = [
        (*place, *_left(view, marks, bars, words=words), *_phase(view, marks, bars, words=words))
        for bars, words in sizes
    ]
    return (*forms, (*place, *_left(view, marks, 0, words=0)))


def _place(view: View, *, wide: bool) -> tuple[Span, ...]:
    glance = view.glance
    title = clean(glance.phase_title, 40)
    if glance.phase_number and wide:
        return (
            (" WHERE ", "dim"),
            (f"phase {glance.phase_number} of {glance.phase_count} {cut(title, 24)}", "bold"),
        )
    if glance.phase_number:
        return ((f" {glance.phase_number}/{glance.phase_count} {cut(title, 14)}", "bold"),)
    status = view.case.incident.status
    return ((" WHERE " if wide else " ", "dim"), (status if status != "active" else "between phases", "bold"))


def _left(view: View, marks: Signs, bars: int, *, words: int) -> tuple[Span, ...]:
    limit, left = view.glance.limit, view.glance.left
    gap = "   " if words else "  "
    if limit is None or left is None:
        return ((f"{gap}no limit", "dim"),)
    if view.case.incident.ended_at is not None:
        word = "within" if left >= timedelta(0) else "over"
        return ((f"{gap}{word} the limit by {spoken(abs(left))}", "good" if word == "within" else "over"),)
    if left < timedelta(0):
        return ((f"{gap}LEFT ", "dim"), (f"{_short(left)} OVER LIMIT", "over"))
    share = limit.share(view.glance.clocks.now)
    whole = f" to {limit.name}" if words else ""
    whole += f" (max {spoken(limit.due - limit.since)})" if words == IN_FULL else ""
    filled = f" {bar(share, bars, marks)}" if bars else ""
    return (
        (f"{gap}LEFT ", "dim"),
        (spoken(left), "bold"),
        (whole, "text"),
        (filled, "risk" if share >= SOON else "accent"),
    )


def _short(left: timedelta) -> str:
    """A negative time left, as "-0h12m"."""
    minutes = int(abs(left).total_seconds()) // 60
    return f"-{minutes // 60}h{minutes % 60:02d}m"


def _phase(view: View, marks: Signs, bars: int, *, words: int) -> tuple[Span, ...]:
    clock = view.glance.clocks.current
    left = clock.left if clock else None
    if clock is None or left is None:
        return ()
    phase = clock.phase
    if left < timedelta(0):
        return (("  phase ", "dim"), (f"{_short(left)} OVER LIMIT", "over"))
    past_target = phase.target is not None and clock.spent > phase.target
    limit = phase.maximum if past_target and phase.maximum else (phase.target or phase.maximum)
    share = clock.spent / limit if limit else 0.0
    over = clock.spent - (phase.target or clock.spent)
    told = _short(-over) if past_target else spoken(left)
    goal = " OVER TARGET" if past_target else " to target" if words else ""
    filled = f" {bar(share, bars, marks)}" if bars else ""
    role = "risk" if past_target else "text"
    return (
        ("  phase ", "dim"),
        (told, "bold"),
        (goal, role),
        (filled, "risk" if past_target else "accent"),
    )


def _update(view: View, marks: Signs, *, wide: bool) -> tuple[Span, ...]:
    due: Countdown | None = view.glance.clocks.next_update
    what = "message" if due and due.name == "due" else "update"
    word = f"{what} due" if wide else what
    risks = len(view.glance.risks)
    risk: Span = (f"  RISK {marks.risk}{risks} " if risks else "  RISK 0 ", "risk" if risks else "dim")
    tail = () if wide else (risk,)
    if due is None:
        return tail
    left = due.left(view.now)
    if left < timedelta(0):
        return ((f"{word} {spoken(-left)} ago {marks.risk}", "over"), (" ", "text"), *tail)
    soon = due.share(view.now) >= SOON
    text = f"{word} in {spoken(left)}" if wide else f"{word} {spoken(left)}"
    return (
        (f"{text} {marks.risk}" if soon else text, "risk" if soon else "text"),
        (" " if wide else "", "text"),
        *tail,
    )


def _next(view: View, marks: Signs, width: int, *, wide: bool) -> Row:
    step = view.glance.next
    label = f"{step.label} " if step.label else ""
    text, does = clean(step.text, TITLE), clean(_does(view), NAME)
    left: list[Span] = [(" NEXT  " if wide else " NEXT ", "dim"), (label, "bold")]
    if not wide:
        right: tuple[Span, ...] = ((f"{cut(does, 34)} ", "dim"),) if does else ()
        return Row((*left, (text, "bold")), right)
    risk = _risk(view, marks)
    room = width - width_of(left) - GAP
    does = f"   {does}" if does else ""
    said, done, told = _shares(room, cell_len(text), cell_len(does), width_of(risk))
    left.append((cut(text, said), "bold"))
    if done >= LEAST:
        left.append((cut(does, done), "dim"))
    return Row(tuple(left), _cropped(risk, told))


GAP = 3
"""The cells that keep what is next and what is at risk apart."""
LEAST = 12
"""A key and what it does are told in so many cells at least, or not at all."""


def _shares(room: int, text: int, does: int, risk: int) -> tuple[int, int, int]:
    """The cells for what is next, for what its key does, and for what is at risk: in full where there is room.

    Where there is not, the risks keep half of it, and what is next comes before what its key does.
    """
    risk = min(risk, max(room - text - does, room // 2))
    text = min(text, room - risk)
    return text, min(does, room - risk - text), risk


def _cropped(risk: tuple[Span, ...], width: int) -> tuple[Span, ...]:
    """How many risks there are, and of what they are as much as there is room for."""
    count, *texts = risk
    return (
        count,
        *((f"{cut(text.rstrip(), width - cell_len(count[0]) - 1)} ", role) for text, role in texts),
    )


def _does(view: View) -> str:
    """The key that goes on, and what it does; empty where nothing but looking or waiting does."""
    step = view.glance.next
    if step.operation:
        return f"r runs: {step.operation}, plan first"
    if step.command:
        return f"r runs: {visible_argv(step.command)}"
    return _KEYS.get(step.step, "")


_KEYS = {
    "enter": "> begins it",
    "decide": "W answers",
    "resolve": "> asks how you know",
    "close": "> closes it",
    "export": "p shows it, x writes it",
}
"""What goes on between items."""


def _risk(view: View, marks: Signs) -> tuple[Span, ...]:
    risks = view.glance.risks
    if not risks:
        return (("RISK 0 ", "dim"), (" nothing known ", "dim"))
    worst = "over" if any(risk.level == "over" for risk in risks) else "risk"
    texts = f" {marks.dot} ".join(clean(risk.text, 60) for risk in risks)
    return ((f"RISK {marks.risk}{len(risks)} ", worst), (f" {texts} ", "text"))


def window_name(view: View) -> str:
    """What the terminal's window is called: the incident and how far it is."""
    answers = view.glance
    left = (
        f"{answers.phase_number}/{answers.phase_count}" if answers.phase_number else view.case.incident.status
    )
    return f"{view.case.incident.severity} {view.case.id} {left}"
