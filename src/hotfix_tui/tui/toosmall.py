"""What a window under 60x16 still says: the four answers, and that nothing is lost."""

from __future__ import annotations

from textual.geometry import Size

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.tui.view import View
from hotfix_tui.tui.widgets.rows import Row, Span, row
from hotfix_tui.tui.widgets.sheet import folded


def too_small(view: View, size: Size) -> tuple[Row, ...]:
    """The rows of the small screen."""
    glance, incident = view.glance, view.case.incident
    left = spoken(glance.left) if glance.left is not None else "no limit"
    place = (
        f"{glance.phase_number}/{glance.phase_count} {clean(glance.phase_title, 30)}"
        if glance.phase_number
        else ""
    )
    who = f"{clean(incident.severity, 12)} {clean(incident.id, NAME)}"
    drill: tuple[Span, ...] = (("DRILL", "reverse"), (" ", "text")) if incident.declared.drill else ()
    needs = f"hotfix needs 60x16; this window is {size.width}x{size.height}."
    return (
        row(),
        *(row(f" {line}", "bold") for line in folded(needs, size.width - 2)),
        row(),
        Row(((" ", "text"), *drill, (f"{who}  {incident.status.upper()}  {place}", "text"))),
        row(f" LEFT {left}"),
        row(f" NEXT {glance.next.label} {clean(glance.next.text, TITLE)}"),
        row(f" RISK {len(glance.risks)}"),
        row(),
        row(" The clock is running. Nothing is lost.", "dim"),
        row(" q quits   or try: hotfix status --watch", "dim"),
    )
