"""The operation `clean-up`: the hotfix branch goes away, there and here, once everything has it (S0.TRP.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common.findings import nothing_pending
from hotfix_tui.operations.common.places import (
    HEADS,
    OID,
    heads,
    here,
    holds,
    hotfix_branch,
    targets,
    way_home,
)
from hotfix_tui.operations.common.pushing import deletion
from hotfix_tui.operations.plan import Choice, Finding, Plan, PlannedStep, Standing
from hotfix_tui.ports import Site

CHOICES = (Choice("branch", "the branch that goes away"),)
WHY = "A branch that stays is taken for work that is still to be done."


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The branch, its commit here and on the remote, and where the remote says each target is now.

    Raises: Refused when there is no such branch any more; PortFailure.
    """
    rules, branch = playbook.git, hotfix_branch(site, incident, playbook, choice)
    there = heads(site, rules.remote)
    oid, oid_there = site.repository.resolve(f"{HEADS}{branch}"), there.get(branch, "")
    if not oid and not oid_there:
        raise Refused(f"There is no {clean(branch, NAME)} any more, neither here nor on {rules.remote}.")
    named = targets(rules.merge_back, there, branch)
    local = {name: site.repository.resolve(f"{HEADS}{name}") for name in (rules.main, *named)}
    known = {name: there.get(name, "") if there else local[name] for name in named}
    return {
        "branch": branch,
        "oid": oid,
        "oid_there": oid_there,
        "remote": rules.remote if there else "",
        "targets": "\n".join(f"{name} {at}" for name, at in known.items() if at),
        "to": next((name for name in (rules.main, *named) if local[name]), ""),
        "kept": "" if rules.delete_branch else "yes",
        **here(site),
    }


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Leave the branch, delete it on the remote, then here. Raises: PortFailure."""
    given = dict(parameters)
    branch, oid, there = given.get("branch", ""), given.get("oid", ""), given.get("oid_there", "")
    title = f"Delete {clean(branch, NAME)}"
    if not site.repository.valid_branch(branch) or not all(OID.fullmatch(one) for one in (oid, there) if one):
        wrong = Finding(False, f"“{clean(branch, NAME)}” is not a name that a branch can have")
        return Plan("clean-up", title, WHY, given, (), (wrong,))
    steps = []
    if oid and given.get("from_ref") == f"{HEADS}{branch}" and given.get("to"):
        steps.append(_leave(given))
    if there:
        steps.append(_delete_there(given))
    if oid:
        steps.append(_delete_here(given))
    return Plan("clean-up", title, WHY, given, tuple(steps), tuple(_findings(site, given)))


def _leave(given: Mapping[str, str]) -> PlannedStep:
    branch, to = given["branch"], given["to"]

    def look(site: Site) -> Standing:
        name = site.repository.head_ref().removeprefix(HEADS) or "no branch"
        return Standing("not-done" if name == branch else "done", f"HEAD is on {name}")

    inverse, words = way_home(given)
    return PlannedStep(
        id="leave",
        title=f"Switch to {to}",
        argv=("git", "switch", "--no-guess", to),
        effect="writes",
        changes=f"puts the files of {to} into the work tree; a branch cannot go while one is on it",
        look=look,
        inverse=inverse,
        way_back=words,
    )


def _delete_there(given: Mapping[str, str]) -> PlannedStep:
    branch, oid, remote = given["branch"], given["oid_there"], given["remote"]
    ref = f"{HEADS}{branch}"

    def look(site: Site) -> Standing:
        at = site.repository.remote_refs(remote, ref).get(ref, "")
        if not at:
            return Standing("done", f"{remote} has no {branch}")
        if at == oid:
            return Standing("not-done", f"{remote} has {branch} at {at[:7]}")
        return Standing(
            "conflict", f"{remote} has {branch} at {at[:7]}, not at {oid[:7]}: somebody works on it"
        )

    return PlannedStep(
        id="delete-there",
        title=f"Delete {branch} on {remote}",
        argv=deletion(remote, ref, oid),
        effect="writes",
        changes=f"{remote} loses the name {branch}, only while it is at {oid[:7]}; every commit of it stays in the targets",
        look=look,
        level=2,
        inverse=("git", "push", remote, f"{oid}:{ref}"),
        way_back=f"pushed again at {oid[:7]}",
    )


def _delete_here(given: Mapping[str, str]) -> PlannedStep:
    branch, oid = given["branch"], given["oid"]

    def look(site: Site) -> Standing:
        at = site.repository.resolve(f"{HEADS}{branch}")
        if not at:
            return Standing("done", f"there is no {branch} here")
        if at == oid:
            return Standing("not-done", f"{branch} is at {at[:7]}")
        return Standing("conflict", f"{branch} is at {at[:7]}, not at {oid[:7]}: somebody works on it")

    return PlannedStep(
        id="delete-here",
        title=f"Delete {branch} here",
        argv=("git", "branch", "--delete", "--force", branch),
        effect="writes",
        changes=f"this clone loses the name {branch}; it was looked for {oid[:7]} in every target",
        look=look,
        inverse=("git", "branch", "--no-track", branch, oid),
        way_back=f"git branch {clean(branch, NAME)} {oid}",
    )


def _findings(site: Site, given: Mapping[str, str]) -> Iterable[Finding]:
    """Every target has it, as the remote itself says (`merge-base --is-ancestor`)."""
    tips = [
        (oid, where)
        for oid, where in ((given["oid"], ""), (given["oid_there"], f" as {given['remote']} has it"))
        if oid
    ]
    for line in given["targets"].splitlines():
        name, _, at = line.partition(" ")
        for oid, where in tips:
            yield _merged(site, given, name, at, oid, where)
    if not given["targets"]:
        yield Finding(
            False,
            "none of the branches that the fix comes back to is there, so nothing shows that it is merged",
        )
    if given["from_ref"] == f"{HEADS}{given['branch']}" and not given["to"]:
        yield Finding(False, "HEAD is on it, and there is no other branch here to go to")
    yield nothing_pending(site.repository.status())
    if not given["remote"]:
        yield Finding(False, "there is no such remote: only this clone is looked at", blocks=False)
    if given["kept"]:
        yield Finding(False, "this playbook keeps its branches", blocks=False)


def _merged(site: Site, given: Mapping[str, str], name: str, at: str, oid: str, where: str) -> Finding:
    remote, branch = given["remote"], clean(given["branch"], NAME)
    on = f"{remote}’s {clean(name, NAME)}" if remote else clean(name, NAME)
    lacking = next((one for one in (at, oid) if not site.repository.resolve(one)), "")
    if lacking:
        return Finding(False, f"{on} or {branch} is at {lacking[:7]}, which is not here: git fetch {remote}")
    if holds(site, at, oid):
        return Finding(True, f"{on} at {at[:7]} has {branch}{where}")
    return Finding(False, f"{on} does not have {branch}{where} ({oid[:7]}): merge it back first")
