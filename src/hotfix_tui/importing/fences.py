"""Fences, front matter and comments are cut out of the text before anything else is read.

Strict parsing loses what people write: a fence inside a template's fence, a fence that is never closed, a whole file
inside one. The cut leaves one mark where the part stood, so that every other line keeps its number.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from hotfix_tui.domain.record import record
from hotfix_tui.importing.understood import Repair

Kind = Literal["fence", "front", "comment"]
MARK = "\ue0f5"
"""Stands, with the part's number, where a part was cut out."""
TEMPLATE = frozenset({"", "text", "txt", "markdown", "md", "plain", "plaintext", "mdx", "gfm"})
"""Languages of fences in which another fence may stand."""
MOST_MARKS, MOST_WORDS, MOST_BLANK = 120, 3, 3
"""How many marks of fences are looked at for the end of one, how many words a language has, how long an empty fence is."""
_PREFIX = r"(?P<before>(?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])[ \t])*)"
_OPEN = re.compile(rf"^{_PREFIX}(?P<mark>`{{3,}}|~{{3,}})[ \t]*(?P<info>[^`\n]*)$")
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+\S")
_KEYED = re.compile(r"^(\s*[\w.-]+\s*[:=]|\s*-\s|\s*#|\s*$|\s+\S|[\]}])")


@record(frozen=True, slots=True)
class Part:
    """Something that was cut out of the text."""

    kind: Kind
    language: str
    """The first word behind the fence's marks, in small letters."""
    text: str
    """What is inside, without the fence and its indentation."""
    first: int
    """The line of the opening mark."""
    last: int
    """The line of the closing mark."""
    inner: tuple[int, ...] = ()
    """The line numbers of the text's lines."""


@record(frozen=True, slots=True)
class Cut:
    """The text without the parts, as many lines as before."""

    lines: tuple[str, ...]
    parts: tuple[Part, ...]
    repairs: tuple[Repair, ...]


@record(frozen=True, slots=True)
class _Mark:
    """A line that may open or close a fence."""

    before: str
    mark: str
    info: str

    @property
    def language(self) -> str:
        words = self.info.strip().strip("{}.").split()
        return re.split(r"[,:{]", words[0])[0].lower() if words else ""

    def closes(self, opened: _Mark) -> bool:
        """Whether this is the closing mark of `opened`."""
        return (
            not self.info.strip()
            and self.mark[0] == opened.mark[0]
            and len(self.mark) >= len(opened.mark)
            and not re.search(r"[-*+.)]", self.before)
        )


def cut(text: str) -> Cut:
    """The text with fences, front matter and comments cut out."""
    lines = text.replace(MARK, "\ufffd").split("\n")
    unwrapped = _whole_file(lines)
    repairs = [unwrapped] if unwrapped else []
    return _Cutter(lines, repairs).run()


