"""Text that cannot break out of the markdown around it: no HTML, link, heading, mention or fence of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hotfix_tui.domain.text import MESSAGE, clean

_SPACE = re.compile(r"\s+")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$@:=^/])")


def inline(text: str, limit: int = MESSAGE) -> str:
    """The text on one line, every character that markdown or a forge could act on escaped."""
    flat = _SPACE.sub(" ", clean(text, limit, multiline=True)).strip()
    safe = flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", safe)


def prose(text: str, limit: int = MESSAGE) -> str:
    """The text on one line for the middle of a sentence: only what markdown would act on there is escaped."""
    flat = _SPACE.sub(" ", clean(text, limit, multiline=True)).strip()
    safe = flat.replace("&", "&amp;").replace("<", "&lt;")
    safe = re.sub(r"([\\`*_\[\]|~$@^])", r"\\\1", safe)
    safe = re.sub(
        r"(?<=[A-Za-z])(:)(?=//)|(?<![\w&])(#)(?=\w)|(?i:(?<=www)(\.))", lambda m: "\\" + m.group(), safe
    )
    return re.sub(r"^([#+\-=:>]|\d+[.)](?=\s|$))", _escape_start, safe)


def _escape_start(match: re.Match[str]) -> str:
    found = match.group()
    return f"\\{found}" if len(found) == 1 else f"{found[:-1]}\\{found[-1]}"


def fence(text: str, info: str = "") -> str:
    """The text as a code block whose fence is longer than any in it."""
    body = clean(text, MESSAGE, multiline=True)
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    mark = "`" * max(longest + 1, 3)
    return f"{mark}{info}\n{body}\n{mark}"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table of finished cells."""
    lines = [_line(head), _line(tuple("---" for _ in head)), *(_line(row) for row in rows)]
    return "\n".join(lines)


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell or ' ' for cell in cells)} |"
