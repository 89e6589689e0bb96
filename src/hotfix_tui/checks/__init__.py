"""Checks: an item that proves itself; one file each, and nothing is changed by looking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from hotfix_tui.checks import (
    branch_base,
    branch_deleted,
    branch_exists,
    changelog_entry,
    commit_message,
    file_exists,
    merged_back,
    pushed,
    registry_shows,
    scope,
    tag_annotated,
    tag_commit,
    tag_remote,
    tests_passed,
    tree_clean,
    url_answers,
    version_bumped,
    workflow_green,
)
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.ports import Site

__all__ = ["CHECKS", "Check", "Look", "Observed", "Reach"]

Look = Callable[[Site, Incident, Playbook, Item], Observed]
"""Raises: Refused, with why nobody can say yet; PortFailure."""

Reach = Literal["local", "remote", "playbook"]
"""How far it reaches: this clone; the remote or its forge; a command or a page that the playbook names."""


@record(frozen=True, slots=True)
class Check:
    """Something that proves an item."""

    name: str
    title: str
    """What is so when it holds."""
    look: Look
    reach: Reach = "local"
    lasting: bool = True
    """Whether it is to stay so; else it is only about the moment when its item is ticked."""


CHECKS: dict[str, Check] = {
    check.name: check
    for check in (
        Check("branch-exists", "the hotfix branch is here", branch_exists.look),
        Check("branch-base", "the branch starts from the base, without anything else", branch_base.look),
        Check("pushed", "the remote shows the branch", pushed.look, "remote"),
        Check("tree-clean", "no file differs from the last commit", tree_clean.look, lasting=False),
        Check("tests-passed", "the item's command ends with 0", tests_passed.look, "playbook"),
        Check("commit-message", "the commits are called as the playbook wants it", commit_message.look),
        Check("scope", "the change passes every guard", scope.look),
        Check("version-bumped", "every version file names the fix", version_bumped.look),
        Check("changelog-entry", "the changelog has an entry for the fix", changelog_entry.look),
        Check("tag-annotated", "the tag is annotated", tag_annotated.look),
        Check("tag-commit", "the tag has the whole branch", tag_commit.look),
        Check("tag-remote", "the remote shows the tag", tag_remote.look, "remote"),
        Check("merged-back", "every branch that the fix returns to has it", merged_back.look, "remote"),
        Check("branch-deleted", "the branch is gone, here and on the remote", branch_deleted.look, "remote"),
        Check("workflow-green", "the workflows of the commit ended well", workflow_green.look, "remote"),
        Check("registry-shows", "the item's command shows the version", registry_shows.look, "playbook"),
        Check("file-exists", "the linked file is there", file_exists.look),
        Check("url-answers", "the linked page answers", url_answers.look, "playbook"),
    )
}
"""Every check by its name, which is also the name of its file."""
