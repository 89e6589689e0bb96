"""Playbook files: TOML text in, a checked playbook out, or every error at once with file, line and hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hotfix_tui.loading.problems import PlaybookErrors, Problem
from hotfix_tui.loading.terms import Names

if TYPE_CHECKING:
    from hotfix_tui.domain.playbook import Playbook

__all__ = ["Names", "PlaybookErrors", "Problem", "read"]


def read(text: str | bytes, name: str, names: Names | None = None) -> Playbook:
    """The playbook that `text` describes; `name` is the file's name in messages.

    `names` are the operations and checks that exist; None leaves references to them unchecked. What reading takes is
    loaded by the first call: who finds a playbook in the cache never needs it.
    Raises: PlaybookErrors with every problem found, or the first `MOST` of them.
    """
    from hotfix_tui.loading.reader import read as really

    return really(text, name, names)
