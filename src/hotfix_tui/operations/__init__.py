"""Git and version operations: one file each; the present state in, a plan of steps out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.operations import (
    branch,
    bump,
    changelog,
    cherry_pick,
    clean_up,
    commit,
    commit_version,
    merge_back,
    promote,
    publish,
    push,
    release,
    rollback,
    tag,
)
from hotfix_tui.operations.plan import Choice, Plan
from hotfix_tui.ports import Site

Prepare = Callable[[Site, Incident, Playbook, Mapping[str, str]], dict[str, str]]
MakePlan = Callable[[Mapping[str, str], Site], Plan]


@record(frozen=True, slots=True)
class Operation:
    """Something that `hotfix` does to a repository for a person."""

    name: str
    title: str
    prepare: Prepare
    """Reads the facts and settles every choice. Raises: Refused; PortFailure."""
    plan: MakePlan
    """Makes the plan from what was settled, again and again the same. Raises: PortFailure."""
    choices: tuple[Choice, ...] = ()


OPERATIONS: dict[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation("branch", "Create the hotfix branch", branch.prepare, branch.plan, branch.CHOICES),
        Operation("bump", "Write the version into its files", bump.prepare, bump.plan, bump.CHOICES),
        Operation(
            "changelog",
            "Enter the fix in the changelog",
            changelog.prepare,
            changelog.plan,
            changelog.CHOICES,
        ),
        Operation(
            "commit-version",
            "Commit version and changelog",
            commit_version.prepare,
            commit_version.plan,
            commit_version.CHOICES,
        ),
        Operation(
            "merge-back", "Bring the fix back", merge_back.prepare, merge_back.plan, merge_back.CHOICES
        ),
        Operation("clean-up", "Delete the hotfix branch", clean_up.prepare, clean_up.plan, clean_up.CHOICES),
        Operation(
            "cherry-pick",
            "Bring commits here",
            cherry_pick.prepare,
            cherry_pick.plan,
            cherry_pick.CHOICES,
        ),
        Operation("commit", "Commit the fix", commit.prepare, commit.plan, commit.CHOICES),
        Operation("tag", "Tag the release", tag.prepare, tag.plan, tag.CHOICES),
        Operation("push", "Push the branch and the tag", push.prepare, push.plan, push.CHOICES),
        Operation("promote", "Promote the pre-release", promote.prepare, promote.plan, promote.CHOICES),
        Operation("release", "Release it on the forge", release.prepare, release.plan, release.CHOICES),
        Operation("publish", "Publish the version", publish.prepare, publish.plan, publish.CHOICES),
        Operation("rollback", "Take the hotfix back", rollback.prepare, rollback.plan, rollback.CHOICES),
    )
}
"""Every operation by its name, which is also the name of its file."""
