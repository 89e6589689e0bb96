"""What is wrong with a playbook file: all of it at once, each with its line and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import TITLE, clean

Path = tuple[str | int, ...]
"""Where a value stands: table names, and the index of a table in its array."""
MOST = 100
"""How many problems of one file are told; nobody reads more, and a hostile file holds thousands."""
_COMPARED = 100
"""How many names a misspelt word is compared with, and how long it may be."""


@record(frozen=True, slots=True, order=True)
class Problem:
    """One mistake."""

    file: str
    line: int
    where: str
    """The table in words: "phase “fix”, item 2"; empty for the whole file."""
    message: str

    def __str__(self) -> str:
        """The sentence as it is shown."""
        place = f"{self.where}: " if self.where else ""
        return clean(f"{self.file}:{self.line}  {place}{self.message}", TITLE * 2)


class PlaybookErrors(Refused):
    """A playbook that cannot be used, with every reason."""

    def __init__(self, problems: Iterable[Problem], id: str = "") -> None:
        """Keep the problems, and the playbook's id where the file says one."""
        self.id = id
        self.problems = tuple(sorted(set(problems)))
        count = len(self.problems)
        ending = f"{count} problem{'s' if count != 1 else ''}. Nothing was loaded."
        if count >= MOST:
            ending = f"These are the first {count} problems. Nothing was loaded."
        super().__init__("\n".join([*(str(problem) for problem in self.problems), ending]))


def hint(word: str, known: Iterable[str]) -> str:
    """A "did you mean" for a misspelt word, or the words that are known when they are few."""
    from difflib import get_close_matches

    names = list(islice(known, _COMPARED))
    close = get_close_matches(word, names, n=1) if len(word) <= _COMPARED else []
    if close:
        return f" Did you mean “{close[0]}”?"
    return f" Known: {', '.join(names)}." if 0 < len(names) <= 8 else ""
