"""The machine's clock against the one that counts here: a change of it is told until somebody says that they know."""

from __future__ import annotations

from datetime import timedelta

from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.glance import Risk
from hotfix_tui.domain.moments import SKEW


def clock_risks(drift: timedelta, known: timedelta) -> tuple[Risk, ...]:
    """The risk that the machine's clock was changed, where it has moved by more than SKEW since it was `known`.

    `drift` is how far the wall clock has jumped ahead since the start. The clocks here go on counting without it.
    """
    moved = drift - known
    return (Risk(f"clock changed by {spoken(moved)}", "over"),) if abs(moved) > SKEW else ()
