"""The playbooks that can be declared with: the repository's, the user's, the built-in ones; nearest wins."""

from __future__ import annotations

from typing import Protocol

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Entry:
    """A playbook file that was found; `problems` are sentences with file and line, empty when it loads."""

    id: str
    title: str
    origin: str
    """One of "repository", "user" and "built-in"."""
    path: str
    problems: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Loaded:
    """A checked playbook with the text it came from."""

    playbook: Playbook
    source: str
    digest: str
    """sha256 of `source` as UTF-8, in hexadecimal."""
    entry: Entry


class Library(Protocol):
    """The playbooks at hand."""

    def entries(self) -> tuple[Entry, ...]:
        """Every playbook found, the nearest first; broken ones too, with their problems."""
        ...

    def load(self, id: str = "") -> Loaded:
        """The playbook with this id, or the nearest one that loads.

        Raises: Refused with file, line and hint when it is unknown or broken.
        """
        ...
