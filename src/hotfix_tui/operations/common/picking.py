"""A step that picks one commit: contained already, stopped at a conflict, or solved by a person."""

from __future__ import annotations

from collections.abc import Sequence

from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common.committing import PATIENCE
from hotfix_tui.operations.common.solving import files, marked
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Site

NAMED = 5
"""How many missing commits are named."""
LINE = "(cherry picked from commit {})"


def pick_step(
    number: int, oid: str, commits: Sequence[str], ref: str, before: str, site: Site, *, sign: bool
) -> PlannedStep:
    """Pick the commit onto the branch `ref`, which was at `before` when the first of `commits` was not yet there."""

    def look(site: Site) -> Standing:
        return standing(site, oid, commits, ref, before)

    how = "--gpg-sign" if sign else "--no-gpg-sign"
    return PlannedStep(
        id=f"pick-{number}",
        title=f"Pick {subject(site, oid)}",
        argv=("git", "cherry-pick", "-x", how, oid),
        effect="writes",
        changes=f"adds the same change to {ref.removeprefix('refs/heads/')}, here only",
        look=look,
        level=1,
        inverse=("git", "reset", "--keep", before),
        way_back=f"the branch goes back to {before[:7]}, as long as nobody has committed on it since",
        proceed=("git", "cherry-pick", "--continue"),
        abort=("git", "cherry-pick", "--abort"),
        timeout=PATIENCE,
    )


def standing(site: Site, oid: str, commits: Sequence[str], ref: str, before: str) -> Standing:
    """Where the pick stands, by git alone. Raises: PortFailure."""
    now = site.repository.head_ref()
    if now != ref:
        return Standing(
            "conflict", f"HEAD is on {clean(now.removeprefix('refs/heads/'), NAME) or 'no branch'}"
        )
    if site.repository.resolve("CHERRY_PICK_HEAD") == oid:
        return _halfway(site, oid, commits)
    head = site.repository.resolve("HEAD")
    if not site.history.contains(head, before):
        return Standing("conflict", f"HEAD does not stand on {before[:7]} any more; plan it again")
    found = site.making.picked(head, oid)
    if not found:
        return Standing("not-done", f"{oid[:7]} is not on {ref.removeprefix('refs/heads/')}")
    strange = _strangers(site, head, commits, before)
    if strange and not site.making.picked(before, oid):
        return Standing("conflict", f"{oid[:7]} is here, and {strange[:7]} by somebody else on top of it")
    return Standing("done", f"{oid[:7]} is here" + (f" as {found[:7]}" if found not in (oid, head) else ""))


def _strangers(site: Site, head: str, commits: Sequence[str], before: str) -> str:
    """A commit since `before` that is none of the picks; empty when there is none."""
    lines = [LINE.format(oid) for oid in commits]
    since = site.repository.commits(before, head, len(commits) + 1) if head != before else ()
    ours = (any(line in site.history.message(one.oid) for line in lines) for one in since)
    return next((one.oid for one, is_ours in zip(since, ours, strict=True) if not is_ours), "")


def _halfway(site: Site, oid: str, commits: Sequence[str]) -> Standing:
    unmerged = site.history.unmerged()
    head = site.repository.resolve("HEAD")
    if unmerged:
        missing = needed(site, head, oid, unmerged, commits)
        return Standing(
            "stopped",
            f"{oid[:7]} is in conflict with this branch: {files(unmerged)}; solve them, git add them, then continue{missing}",
        )
    staged = site.making.staged()
    left = marked(site, [path for path, entry in staged.items() if entry.startswith("100")])
    if left:
        return Standing("stopped", f"conflict markers are left in {files(left)}")
    if not staged:
        return Standing(
            "stopped", f"nothing is left of {oid[:7]}: this branch has it already; abort, and leave it out"
        )
    return Standing("ready", f"every conflict of {oid[:7]} is solved; continue to commit it")


def needed(site: Site, head: str, oid: str, paths: Sequence[str], commits: Sequence[str]) -> str:
    """The earlier commits to these files that are not on this branch, in words; empty when there are none."""
    fork = site.making.fork(head, oid)
    if not fork:
        return ""
    earlier = site.making.touching(fork, f"{oid}^", paths)
    missing = [one for one in earlier if one.oid not in commits and not site.making.picked(head, one.oid)]
    if not missing:
        return ""
    named = ", ".join(f"{one.oid[:7]} {clean(one.subject, 60)}" for one in missing[:NAMED])
    more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    return f". It builds on what is not here: {named}{more}"


def subject(site: Site, oid: str) -> str:
    """The commit as people name it; untrusted text made safe."""
    return f"{oid[:7]} {clean(site.history.message(oid).partition(chr(10))[0], NAME)}"
