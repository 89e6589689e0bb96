"""Steps that make a branch and bring HEAD to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.operations.common.places import HEADS, way_home
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Site


def while_at(branch: str, oid: str, argv: tuple[str, ...]) -> Callable[[Site], tuple[str, ...]]:
    """The command that takes a branch back, as long as nobody has committed on it."""

    def inverse(site: Site) -> tuple[str, ...]:
        at = site.repository.resolve(f"{HEADS}{branch}")
        if at != oid:
            raise PortFailure(
                "Undo",
                f"{branch} has commits of its own by now ({at[:7]}), so it stays.",
                "Bring them elsewhere and undo again, or leave it.",
            )
        return argv

    return inverse


def create_step(branch: str, oid: str, what: str, *, may_go_on: bool = False) -> PlannedStep:
    """Create the branch at this commit, which is called `what`; `may_go_on` where later steps of the plan commit on it."""

    def look(site: Site) -> Standing:
        at = site.repository.resolve(f"{HEADS}{branch}")
        if not at:
            return Standing("not-done", f"there is no branch {branch}")
        if at == oid:
            return Standing("done", f"{branch} is at {oid[:7]}, as {what}")
        if may_go_on and site.history.contains(at, oid):
            return Standing("done", f"{branch} stands on {oid[:7]}, as {what}")
        return Standing(
            "conflict", f"{branch} exists at {at[:7]}, not at {oid[:7]} ({what}); choose another name"
        )

    away = ("git", "branch", "--delete", "--force", branch)
    return PlannedStep(
        id="create",
        title=f"Create {branch}",
        argv=("git", "branch", "--no-track", branch, oid),
        effect="writes",
        changes=f"adds the branch {branch} at {oid[:7]} ({what}), on this machine only",
        look=look,
        inverse=away,
        exact_inverse=while_at(branch, oid, away),
        way_back=f"the branch is deleted while it is still at {oid[:7]}",
    )


def switch_step(given: Mapping[str, str], branch: str, *, files: str = "", of: str = "") -> PlannedStep:
    """Switch to the branch; nothing to do where HEAD is on it.

    `files` names whose files come, if not the branch's; `of` is told with the commit once it is done.
    """

    def look(site: Site) -> Standing:
        head = site.repository.head_ref()
        if head != f"{HEADS}{branch}":
            return Standing("not-done", f"HEAD is on {head.removeprefix(HEADS) or 'no branch'}")
        at = f"{branch} at {site.repository.resolve(head)[:7]} {of}" if of else f"HEAD is on {branch}"
        return Standing("done", at)

    inverse, back = way_home(given)
    return PlannedStep(
        id="switch",
        title=f"Switch to {branch}",
        argv=("git", "switch", "--no-guess", branch),
        effect="writes",
        changes=f"puts the files of {files or branch} into the work tree",
        look=look,
        inverse=inverse,
        way_back=back,
    )
