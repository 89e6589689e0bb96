"""The places in files that a trace, a panic or a slice of a log names, whatever language wrote it."""

from __future__ import annotations

import re

from hotfix_tui.domain.record import record

LONGEST, MOST = 400_000, 500
"""The characters of a trace that are read, and the places that are taken from it."""
_LINE = 2000
"""The characters of one line that are read."""

_PATH = r"(?:[A-Za-z]:)?[\w@%+~./\\\[\]$-]*[\w\]$-]\.[A-Za-z]\w{0,9}"
_FORMS = (
    re.compile(r'File "(?P<path>[^"\n]{1,500})", line (?P<line>\d{1,7})'),  # Python
    re.compile(
        r"at (?P<type>[\w.$/]{1,300})\.[\w$<>]{1,200}\((?P<path>[\w$]{1,200}\.\w{1,10}):(?P<line>\d{1,7})\)"
    ),
    re.compile(rf"\bin (?P<path>{_PATH}):line (?P<line>\d{{1,7}})"),  # .NET
    re.compile(rf"(?P<path>{_PATH})(?:\?\w*)?[:(](?P<line>\d{{1,7}})"),  # JavaScript, Rust, Go, Ruby, C, PHP
)
"""The first form that a line has is taken; the second one is Java's, whose folders stand in the class."""
_AROUND = re.compile(r"^(?:[a-z][a-z0-9+.-]*:/*)?(?:[A-Za-z]:)?/*", re.IGNORECASE)
"""A scheme ("file://", "webpack:///"), a drive, the root."""


@record(frozen=True, slots=True)
class Frame:
    """A place in a file."""

    path: str
    """With "/" and without "." or ".."; untrusted text."""
    line: int

    @property
    def parts(self) -> tuple[str, ...]:
        """The folders and the name."""
        return tuple(self.path.split("/"))


def frames(text: str) -> tuple[Frame, ...]:
    """Each place once, in the order of the text."""
    found = (one for line in text[:LONGEST].splitlines() for one in _of_line(line[:_LINE]))
    every: dict[Frame, None] = {}
    for frame in found:
        every.setdefault(frame)
        if len(every) == MOST:
            break
    return tuple(every)


def _of_line(line: str) -> list[Frame]:
    for form in _FORMS:
        hits = [frame for match in form.finditer(line) if (frame := _frame(match))]
        if hits:
            return hits
    return []


def _frame(match: re.Match[str]) -> Frame | None:
    named = match.groupdict()
    path = named["path"].replace("\\", "/")
    if named.get("type"):
        folders = named["type"].rpartition("/")[2].split(".")[:-1]
        path = "/".join((*folders, path))
    path = _AROUND.sub("", path)
    parts = [part for part in path.split("/") if part not in ("", ".", "..")]
    return Frame("/".join(parts), int(named["line"])) if parts else None
