"""The picture of "Ready?" on home: what is wrong first and in full, then what is well, in as few rows as it takes."""

from __future__ import annotations

from collections.abc import Sequence

from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.service.health import Finding
from hotfix_tui.tui.marks import Signs
from hotfix_tui.tui.widgets.rows import Row, row
from hotfix_tui.tui.widgets.sheet import folded

NAME_WIDTH = 13
MOST = 8
"""Rows at most; `hotfix doctor` shows all of it."""
ALONE = ("playbook", "repository")
"""What has a row of its own also when all is well."""


def readiness(found: Sequence[Finding], marks: Signs, width: int, *, looking: bool) -> tuple[Row, ...]:
    """The rows at this width; `looking` says that some of it is not known yet."""
    bad = [line for one in found if one.state != "ok" for line in _trouble(one, marks, width)]
    well = [one for one in found if one.state == "ok"]
    own = [_well(one) for one in well if one.name in ALONE]
    others = ", ".join(clean(one.name, 20) for one in well if one.name not in ALONE)
    rest = [Row(((f"{'well':<{NAME_WIDTH}}", "dim"), (others, "text")))] if others else []
    waiting = [row("looking", "dim")] if looking else []
    return tuple([*bad, *own, *rest, *waiting][:MOST])


def _well(one: Finding) -> Row:
    return Row(((f"{one.name:<{NAME_WIDTH}}", "dim"), (clean(one.text, TITLE), "text")))


def _trouble(one: Finding, marks: Signs, width: int) -> list[Row]:
    """The whole sentence, folded, and what to do about it."""
    role = "over" if one.state == "fail" else "risk"
    said = f"{one.text} ({one.hint})" if one.hint else one.text
    first, *more = folded(clean(said, 2 * TITLE), width - NAME_WIDTH)
    name = f"{marks.risk} {one.name}"
    return [
        Row(((f"{name:<{NAME_WIDTH}}", role), (first, "text"))),
        *(row(" " * NAME_WIDTH + line) for line in more),
    ]
