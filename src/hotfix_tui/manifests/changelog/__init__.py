"""Changelogs: an entry inserted where it belongs, in the style of its neighbours; every other byte stays (S2.VER.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests.changelog.headings import Heading, headings, order
from hotfix_tui.manifests.changelog.links import moved_start, next_url, references
from hotfix_tui.manifests.changelog.style import Entry, Style, body_like, heading_like, parse_entry, style_of
from hotfix_tui.manifests.files import text_of
from hotfix_tui.manifests.found import at
from hotfix_tui.manifests.preview import diff


@record(frozen=True, slots=True)
class Entered:
    """A changelog before and after, byte for byte."""

    path: str
    before: bytes
    after: bytes
    line: int
    """The line of the version's heading, counted from 1."""
    notes: tuple[str, ...] = ()

    @property
    def preview(self) -> str:
        """The new lines, safe to show."""
        return diff(self.path, self.before.decode(), self.after.decode())


def find(path: str, data: bytes, version: str) -> int:
    """The line, counted from 1, of the version's heading; 0 when it has no entry. Raises: Refused."""
    lines = _lines(text_of(path, data))
    return next((one.line + 1 for one in headings(lines) if _same(one, version)), 0)


def enter(path: str, data: bytes, entry: str, version: str, day: date) -> Entered:
    """The changelog with the entry, newest first below "unreleased", or in the order that it has.

    An entry for the version that is there already is told and not doubled. `data` is empty for a new file.
    Raises: Refused when there is nothing to enter, or the file is no text.
    """
    if not entry.strip():
        raise Refused("The playbook has no text for the changelog; write version.changelog_entry first.")
    text = text_of(path, data) or "# Changelog\n"
    mark = text[: len(text) - len(text.removeprefix("\ufeff"))]
    lines = _lines(text.removeprefix(mark))
    found = headings(lines)
    there = next((one for one in found if _same(one, version)), None)
    if there:
        note = f"{at(path, there.line + 1)} has an entry for {clean(version, NAME)}: no second one is added"
        return Entered(path, data, data, there.line + 1, (note,))
    parsed = parse_entry(entry)
    versions = tuple(one for one in found if one.version)
    if versions:
        spot, neighbour = _spot(lines, found, versions, version)
        style = style_of(lines, found, neighbour)
        made, gap = _entry(parsed, style, neighbour, version, day), style.gap
    else:
        spot = _spot_of_the_first(lines, found)
        made, gap = _first(parsed, version, day, headed=any(one.level for one in found)), 1
    lower = _below(versions, version)
    linked, notes = _linked(path, lines, lower, version)
    after, line = _inserted(linked, spot, made, gap, "\r\n" if lines and lines[0].endswith("\r\n") else "\n")
    return Entered(path, data, (mark + "".join(after)).encode(), line + 1, notes)


def _lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one."""
    return [line for line in re.split(r"(?<=\n)", text) if line]


def _same(heading: Heading, version: str) -> bool:
    return bool(heading.version) and order(heading.version) == order(version)


def _below(versions: Sequence[Heading], version: str) -> Heading | None:
    """The heading of the highest version that is lower."""
    lower = [one for one in versions if order(one.version) < order(version)]
    return max(lower, key=lambda one: order(one.version), default=None)


def _spot(
    lines: Sequence[str], found: Sequence[Heading], versions: Sequence[Heading], version: str
) -> tuple[int, Heading]:
    """The line before which the entry goes, and the heading that it is to look like."""
    rising = len(versions) > 1 and order(versions[0].version) < order(versions[-1].version)
    higher_or_lower = [one for one in versions if (order(one.version) < order(version)) is not rising]
    if higher_or_lower:
        return _above_anchors(lines, higher_or_lower[0].line), _below(versions, version) or higher_or_lower[0]
    return _end_of(lines, found, versions[-1]), versions[-1]


def _above_anchors(lines: Sequence[str], number: int) -> int:
    """Above the anchors that belong to the heading on that line."""
    while number and lines[number - 1].lstrip().startswith("<a "):
        number -= 1
    return number


def _end_of(lines: Sequence[str], found: Sequence[Heading], heading: Heading) -> int:
    """Where the heading's section ends: at one of the same depth, or where only links and blank lines follow."""
    after = (one.line for one in found if one.line > heading.line and one.level <= heading.level)
    end = next(after, len(lines))
    of_links = {reference.line for reference in references(lines)}
    while end - 1 in of_links or (end and not lines[end - 1].strip()):
        end -= 1
    return end


def _spot_of_the_first(lines: Sequence[str], found: Sequence[Heading]) -> int:
    """Below "unreleased", else below the introduction, else above everything."""
    unreleased = next((one for one in found if one.is_unreleased), None)
    if unreleased:
        return _end_of(lines, found, unreleased)
    if not found:
        return 0
    title = found[0]
    after = [one.line for one in found if one.line > title.line]
    return after[0] if after else _end_of(lines, found, title)


def _first(parsed: Entry, version: str, day: date, *, headed: bool) -> list[str]:
    """The very first entry, as Keep a Changelog writes it; in a file without headings as plain lines."""
    like = Heading(0, 1, 2 if headed else 0, "", version=version, before="[" if headed else "")
    words = f"{like.before}{version}{']' if headed else ''} - {day.isoformat()}{parsed.suffix}"
    head = f"{'#' * like.level} {words}".lstrip()
    style = Style() if headed else Style(level=0, below=None, air=False)
    return [head, *([""] if style.air else []), *body_like(parsed, style)]


def _entry(parsed: Entry, style: Style, neighbour: Heading, version: str, day: date) -> list[str]:
    head = heading_like(neighbour, version, day, parsed.suffix)
    return [*head, *([""] if style.air else []), *body_like(parsed, style)]


def _inserted(lines: list[str], spot: int, made: list[str], gap: int, end: str) -> tuple[list[str], int]:
    """The lines with the entry before line `spot`, with its blank lines around, and the line that it starts on."""
    above, below = lines[:spot], lines[spot:]
    if above and not above[-1].endswith("\n"):
        above[-1] += end
    if above and above[-1].strip():
        above += [end] * gap
    entry = [line + end for line in made]
    if below and below[0].strip():
        entry += [end] * gap
    return [*above, *entry, *below], len(above)


def _linked(
    path: str, lines: list[str], lower: Heading | None, version: str
) -> tuple[list[str], tuple[str, ...]]:
    """The lines with the version's link among those at the end, when the version below it has one there."""
    known = references(lines)
    like = next((one for one in known if lower and one.name.removeprefix("v") == lower.version), None)
    if like is None or lower is None:
        return lines, ()
    url = next_url(like.url, lower.version, version)
    if not url:
        return lines, (
            f"{at(path, like.line + 1)} does not tell what the link of {clean(version, NAME)} would be",
        )
    changed = list(lines)
    for one in known:
        if one.name.lower() == "unreleased":
            changed[one.line] = lines[one.line].replace(one.url, moved_start(one.url, lower.version, version))
    name = like.name.replace(lower.version, version)
    new = lines[like.line].replace(f"[{like.name}]", f"[{name}]", 1).replace(like.url, url)
    changed[like.line] = new if new.endswith("\n") else new + "\n"
    changed[like.line] += lines[like.line]
    return changed, ()
