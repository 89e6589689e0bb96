"""Entries by their lines: which stand between two lines, found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from hotfix_tui.importing.understood import Origin


class Placed(Protocol):
    """Something with an origin."""

    @property
    def origin(self) -> Origin:
        """Where it stands."""
        ...


T = TypeVar("T", bound=Placed)


class ByLine(Generic[T]):
    """Entries sorted by their first lines."""

    def __init__(self, entries: Sequence[T]) -> None:
        self.entries = sorted(entries, key=lambda entry: entry.origin.first)
        self.lines = [entry.origin.first for entry in self.entries]

    def within(self, first: int, last: int) -> tuple[T, ...]:
        """The entries that begin from `first` to `last`, inclusive."""
        return tuple(self.entries[bisect_left(self.lines, first) : bisect_right(self.lines, last)])
