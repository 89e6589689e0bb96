"""Help: the keys of this pane, of everywhere, and what the marks mean; typing filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual import events
from textual.containers import VerticalScroll
from textual.widget import Widget

from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.tui.commands import COMMANDS, Command, shown
from hotfix_tui.tui.marks import MARKS
from hotfix_tui.tui.screens.dialog import Dialog
from hotfix_tui.tui.widgets.rows import Row, Span, cut, row, width_of
from hotfix_tui.tui.widgets.sheet import Sheet, folded

KEYLESS = "in :"
"""Stands for the keys of a command that only the palette has."""
KEYS_WIDTH = 10
"""Cells for the keys of one entry."""


@record(frozen=True, slots=True)
class Section:
    """A heading with entries of (keys, what they do)."""

    title: str
    entries: tuple[tuple[str, str], ...]


def sections(
    scope: str, name: str, keys: Mapping[str, str], *, ascii: bool, home: bool = False
) -> tuple[Section, ...]:
    """The sections for the pane with this scope and name; `keys` are the user's own, by command id."""
    base = "home" if home else "console"
    own = _section(
        f"{name} (this pane)", [c for c in COMMANDS if c.scope == scope != base], keys, ascii=ascii
    )
    screen = _section(
        "Home" if home else "Console", [c for c in COMMANDS if c.scope == base], keys, ascii=ascii
    )
    everywhere = _section("Everywhere", [c for c in COMMANDS if c.scope == "everywhere"], keys, ascii=ascii)
    found = (own, legend(ascii=ascii), everywhere, screen)
    return tuple(section for section in found if section.entries)


def _section(title: str, commands: Iterable[Command], keys: Mapping[str, str], *, ascii: bool) -> Section:
    return Section(title, tuple((key_names(c, keys, ascii=ascii), c.help) for c in commands))


def key_names(command: Command, keys: Mapping[str, str], *, ascii: bool) -> str:
    """The command's keys as a person knows them; the user's own where there are some."""
    own = keys.get(command.id)
    names = [key.strip() for key in own.split(",")] if own else list(command.keys)
    known = [_SHORT.get(key, "") or shown(key, ascii=ascii) for key in names[:2]]
    return " ".join(known) or KEYLESS


_SHORT = {"pagedown": "PgDn", "pageup": "PgUp", "ctrl+d": "^d", "ctrl+u": "^u", "ctrl+p": "^p"}
"""Keys whose names are too long for their column."""


def legend(*, ascii: bool) -> Section:
    """What the marks mean."""
    meanings = {
        "done": "done",
        "open": "open",
        "running": "running",
        "failed": "failed",
        "skipped": "skipped, with a reason",
    }
    meanings["waiting"] = "waits for somebody, or for evidence"
    entries = tuple((MARKS[state], text) for state, text in meanings.items())
    return Section("Marks", (*entries, ("!" if ascii else "▲", "at risk: the words say what")))


class HelpScreen(Dialog[None]):
    """Two columns of keys; any letter filters, esc closes."""

    BINDINGS = [("f1", "leave", "Close"), ("enter", "leave", "Close")]

    def __init__(self, given: tuple[Section, ...]) -> None:
        super().__init__("Help  (type to filter)", "esc closes")
        self._sections = given
        self._needle = ""

    def body(self) -> Iterable[Widget]:
        """The columns."""
        with VerticalScroll(can_focus=False):
            yield Sheet(self._picture)

    def on_key(self, event: events.Key) -> None:
        """Typing filters; what moves, scrolls."""
        by = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10, "home": -999, "end": 999}.get(event.key)
        if by is not None:
            self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
        elif event.key == "backspace":
            self._filter(self._needle[:-1])
        elif event.is_printable and event.character:
            self._filter((self._needle + event.character)[:40])
        else:
            return
        event.stop()

    def action_leave(self) -> None:
        """Clear the filter first."""
        if self._needle:
            self._filter("")
        else:
            self.dismiss(None)

    def _filter(self, needle: str) -> None:
        self._needle = needle
        note = "esc clears the filter" if needle else "esc closes"
        self.frame.head(f"Help  filter: {needle}_" if needle else "Help  (type to filter)", note)
        self.query_one(Sheet).redraw()

    def _picture(self, width: int) -> tuple[Row, ...]:
        found = tuple(part for section in self._sections if (part := self._fitting(section)).entries)
        if not found:
            return (row("nothing fits the filter", "dim"),)
        half = (width - 2) // 2
        left, right = _columns(found)
        return tuple(_beside(a, b, half) for a, b in _pairs(_lines(left, half), _lines(right, half)))

    def _fitting(self, section: Section) -> Section:
        needle = self._needle.strip().lower()
        kept = tuple((k, t) for k, t in section.entries if self._fits(needle, k, t))
        return replace(section, entries=kept)

    @staticmethod
    def _fits(needle: str, keys: str, text: str) -> bool:
        """Whether an entry is shown; a command without a key only while somebody filters."""
        return (needle in text.lower() or needle == keys.lower()) if needle else keys != KEYLESS


def _columns(found: tuple[Section, ...]) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """The sections in two columns of about the same height, in order."""
    sizes = [len(section.entries) + 2 for section in found]
    splits = range(1, len(found) + 1)
    best = min(splits, key=lambda n: max(sum(sizes[:n]), sum(sizes[n:])))
    return found[:best], found[best:]


def _lines(given: tuple[Section, ...], width: int) -> list[tuple[Span, ...]]:
    lines: list[tuple[Span, ...]] = []
    for section in given:
        lines += [()] if lines else []
        lines.append(((cut(clean(section.title, NAME), width), "bold"),))
        for keys, text in section.entries:
            shown_keys = cut(clean(keys, NAME), KEYS_WIDTH - 1).ljust(KEYS_WIDTH)
            first, *rest = folded(text, width - KEYS_WIDTH)
            lines.append(((shown_keys, "accent"), (first, "text")))
            lines += [((" " * KEYS_WIDTH, "text"), (line, "text")) for line in rest]
    return lines


def _pairs(
    left: list[tuple[Span, ...]], right: list[tuple[Span, ...]]
) -> Iterable[tuple[tuple[Span, ...], tuple[Span, ...]]]:
    height = max(len(left), len(right))
    return zip(left + [()] * (height - len(left)), right + [()] * (height - len(right)), strict=True)


def _beside(left: tuple[Span, ...], right: tuple[Span, ...], half: int) -> Row:
    return Row((*left, (" " * (half + 2 - width_of(left)), "text"), *right))
