"""Times of a document that cannot all be kept."""

from __future__ import annotations

from collections.abc import Iterator

from hotfix_tui.importing import words
from hotfix_tui.importing.understood import Notice, Phase, Severity, Understood

DAY = 1440
AFTERWARDS = (7, 8)
"""The places, in the usual order of an emergency, of watching and of learning."""


def waits(document: Understood) -> Iterator[Notice]:
    """What must be waited for fits into the time to resolve (S0.TRP.1)."""
    for severity in document.severities:
        long = [(_wait(phase, severity), phase) for phase in document.phases]
        total = sum(wait for wait, _ in long)
        if severity.resolve and total >= severity.resolve[1] and total:
            phase = max(long, key=lambda one: one[0])[1]
            yield Notice(
                "wait-over-resolution",
                phase.origin.first,
                f"{severity.id} is to be resolved within {_hours(severity.resolve[1])}, but {_hours(total)} must be waited.",
                "Say at which moment the fix counts as being with users, or shorten the wait.",
            )


def _wait(phase: Phase, severity: Severity) -> int:
    by = dict(phase.waits)
    return by.get(severity.id, phase.wait[0] if phase.wait and not by else 0)


def sums(document: Understood) -> Iterator[Notice]:
    """The phases' times sum to no more than the whole may take (S1.TRP.1, S2.TRP.3, S3.TRP.1)."""
    counted = [p for p in document.phases if not _is_watch(p)]
    spans = [p.minutes for p in counted if p.minutes]
    maxima = [p.maximum for p in counted if p.maximum]
    most = sum(maxima) if maxima else sum(span[1] for span in spans)
    least = sum(span[0] for span in spans)
    if len(spans) + len(maxima) < 3:
        return
    if document.total and most > document.total[1]:
        yield _over(document, most, f"the whole, {_hours(document.total[1])}")
    for severity in document.severities:
        if severity.resolve and severity.hotfix is not False and least > severity.resolve[1]:
            yield _over(
                document,
                least,
                f"{severity.id} may take, {_hours(severity.resolve[1])}, even at the shortest",
            )


def _is_watch(phase: Phase) -> bool:
    """Whether a phase is the watch of days after the fix is out: it counts in no sum."""
    return bool(phase.minutes and phase.minutes[1] >= DAY and words.stage(phase.title) in AFTERWARDS)


def _over(document: Understood, total: int, whole: str) -> Notice:
    return Notice(
        "sum-over-limit",
        document.phases[0].origin.first,
        f"The phases' times sum to {_hours(total)}: more than {whole}.",
        "Shorten phases, let some run side by side, or give the whole more time.",
    )


def differing(document: Understood) -> Iterator[Notice]:
    """A severity has the same times wherever it is described (S3.TRP.2)."""
    for severity in document.severities:
        for line in severity.differs[:3]:
            yield Notice(
                "severity-differs",
                line,
                f"{severity.id} has other times here than in line {severity.origin.first}.",
                "Say its times once, or make them equal.",
            )


def only_once(document: Understood) -> Iterator[Notice]:
    """Every severity is described where the others are (S3.TRP.3)."""
    main = [one for one in document.severities if one.origin.last > one.origin.first]
    if 2 <= len(main) < len(document.severities):
        for one in document.severities:
            if one not in main:
                yield Notice(
                    "severity-only-in-table",
                    one.origin.first,
                    f"{one.id} stands only in a table; the other severities have a description.",
                    "Describe it beside the others, or take it out.",
                )


def steps_and_times(document: Understood) -> Iterator[Notice]:
    """Every step has a time, where most have (S2.TRP.6)."""
    timed = [p for p in document.phases if p.minutes or p.target or p.maximum]
    if 3 <= len(timed) < len(document.phases):
        names = ", ".join(p.name for p in document.phases if p not in timed)
        first = next(p for p in document.phases if p not in timed)
        yield Notice(
            "phase-untimed",
            first.origin.first,
            f"Without a time: {names}; the other phases have one.",
            "Give them a time, or none to all of them.",
        )


def _hours(minutes: int) -> str:
    if minutes % 1440 == 0 and minutes > 2880:
        return f"{minutes // 1440} days"
    return (
        f"{minutes // 60} h {minutes % 60} min".replace(" 0 min", "") if minutes >= 60 else f"{minutes} min"
    )
