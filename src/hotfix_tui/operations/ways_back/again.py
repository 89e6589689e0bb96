"""The way back `previous-as-new-release`: the tree of the release before, on a branch of its own, under a higher number."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common import going
from hotfix_tui.operations.common.places import here
from hotfix_tui.operations.plan import Finding, PlannedStep
from hotfix_tui.operations.ways_back import releasing, sending
from hotfix_tui.operations.ways_back.chain import Chain, Link
from hotfix_tui.operations.ways_back.facts import Facts, Wanted, commit_of
from hotfix_tui.ports import Site


def settle(wanted: Wanted, facts: Facts) -> dict[str, str]:
    """The release before, its commit, the new number and the branch (S1.RBK.1, S1.TRP.3, S1.TRP.7).

    Raises: Refused when there is no release before, or no number; PortFailure.
    """
    site, git = wanted.site, wanted.playbook.git
    start = commit_of(site, facts.previous)
    if not start:
        raise Refused("No release before this one is here; name it: to=v1.2.3")
    release = releasing.next_release(wanted, facts)
    return {
        "on": wanted.choice.get("on") or f"rollback/{release.tag}",
        "start": start,
        "to": facts.previous,
        "release": release.told,
        "writes": "yes" if releasing.edits(site, release, start) else "",
        "remote": git.remote if git.remote in site.repository.remotes() else "",
        "triggers": git.tag_push_triggers,
        **here(site),
    }


def title(given: Mapping[str, str]) -> str:
    """What it does, in one line."""
    release = releasing.release_of(given)
    return f"Release {clean(given['to'], NAME)} again as {clean(release.tag, NAME) if release else ''}"


def steps(given: Mapping[str, str], site: Site) -> tuple[PlannedStep, ...]:
    """Branch from the release before, raise the number, commit, tag, push. Raises: Refused; PortFailure."""
    release, remote, branch = releasing.release_of(given), given["remote"], given["on"]
    if release is None or not site.repository.valid_branch(branch):
        return ()
    chain = Chain(branch, given["start"], (Link(release.message),) if given["writes"] else ())
    made = [
        going.create_step(branch, given["start"], given["to"], may_go_on=True),
        going.switch_step(given, branch),
        *releasing.steps(site, chain, release, given["start"]),
    ]
    if remote:
        made.append(sending.push_branch(remote, chain, new=True))
        made.append(sending.push_tag(remote, chain, release.tag, given["triggers"], level=3))
    return tuple(made)


def findings(given: Mapping[str, str], site: Site) -> tuple[Finding, ...]:
    """From which version to which (S1.RBK.3), and that the branch can be made. Raises: PortFailure."""
    branch, bad = clean(given["on"], NAME), clean(given["bad"], NAME) or "the fix"
    if not site.repository.valid_branch(given["on"]):
        return (Finding(False, f"“{branch}” is not a name that a branch can have"),)
    standing = going.create_step(given["on"], given["start"], given["to"], may_go_on=True).look(site)
    return (
        Finding(True, f"from {bad} back to what {clean(given['to'], NAME)} was ({given['start'][:7]})"),
        Finding(standing.state != "conflict", standing.observed),
        Finding(True, "dry run ok: nothing but the version and the changelog differs from it"),
    )
