"""`hotfix suspects`: which commits may have broken it, why, and whether each reverts cleanly."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, tell
from hotfix_tui.cli.session import current
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.frames import LONGEST
from hotfix_tui.domain.text import NAME, TITLE, clean

if TYPE_CHECKING:
    from hotfix_tui.domain.suspects import Suspect
    from hotfix_tui.ports import Site
    from hotfix_tui.service.suspects import DryRun, Lineup


@click.command(cls=CommandBase, name="suspects")
@click.option(
    "--trace", default="", metavar="FILE", help="A stack trace or a slice of a log; - reads it here."
)
@click.option("--good", default="", metavar="TAG", help="The last good release; else the one before.")
@click.option(
    "--bad", default="", metavar="TAG", help="The bad one; else the incident's base, or the latest."
)
@click.option("--limit", default=10, type=click.IntRange(1, 500), metavar="N", help="How many are shown.")
@click.option("--show", default="", metavar="COMMIT", help="Print what this one of them changes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def suspects_command(trace: str, good: str, bad: str, limit: int, show: str, as_json: bool) -> None:
    """Rank the commits between the last good and the bad release, the likeliest first, each with its reasons.

    Files that a trace names weigh most, whatever language wrote it; then size and age. Merges stand apart, at the end.
    A dry run says whether each reverts cleanly on HEAD; nothing is touched. Works without an incident, too.
    """
    from hotfix_tui.cli.versions import here, placed
    from hotfix_tui.service.suspects import dry_run, line_up

    session = current()
    playbook, folder, declared = placed(session, here(session))
    site = session.services.find_site(folder)
    found = line_up(site, playbook, good=good, bad=bad, base=declared[0], trace=_read(trace))
    if show:
        _print_one(site, found, show)
        return
    listed = [(one, dry_run(site, one.made)) for one in found.suspects[:limit]]
    if as_json:
        emit(
            good=found.good,
            bad=found.bad,
            places=[{"path": one.path, "line": one.line} for one in found.places],
            cut=found.cut,
            count=len(found.suspects),
            suspects=[_data(one, tried) for one, tried in listed],
        )
        return
    _say(found, listed)
    if trace and not found.places:
        tell("The trace names no place in a file that could be read.")


def _read(trace: str) -> str:
    """The beginning of the trace. Raises: PortFailure when the file cannot be read."""
    if not trace:
        return ""
    if trace == "-":
        return sys.stdin.buffer.read(LONGEST).decode("utf-8", "replace")
    try:
        with Path(trace).open(encoding="utf-8", errors="replace") as file:
            return file.read(LONGEST)
    except OSError as error:
        raise PortFailure("--trace", f"{clean(trace, NAME)} cannot be read: {error.strerror}.") from error


def _print_one(site: Site, found: Lineup, wanted: str) -> None:
    oids = [one.made.oid for one in found.suspects if one.made.oid.startswith(wanted.lower())]
    if len(oids) != 1:
        raise click.UsageError(
            f"{'Several suspects' if oids else 'No suspect'} begin with “{clean(wanted, NAME)}”."
        )
    say(site.history.shown(oids[0]))


def _say(found: Lineup, listed: list[tuple[Suspect, DryRun]]) -> None:
    say(found.heading, *((f"the trace names {found.named}",) if found.named else ()))
    for place, (one, tried) in enumerate(listed, 1):
        made = one.made
        say(
            f"{place:>3}. {made.oid[:9]} {clean(made.subject, TITLE)}  ({made.at:%m-%d %H:%M}Z {clean(made.author, NAME)})",
            *(f"     {reason}" for reason in one.reasons),
            f"     {tried.words}",
        )
    left = len(found.suspects) - len(listed)
    if left:
        tell(f"{left} more: --limit {len(found.suspects)}")


def _data(one: Suspect, tried: DryRun) -> dict[str, object]:
    made = one.made
    return {
        "oid": made.oid,
        "subject": made.subject,
        "author": made.author,
        "at": made.at.isoformat(),
        "merge": made.parents > 1,
        "score": one.score,
        "reasons": list(one.reasons),
        "named": list(one.named),
        "files": len(made.files),
        "lines": made.lines,
        "reverts": {"clean": tried.clean, "idle": tried.idle, "conflicts": list(tried.conflicts)},
    }
