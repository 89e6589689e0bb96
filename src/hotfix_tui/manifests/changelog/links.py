"""Links of a changelog's versions: a new one is made from its neighbour's, and "unreleased" starts at the new version."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotfix_tui.domain.record import record

_REFERENCE = re.compile(r" {0,3}\[(?P<name>[^\]]+)\]:[ \t]*(?P<url>\S+)")
_IN_URL = re.compile(r"[0-9]+(?:\.[0-9]+)+(?:-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)?")


@record(frozen=True, slots=True)
class Reference:
    """A link that is kept at the end, by the name in brackets."""

    line: int
    """Counted from 0."""
    name: str
    url: str


def references(lines: Sequence[str]) -> tuple[Reference, ...]:
    """All link references, in their order."""
    found = ((number, _REFERENCE.match(line)) for number, line in enumerate(lines))
    return tuple(Reference(number, match["name"], match["url"]) for number, match in found if match)


def next_url(url: str, lower: str, new: str) -> str:
    """The link of `new` made from that of the version below it; empty when there is no telling.

    A comparison `1.2.2...1.2.3` becomes `1.2.3...1.2.4`, a page about 1.2.3 becomes one about 1.2.4.
    """
    named = tuple(dict.fromkeys(_IN_URL.findall(url)))
    if lower not in named:
        return ""
    older = [version for version in named if version != lower]
    if len(older) > 1:
        return ""
    swap = {lower: new, **dict.fromkeys(older, lower)}
    return _IN_URL.sub(lambda match: swap[match[0]], url)


def moved_start(url: str, lower: str, new: str) -> str:
    """The comparison that started at `lower`, starting at `new`; as it is when it did not start there."""
    if tuple(dict.fromkeys(_IN_URL.findall(url))) != (lower,):
        return url
    return _IN_URL.sub(new, url)
