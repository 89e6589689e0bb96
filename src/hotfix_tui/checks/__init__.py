"""Checks: an item that proves itself; one file each, and nothing is changed by looking.

A file is loaded when its check looks: the console starts without any.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Literal, Protocol, cast

from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.ports import Site

__all__ = ["CHECKS", "Check", "Look", "Observed", "Reach"]

Look = Callable[[Site, Incident, Playbook, Item], Observed]

Reach = Literal["local", "remote", "playbook"]
"""How far it reaches: this clone; the remote or its forge; a command or a page that the playbook names."""


class File(Protocol):
    """What the file of a check holds."""

    look: Look


@record(frozen=True, slots=True)
class Check:
    """Something that proves an item."""

    name: str
    title: str
    """What is so when it holds."""
    reach: Reach = "local"
    lasting: bool = True
    """Whether it is to stay so; else it is only about the moment when its item is ticked."""

    @property
    def look(self) -> Look:
        """Looks. Raises: Refused, with why nobody can say yet; PortFailure."""
        return cast("File", import_module(f"{__name__}.{self.name.replace('-', '_')}")).look


CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        Check("branch-exists", "the hotfix branch is here"),
        Check("branch-base", "the branch starts from the base, without anything else"),
        Check("pushed", "the remote shows the branch", "remote"),
        Check("fix-pushed", "the remote shows the branch with a commit on the base", "remote"),
        Check("tree-clean", "nothing lies in the folder that is in no commit", lasting=False),
        Check("tests-passed", "the item's command ends with 0", "playbook"),
        Check("commit-message", "the commits are called as the playbook wants it"),
        Check("scope", "the change passes every guard"),
        Check("version-bumped", "every version file names the fix"),
        Check("changelog-entry", "the changelog has an entry for the fix"),
        Check("tag-annotated", "the tag is annotated"),
        Check("tag-commit", "the tag has the whole branch"),
        Check("tag-remote", "the remote shows the tag", "remote"),
        Check("merged-back", "every branch that the fix returns to has it", "remote"),
        Check("branch-deleted", "the branch is gone, here and on the remote", "remote"),
        Check("workflow-green", "the workflows of the commit ended well", "remote"),
        Check("registry-shows", "the item's command shows the version", "playbook"),
        Check("file-exists", "the linked file is there"),
        Check("url-answers", "the linked page answers", "playbook"),
    )
}
"""Every check by its name, which is also the name of its file."""
