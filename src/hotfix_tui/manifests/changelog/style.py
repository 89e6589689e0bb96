"""How the neighbours of a new entry look, and the entry made to look like them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from hotfix_tui.domain.record import record
from hotfix_tui.manifests.changelog.dates import in_words
from hotfix_tui.manifests.changelog.headings import Heading, headings
from hotfix_tui.manifests.changelog.links import next_url

_BULLET = re.compile(r"( *)([-*+])( +)(?=\S)")
_INLINE_LINK = re.compile(r"(?<=\])\((?P<url>[^()\s]*)\)")

NEAR = 5
"""How many entries, from the neighbour on, say whether there are headings inside."""


@record(frozen=True, slots=True)
class Style:
    """What the entries of a changelog have in common."""

    level: int = 2
    """The depth of their headings; 0 for plain lines."""
    below: int | None = 1
    """How much deeper the headings inside are; None when there are none."""
    bullet: str = ""
    """The indent, mark and blanks of a list; empty when there is none to go by."""
    air: bool = True
    """Whether a blank line follows the heading."""
    inner_air: bool | None = None
    """Whether a blank line follows the headings inside; None when there is nothing to go by."""
    gap: int = 1
    """How many blank lines stand between two entries."""


@record(frozen=True, slots=True)
class Entry:
    """What is to be entered: its heading, apart from version and day, and its text."""

    suffix: str
    """What the heading says after version and day, such as " - HOTFIX"."""
    level: int
    body: tuple[str, ...]


def parse_entry(text: str) -> Entry:
    """The entry as the playbook writes it; without a heading of its own all of it is the text."""
    lines = text.strip("\r\n").splitlines()
    found = next((one for one in headings(lines) if one.version and not any(lines[: one.line])), None)
    if found is None:
        return Entry("", 2, tuple(lines))
    body = "\n".join(lines[found.line + found.lines :]).strip("\n").split("\n")
    return Entry(_suffix(found), found.level or 2, tuple(body))


def _suffix(heading: Heading) -> str:
    day = in_words(heading.after)
    rest = heading.after[day[1] :] if day else heading.after.lstrip("]")
    return rest.lstrip(")]").rstrip()


def style_of(lines: Sequence[str], found: Sequence[Heading], neighbour: Heading) -> Style:
    """The neighbour's looks, and where it says nothing those of the other entries."""
    versions = [heading for heading in found if heading.version]
    near = versions[versions.index(neighbour) :][:NEAR]
    firsts = ((over, _first_inside(found, over)) for over in near)
    inside = next(((over, one) for over, one in firsts if one), None)
    marks = [mark for line in lines[neighbour.line :] if (mark := _BULLET.match(line))]
    gaps = [_blank_before(lines, heading.line) for heading in versions[1:]]
    return Style(
        level=neighbour.level,
        below=inside[1].level - inside[0].level if inside else _usual(neighbour),
        bullet=marks[0][0] if marks else "",
        air=_blank_at(lines, neighbour.line + neighbour.lines),
        inner_air=_blank_at(lines, inside[1].line + inside[1].lines) if inside else None,
        gap=max(1, gaps[0]) if gaps else 1,
    )


def _usual(neighbour: Heading) -> int | None:
    """How deep headings inside are where no entry has one: Keep a Changelog, known by its brackets, wants them."""
    return 1 if neighbour.level and neighbour.before.startswith("[") else None


def _first_inside(found: Sequence[Heading], over: Heading) -> Heading | None:
    """The first heading of the version's section, which ends at the next version or at a heading that is less deep."""
    after = next((one for one in found if one.line > over.line), None)
    return after if after and not after.version and after.level >= over.level else None


def _blank_at(lines: Sequence[str], number: int) -> bool:
    return number >= len(lines) or not lines[number].strip()


def _blank_before(lines: Sequence[str], number: int) -> int:
    count = 0
    while count < number and not lines[number - 1 - count].strip():
        count += 1
    return count


def heading_like(neighbour: Heading, new: str, day: date, suffix: str) -> list[str]:
    """The heading of the new version as its neighbour's is, with the suffix of its own."""
    words = f"{neighbour.before}{new}{_after(neighbour, new, day)}{suffix}"
    if neighbour.underline:
        as_long = len(neighbour.underline) == len(neighbour.words)
        length = len(words) if as_long else max(len(neighbour.underline), len(words))
        return [words, neighbour.underline[0] * length]
    return [f"{'#' * neighbour.level} {words}".lstrip()]


def _after(neighbour: Heading, new: str, day: date) -> str:
    """What follows the version: brackets and link as the neighbour's, the day in its form; no remark of its own."""
    found = in_words(neighbour.after)
    before_day = neighbour.after[: found[0]] if found else neighbour.after
    link = _INLINE_LINK.search(before_day)
    if link:
        made = next_url(link["url"], neighbour.version, new)
        after_link = before_day[link.end() :] if found else ""
        kept = before_day[: link.start()]
        before_day = (f"{kept}({made})" if made else kept) + after_link
    if not found:
        return before_day if link else _closing(before_day)
    return _separator(before_day) + found[2](day) + _closing(neighbour.after[found[1] :])


def _separator(text: str) -> str:
    """What stands between version and day, without names that a version may have."""
    named = re.search(r"[^\W\d_]{2,}", re.sub(r"\([^()]*\)", "", text))
    if not named:
        return text
    last = re.search(r"[^\w]*$", text)
    return _closing(text) + (last[0] if last else " ")


def _closing(text: str) -> str:
    """The brackets and marks that close what stands before."""
    marks = re.match(r"[\])*_:]*", text)
    return marks[0] if marks else ""


def body_like(entry: Entry, style: Style) -> list[str]:
    """The entry's text with headings, bullets and blank lines as its neighbours have them."""
    lines = list(_restyled(entry, style))
    while lines and not lines[0]:
        del lines[0]
    return lines


def _restyled(entry: Entry, style: Style) -> Iterator[str]:
    inner = {heading.line: heading for heading in headings(entry.body)}
    skip = False
    for number, line in enumerate(entry.body):
        heading = inner.get(number)
        if skip and not line:
            continue
        skip = False
        if heading is None:
            yield _bulleted(line, style)
        elif style.below is not None and style.level:
            level = min(6, max(1, heading.level - entry.level - 1 + style.level + style.below))
            yield f"{'#' * level} {heading.words}"
            skip = style.inner_air is not None
            if style.inner_air:
                yield ""
        else:
            skip = True


def _bulleted(line: str, style: Style) -> str:
    """A line of a list with the neighbours' indent and mark."""
    if not style.bullet or not line:
        return line
    indent = style.bullet[: len(style.bullet) - len(style.bullet.lstrip())]
    mark = _BULLET.match(line)
    if mark:
        return f"{mark[1]}{style.bullet}{line[mark.end() :]}"
    return f"{indent}{line}" if line.startswith(" ") else line
