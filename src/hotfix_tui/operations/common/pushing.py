"""Steps that put a branch or a tag on a remote: an object id by its id, never by force, proven by the remote itself."""

from __future__ import annotations

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Site

PATIENCE = 300.0
"""How long, in seconds, a push may take; one that makes no progress is ended much sooner."""


def deletion(remote: str, ref: str, oid: str) -> tuple[str, ...]:
    """The command that deletes a ref on the remote, which does so only while it is at this object: nobody's work is lost."""
    return ("git", "push", "--porcelain", f"--force-with-lease={ref}:{oid}", "--", remote, f":{ref}")


def push_branch(remote: str, branch: str, oid: str, was: str) -> PlannedStep:
    """Put the branch on the remote at this commit; `was` is where it stood there before, empty for nowhere."""
    ref = f"refs/heads/{branch}"

    def look(site: Site) -> Standing:
        return branch_there(site, remote, branch, oid, asked(site, remote, ref))

    return PlannedStep(
        id="push-branch",
        title=f"Push {branch} to {remote}",
        argv=("git", "push", "--porcelain", "--", remote, f"{oid}:{ref}"),
        effect="writes",
        changes=f"moves {branch} on {remote} to {oid[:7]}"
        if was
        else f"adds {branch} at {oid[:7]} on {remote}",
        look=look,
        level=2,
        inverse=() if was else deletion(remote, ref, oid),
        way_back="no way back: what others may have fetched stays; revert it with a new commit"
        if was
        else f"the branch is deleted on {remote} while it is still at {oid[:7]}",
        timeout=PATIENCE,
    )


def branch_there(site: Site, remote: str, branch: str, oid: str, there: str) -> Standing:
    """How a branch that the remote has at `there` stands to the commit that it shall have."""
    if not there:
        return Standing("not-done", f"{remote} has no branch {branch}")
    if there == oid:
        return Standing("done", f"{branch} is at {oid[:7]} on {remote}")
    if not site.repository.resolve(there):
        return Standing(
            "conflict",
            f"{remote} has {branch} at {there[:7]}, which is not known here: "
            f"git fetch {remote}, and look at what came",
        )
    if site.history.contains(there, oid):
        return Standing("done", f"{branch} is at {there[:7]} on {remote}, which holds {oid[:7]}")
    if site.history.contains(oid, there):
        return Standing("not-done", f"{branch} is still at {there[:7]} on {remote}")
    return Standing(
        "conflict",
        f"{branch} on {remote} ({there[:7]}) and {oid[:7]} have gone apart: "
        "merge it here first, or choose another branch; nothing is forced",
    )


def follow(remote: str, branch: str) -> PlannedStep:
    """Let the branch follow the one of the remote, as `git push -u` does."""

    def look(site: Site) -> Standing:
        found = site.making.upstream(branch)
        if found == f"refs/remotes/{remote}/{branch}":
            return Standing("done", f"{branch} follows {remote}/{branch}")
        return Standing("not-done", f"{branch} follows {found.removeprefix('refs/remotes/') or 'nothing'}")

    def command(site: Site) -> tuple[str, ...]:
        known = site.repository.resolve(f"refs/remotes/{remote}/{branch}")
        ref = f"refs/heads/{branch}"
        if known or site.repository.head_ref() != ref:
            return argv
        # the push's answer was lost, or this clone keeps no copy of other branches
        return ("git", "fetch", "--no-tags", "--no-write-fetch-head", "--set-upstream", "--", remote, ref)

    argv = ("git", "branch", f"--set-upstream-to=refs/remotes/{remote}/{branch}", branch)
    return PlannedStep(
        id="follow",
        title=f"Let {branch} follow {remote}",
        argv=argv,
        exact=command,
        effect="writes",
        changes=f"git status will compare {branch} with {remote}; on this machine only",
        look=look,
        level=1,
        inverse=("git", "branch", "--unset-upstream", branch),
        way_back="the branch follows nothing again",
    )


def push_tag(remote: str, tag: str, oid: str, triggers: str) -> PlannedStep:
    """Put the tag's object on the remote; with `triggers` it is the point of no return (S2.GIT.4).

    `oid` is empty where a step before it makes the tag: then it is the object that this step has made.
    """
    ref = f"refs/tags/{tag}"

    def wanted(site: Site) -> str:
        found = None if oid else site.history.tag(tag)
        return found.oid if found else oid

    def command(site: Site) -> tuple[str, ...]:
        return ("git", "push", "--porcelain", "--", remote, f"{wanted(site) or ref}:{ref}")

    def look(site: Site) -> Standing:
        there = asked(site, remote, ref)
        if not there:
            return Standing("not-done", f"{remote} has no tag {tag}")
        if there == wanted(site):
            return Standing("done", f"{tag} is on {remote} ({there[:7]})")
        return Standing(
            "conflict", f"{remote} has another {tag} ({there[:7]}); it stays: choose the next version"
        )

    return PlannedStep(
        id="push-tag",
        title=f"Push {tag} to {remote}",
        argv=("git", "push", "--porcelain", "--", remote, f"{oid or ref}:{ref}"),
        exact=None if oid else command,
        effect="writes",
        changes=f"publishes {tag} on {remote}; everybody who fetches has it",
        look=look,
        level=3 if triggers else 2,
        inverse=() if triggers else deletion(remote, ref, oid or ref),
        exact_inverse=None if triggers else lambda site: deletion(remote, ref, wanted(site)),
        way_back="no way back: a published version stays"
        if triggers
        else f"the tag is deleted on {remote}, and whoever has fetched it keeps it",
        final=triggers,
        timeout=PATIENCE,
    )


def asked(site: Site, remote: str, ref: str) -> str:
    """The object that the remote itself says the ref names now; empty for none. Raises: PortFailure."""
    if remote not in site.repository.remotes():
        raise PortFailure("git ls-remote", f"there is no remote {remote}.", "Look: git remote -v")
    return site.repository.remote_refs(remote, ref).get(ref, "")
