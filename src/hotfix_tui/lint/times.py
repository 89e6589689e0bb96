"""Times that cannot all be kept: waits and sums of phases against the clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import Phase, Playbook, Severity
from hotfix_tui.lint.finding import Fault, Path, World
from hotfix_tui.lint.places import counted, hotfixes

_ZERO = timedelta(0)
_SUMS = (("least", "shortest times"), ("target", "targets"), ("maximum", "maxima"))
"""A phase's key to what its sum is called, the hardest first."""


def waits(playbook: Playbook, world: World) -> Iterator[Fault]:
    """What must be waited for fits into the time to resolve (S0.TRP.1)."""
    places = counted(playbook) or ()
    for _, severity in hotfixes(playbook):
        times = [
            (*_wait(playbook.phases[n], severity), n)
            for n in places
            if playbook.phases[n].when.holds(severity.id, ())
        ]
        total = sum((time for time, _, _ in times), _ZERO)
        if severity.resolve and total > severity.resolve:
            time, key, place = max(times)
            yield Fault(
                ("phase", place, *key),
                f"{severity.id} is to be with users within {spoken(severity.resolve)}, "
                f"but its phases wait {spoken(total)} at least, {spoken(time)} of it here.",
                "Say with “resolved_when” at which moment the fix counts as being with users, shorten the wait, "
                "or give the severity a longer “resolve”.",
            )


def _wait(phase: Phase, severity: Severity) -> tuple[timedelta, tuple[str | int, ...]]:
    """How long the phase lasts at least, and the key that says so."""
    own = phase.wait_at(severity.id)
    by = severity.id in (phase.minimum_wait_by or {})
    found: list[tuple[timedelta, tuple[str | int, ...]]] = [
        (own or _ZERO, ("minimum_wait_by", severity.id) if by else ("minimum_wait",))
    ]
    for n, item in enumerate(phase.items):
        if item.required and item.kind in ("wait", "recurring") and item.when.holds(severity.id, ()):
            key = "wait" if item.kind == "wait" else "lasts"
            found.append((getattr(item, key) or _ZERO, ("item", n, key)))
    return max(found)


def sums(playbook: Playbook, world: World) -> Iterator[Fault]:
    """The phases' times sum to no more than the budget and the time to resolve (S1.TRP.1, S2.TRP.3, S3.TRP.1)."""
    places = counted(playbook)
    counting = [playbook.phases[n] for n in places or ()]
    if budget := playbook.budget:
        whole = playbook.phases if places is None else counting
        always = [phase for phase in whole if not phase.when.flags and not phase.when.severities]
        yield from _too_long(always, ("budget", "target"), budget.target, _SUMS[:2])
        yield from _too_long(always, ("budget", "maximum"), budget.maximum, _SUMS[2:])
    for n, severity in hotfixes(playbook):
        if severity.resolve:
            phases = [phase for phase in counting if phase.when.holds(severity.id, ())]
            yield from _too_long(phases, ("severity", n, "resolve"), severity.resolve, _SUMS)


def _too_long(
    phases: list[Phase], path: Path, limit: timedelta, keys: tuple[tuple[str, str], ...]
) -> Iterator[Fault]:
    """The first sum that is above the limit."""
    for key, called in keys:
        total = sum((getattr(phase, key) or _ZERO for phase in phases), _ZERO)
        if total > limit:
            yield Fault(
                path,
                f"The phases' {called} sum to {spoken(total)}, which is more than {spoken(limit)}.",
                f"Shorten the phases' “{key}”, or give more time here.",
            )
            return
