"""Steps that bring a way back to the remote: by object ids that its commits have only got then, never by force."""

from __future__ import annotations

from hotfix_tui.operations.common.pushing import PATIENCE, asked, branch_there, deletion
from hotfix_tui.operations.plan import Level, PlannedStep, Standing
from hotfix_tui.operations.ways_back.chain import Chain
from hotfix_tui.ports import Site


def push_branch(remote: str, chain: Chain, *, new: bool, level: Level = 2) -> PlannedStep:
    """Put the chain's newest commit on the remote's branch of the same name."""

    def look(site: Site) -> Standing:
        oid = chain.last(site)
        if not oid:
            return Standing("not-done", f"{chain.branch} is not so far yet")
        return branch_there(site, remote, chain.branch, oid, asked(site, remote, chain.ref))

    def argv(oid: str) -> tuple[str, ...]:
        return ("git", "push", "--porcelain", "--", remote, f"{oid}:{chain.ref}")

    return PlannedStep(
        id="push-branch",
        title=f"Push {chain.branch} to {remote}",
        argv=argv(chain.ref),
        effect="writes",
        changes=f"{remote} gets {chain.branch} with the new commits, by its object id; never by force",
        look=look,
        level=level,
        inverse=deletion(remote, chain.ref, chain.ref) if new else (),
        exact_inverse=(lambda site: deletion(remote, chain.ref, chain.last(site))) if new else None,
        way_back=f"the branch is deleted on {remote}"
        if new
        else "no way back but a revert of the revert, as a new commit",
        exact=lambda site: argv(chain.last(site) or chain.ref),
        timeout=PATIENCE,
    )


def push_tag(remote: str, chain: Chain, tag: str, triggers: str, level: Level = 2) -> PlannedStep:
    """Put the new tag on the remote; with `triggers` it is the point of no return (S2.GIT.4)."""
    ref = f"refs/tags/{tag}"

    def look(site: Site) -> Standing:
        here, there = site.history.tag(tag), asked(site, remote, ref)
        if not there:
            return Standing("not-done", f"{remote} has no tag {tag}")
        if here is not None and there == here.oid and here.commit == chain.last(site):
            return Standing("done", f"{tag} is on {remote} ({there[:7]})")
        return Standing(
            "conflict", f"{remote} has another {tag} ({there[:7]}); it stays: choose the next version"
        )

    def exact(site: Site) -> tuple[str, ...]:
        here = site.history.tag(tag)
        return argv(here.oid if here else ref)

    def argv(oid: str) -> tuple[str, ...]:
        return ("git", "push", "--porcelain", "--", remote, f"{oid}:{ref}")

    def back(site: Site) -> tuple[str, ...]:
        here = site.history.tag(tag)
        return deletion(remote, ref, here.oid if here else ref)

    return PlannedStep(
        id="push-tag",
        title=f"Push {tag} to {remote}",
        argv=argv(ref),
        effect="writes",
        changes=f"publishes {tag} on {remote}; everybody who fetches has it",
        look=look,
        level=3 if triggers else level,
        inverse=() if triggers else deletion(remote, ref, ref),
        exact_inverse=None if triggers else back,
        way_back="no way back: a published version stays"
        if triggers
        else f"the tag is deleted on {remote}, and whoever has fetched it keeps it",
        exact=exact,
        final=triggers,
        timeout=PATIENCE,
    )