def _whole_file(lines: list[str]) -> Repair | None:
    """Takes off a fence around the whole file, in place."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    if len(filled) < 3:
        return None
    first, last = filled[0], filled[-1]
    opened = _mark(lines[first])
    if opened is None or opened.before.strip() or opened.language not in TEMPLATE:
        return None
    body = lines[first + 1 : last + 1]
    if not any(_HEADING.match(line) for line in body[:5]):
        return None
    end = _closing(_Marks(lines), lines, first, opened)
    if end is not None and end < last:
        return None
    lines[first] = ""
    if end is not None:
        lines[end] = ""
    return Repair("whole-file-fence", first + 1, 1, "a fence around the whole file was taken off")


def _mark(line: str) -> _Mark | None:
    if "```" not in line and "~~~" not in line:
        return None
    found = _OPEN.match(line)
    return _Mark(found["before"], found["mark"], found["info"]) if found else None


class _Marks(dict[int, _Mark]):
    """The lines that may open or close a fence, by index."""

    def __init__(self, lines: list[str]) -> None:
        found = ((n, _mark(line)) for n, line in enumerate(lines))
        super().__init__({n: mark for n, mark in found if mark})
        self.numbers = list(self)

    def after(self, first: int) -> list[int]:
        """Where the next marks are; more than this many are in no fence that a person wrote."""
        start = bisect_right(self.numbers, first)
        return self.numbers[start : start + MOST_MARKS]


def _closing(marks: _Marks, lines: list[str], first: int, opened: _Mark) -> int | None:
    """The index of the line that closes the fence opened at `first`; None where none does."""
    end = _quote_end(lines, first) if ">" in opened.before else len(lines)
    stack = [opened]
    nests = opened.language in TEMPLATE
    for n in marks.after(first):
        if n >= end:
            break
        mark = marks[n]
        if nests and mark.language and len(mark.info.split()) <= MOST_WORDS:
            stack.append(mark)
        elif mark.closes(stack[-1]):
            if len(stack) == 1 and nests and opened.language and _pair_follows(marks, lines, n):
                stack.append(mark)
                continue
            stack.pop()
            if not stack:
                return n
    return end - 1 if end < len(lines) else None


def _quote_end(lines: list[str], first: int) -> int:
    """The index of the first line after the quote."""
    return next((n for n in range(first, len(lines)) if not lines[n].lstrip().startswith(">")), len(lines))


def _pair_follows(marks: _Marks, lines: list[str], at: int) -> bool:
    """Whether the bare mark opens an inner fence: the next two marks are bare, and nothing stands between them."""
    following = marks.after(at)[:2]
    if len(following) < 2 or any(marks[n].info.strip() for n in following):
        return False
    between = lines[following[0] + 1 : following[1]]
    return len(between) <= MOST_BLANK and not any(line.strip() for line in between) and following[0] > at + 1


class _Cutter:
    """One pass over the lines."""

    def __init__(self, lines: list[str], repairs: list[Repair]) -> None:
        self.lines = lines
        self.marks = _Marks(lines)
        self.parts: list[Part] = []
        self.repairs = repairs

    def run(self) -> Cut:
        """Everything cut out."""
        n = self._front()
        hopeless = False
        while n < len(self.lines):
            mark = self.marks.get(n)
            if mark is not None:
                n = self._fence(n, mark)
            elif not hopeless and self.lines[n].lstrip().startswith("<!--"):
                after = self._comment(n)
                hopeless, n = after is None, n + 1 if after is None else after
            else:
                n += 1
        return Cut(tuple(self.lines), tuple(self.parts), tuple(self.repairs))

    def _front(self) -> int:
        """Cuts out front matter; the index of the line after it."""
        first = next((n for n, line in enumerate(self.lines) if line.strip()), 0)
        fence = self.lines[first].rstrip()
        if fence not in ("---", "+++"):
            return 0
        for n in range(first + 1, min(first + 200, len(self.lines))):
            if self.lines[n].rstrip() in (fence, "..."):
                inside = self.lines[first + 1 : n]
                if (
                    inside
                    and all(_KEYED.match(line) for line in inside)
                    and any(":" in i or "=" in i for i in inside)
                ):
                    self._put("front", "", first, n, inside, "")
                    return n + 1
                return 0
        return 0

    def _comment(self, first: int) -> int | None:
        for n in range(first, len(self.lines)):
            if "-->" in self.lines[n]:
                rest = self.lines[n].split("-->", 1)[1]
                if rest.strip():
                    return n + 1 if n == first else self._comment_with_rest(first, n, rest)
                self._put("comment", "", first, n, self.lines[first : n + 1], "")
                return n + 1
        return None

    def _comment_with_rest(self, first: int, last: int, rest: str) -> int:
        self._put("comment", "", first, last - 1, self.lines[first:last], "")
        self.lines[last] = rest
        return last + 1

    def _fence(self, first: int, opened: _Mark) -> int:
        last = _closing(self.marks, self.lines, first, opened)
        early = self._lost_end(first, last, opened)
        if early is not None:
            last = early
            told = f"the fence opened in line {first + 1} was never closed; it ends before line {early + 2}"
            self.repairs.append(Repair("fence", first + 1, 1, told))
            inside = self.lines[first + 1 : last + 1]
        elif last is None:
            last = len(self.lines) - 1
            self.repairs.append(
                Repair("fence", first + 1, 1, f"the fence opened in line {first + 1} was never closed")
            )
            inside = self.lines[first + 1 :]
        else:
            quoted = ">" in opened.before and last not in self.marks
            inside = self.lines[first + 1 : last + (1 if quoted else 0)]
        self._put("fence", opened.language, first, last, inside, opened.before)
        return last + 1

    def _lost_end(self, first: int, last: int | None, opened: _Mark) -> int | None:
        """Where a fence ends whose closing mark is missing: before the blank line and heading that follow it."""
        code = opened.language not in TEMPLATE
        end = len(self.lines) if last is None else last
        if last is not None and not (code and self._opens_inside(first, last)):
            return None
        for n in range(first + 2, end):
            found = _HEADING.match(self.lines[n])
            if found and not self.lines[n - 1].strip() and (len(found[1]) > 1 or not code):
                return n - 1
        return None

    def _opens_inside(self, first: int, last: int) -> bool:
        """Whether another fence with a language begins inside, as it does where the end of this one is missing."""
        return any(
            self.marks[n].language and not self.marks[n].before.strip()
            for n in self.marks.after(first)
            if n < last
        )

    def _put(self, kind: Kind, language: str, first: int, last: int, inside: list[str], before: str) -> None:
        start = last - len(inside) + 1 if kind == "comment" else first + 1
        numbers = tuple(range(start + 1, start + 1 + len(inside)))
        text = "\n".join(_dedented(inside, before))
        self.lines[first] = f"{before}{MARK}{len(self.parts)}"
        for n in range(first + 1, last + 1):
            self.lines[n] = ">" if ">" in before else ""
        self.parts.append(Part(kind, language, text, first + 1, last + 1, numbers))


def _dedented(lines: list[str], before: str) -> list[str]:
    if ">" in before:
        lines = [re.sub(r"^\s*>+ ?", "", line) for line in lines]
        before = before.rpartition(">")[2]
    width = len(before.expandtabs(4))
    return [_less(line, width) for line in lines]


def _less(line: str, width: int) -> str:
    """The line without up to `width` leading blanks."""
    whole = line.expandtabs(4) if line.startswith("\t") else line
    return whole[min(width, len(whole) - len(whole.lstrip(" "))) :]
