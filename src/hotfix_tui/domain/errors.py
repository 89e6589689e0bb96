"""The errors that cross layers; each carries one sentence for a person."""

from __future__ import annotations

from typing import Literal


class HotfixError(Exception):
    """Any failure that the product explains to its user in one sentence."""


class Refused(HotfixError):
    """A rule said no; nothing was written. The message says which rule and what to do."""


class NeedsAnswer(Refused):
    """A rule says yes if one more thing is said; ask for it, then ask again."""

    def __init__(self, wanted: Literal["reason", "evidence", "value", "confirm"], message: str) -> None:
        """Keep what is wanted and the sentence that asks for it."""
        super().__init__(message)
        self.wanted = wanted


class NeedsWord(Refused):
    """A text lacks a word that only a person knows; ask for it by its name, then ask again."""

    def __init__(self, word: str, message: str) -> None:
        """Keep the word's name and the sentence that says what it is for."""
        super().__init__(message)
        self.word = word


class NothingYet(Refused):
    """There is nothing yet that could be done this to; later there may be."""


class StaleWrite(HotfixError):
    """Somebody else wrote to the incident first; reload it and decide once more."""


class PortFailure(HotfixError):
    """The world outside failed: disk, git, network, terminal."""

    def __init__(self, title: str, message: str, hint: str = "") -> None:
        """Keep `title` (what failed), `message` (the one sentence) and `hint` (what to do), all untrusted text."""
        super().__init__(f"{title}: {message}" + (f" {hint}" if hint else ""))
        self.title = title
        self.message = message
        self.hint = hint
