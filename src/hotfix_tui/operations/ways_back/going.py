"""Steps that bring HEAD to the branch that a way back works on."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.operations.common.places import HEADS, way_home
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Site


def create_step(branch: str, oid: str, what: str) -> PlannedStep:
    """Create the branch at this commit."""

    def look(site: Site) -> Standing:
        at = site.repository.resolve(f"{HEADS}{branch}")
        if not at:
            return Standing("not-done", f"there is no branch {branch}")
        if at == oid or site.history.contains(at, oid):
            return Standing("done", f"{branch} stands on {oid[:7]}, as {what}")
        return Standing(
            "conflict", f"{branch} exists at {at[:7]}, not on {oid[:7]} ({what}); choose another name"
        )

    return PlannedStep(
        id="create",
        title=f"Create {branch}",
        argv=("git", "branch", "--no-track", branch, oid),
        effect="writes",
        changes=f"adds the branch {branch} at {oid[:7]} ({what}), on this machine only",
        look=look,
        inverse=("git", "branch", "--delete", "--force", branch),
        way_back="the branch is deleted again",
    )


def switch_step(given: Mapping[str, str], branch: str) -> PlannedStep:
    """Switch to the branch; nothing to do where HEAD is on it."""

    def look(site: Site) -> Standing:
        head = site.repository.head_ref()
        if head == f"{HEADS}{branch}":
            return Standing("done", f"HEAD is on {branch}")
        return Standing("not-done", f"HEAD is on {head.removeprefix(HEADS) or 'no branch'}")

    inverse, back = way_home(given)
    return PlannedStep(
        id="switch",
        title=f"Switch to {branch}",
        argv=("git", "switch", "--no-guess", branch),
        effect="writes",
        changes=f"puts the files of {branch} into the work tree",
        look=look,
        inverse=inverse,
        way_back=back,
    )
