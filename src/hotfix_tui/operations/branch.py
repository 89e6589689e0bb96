"""The operation `branch`: a hotfix branch at the release, and the work tree on it (X.5)."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import NeedsWord, Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.versions import latest_release
from hotfix_tui.domain.versions.registries import standard_of
from hotfix_tui.operations.common.going import create_step, switch_step
from hotfix_tui.operations.common.naming import branch_name, name_values, template_of
from hotfix_tui.operations.common.places import OID, tidy
from hotfix_tui.operations.common.pushing import asked, branch_there, follow, push_branch
from hotfix_tui.operations.common.texts import FORMS
from hotfix_tui.operations.plan import Choice, Finding, Plan
from hotfix_tui.ports import Repository, RepositoryStatus, Site, at_home

CHOICES = (
    Choice("base", "where it starts: a tag, main, latest-release, or described: the tag nearest to HEAD"),
    Choice("branch", "the branch's name"),
    Choice("form", "the form of its name, by the playbook's label or: " + ", ".join(FORMS)),
    Choice("push", "yes: it is pushed as well, and follows the remote's"),
)
DESCRIBED = "described"


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The base, its commit, the branch's name and where HEAD is now.

    `choice` may give "base" ("latest-release", "main" or a tag) and "branch"; else the incident's declaration
    counts, else the playbook. Raises: Refused when there is no such base or the name lacks a part; PortFailure.
    """
    repository = site.repository
    wanted = choice.get("base") or incident.declared.base
    base, ref = find_base(repository, playbook, _described(site) if wanted == DESCRIBED else wanted)
    oid = repository.resolve(ref)
    if not oid:
        raise Refused(f"There is no commit behind {clean(base, NAME)}; fetch first: git fetch --tags")
    same_base = incident.declared.base in {"", base}
    fix = (incident.declared.fix if same_base else "") or fix_version(base, playbook, repository.tags())
    declared = incident.declared.branch if same_base and not choice.get("form") else ""
    branch = choice.get("branch") or declared
    if not branch:
        known = name_values(site, incident, playbook, choice, base, fix)
        branch = branch_name(template_of(playbook, choice.get("form", "")), known)
    status = repository.status()
    remote = _pushes(choice.get("push", ""), playbook.git.remote)
    return {
        "base": base,
        "base_ref": ref,
        "oid": oid,
        "branch": branch,
        "from_ref": repository.head_ref() if status.head else "",
        "from_oid": status.head,
        "push": remote,
        "there": asked(site, remote, f"refs/heads/{branch}") if remote else "",
    }


def _described(site: Site) -> str:
    """The tag nearest to HEAD (S1.BRA.3, S4.BRA.3). Raises: Refused when there is none."""
    head = site.repository.resolve("HEAD")
    tag = site.making.described(head) if head else ""
    if not tag:
        raise Refused("No tag is at or before HEAD; fetch them: git fetch --tags, or name the base.")
    return tag


def _pushes(said: str, remote: str) -> str:
    """The remote, where the branch is pushed at once. Raises: Refused when neither yes nor no was said."""
    if said not in {"", "yes", "no"}:
        raise Refused("Say push=yes or push=no.")
    return remote if said == "yes" else ""


def find_base(repository: Repository, playbook: Playbook, wanted: str) -> tuple[str, str]:
    """The base's name as people say it, and its full ref name. Raises: Refused; PortFailure."""
    rules = playbook.git
    wanted = wanted or rules.base
    if wanted in {"main", rules.main}:
        rules = at_home(playbook, repository).git
        local, tracked = f"refs/heads/{rules.main}", f"refs/remotes/{rules.remote}/{rules.main}"
        return rules.main, local if repository.resolve(local) else tracked
    if wanted == "named-tag":
        raise NeedsWord("base", "This playbook starts from a tag that you name; say which one.")
    tags = repository.tags()
    if wanted == "latest-release":
        latest = latest_release(tags, rules.tag_prefix, standard_of(playbook.version))
        if latest is None:
            raise NeedsWord(
                "base",
                f"There is no release tag like {rules.tag_prefix}1.2.3 here; fetch them with git fetch --tags, "
                "or choose a tag or main.",
            )
        wanted = latest.tag
    if wanted not in tags:
        raise Refused(f"There is no tag {clean(wanted, NAME)} here; fetch it with git fetch --tags.")
    return wanted, f"refs/tags/{wanted}"


def fix_version(base: str, playbook: Playbook, tags: tuple[str, ...]) -> str:
    """The version that carries the fix by the playbook's scheme; empty when the base's name is no version."""
    from hotfix_tui.domain.versions.known import Tags  # late: most plans know the version
    from hotfix_tui.domain.versions.oracle import choose

    choice = choose(playbook, base, Tags(tags))
    declared = choice.declared if choice.base == base else None
    return declared.version if declared else ""


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Create the branch at the base's commit, then switch to it. Raises: PortFailure."""
    given = dict(parameters)
    branch, base, oid = given.get("branch", ""), given.get("base", ""), given.get("oid", "")
    title = f"Create {clean(branch, NAME)} from {clean(base, NAME)}"
    why = "The fix starts from what users run, so that nothing unfinished goes out with it."
    if not OID.fullmatch(oid) or not site.repository.valid_branch(branch):
        wrong = Finding(False, f"“{clean(branch, NAME)}” is not a name that a branch can have")
        return Plan("branch", title, why, given, (), (wrong,))
    steps = [
        create_step(branch, oid, base),
        switch_step(given, branch, files=f"{oid[:7]} ({base})", of=f"from {base}"),
    ]
    if remote := given.get("push", ""):
        steps += [push_branch(remote, branch, oid, ""), follow(remote, branch)]
    return Plan("branch", title, why, given, tuple(steps), _findings(site, given), word=branch)


def _findings(site: Site, given: Mapping[str, str]) -> tuple[Finding, ...]:
    repository = site.repository
    status = repository.status()
    branch, base, oid = given["branch"], given.get("base", ""), given["oid"]
    now = repository.resolve(given.get("base_ref", ""))
    standing = create_step(branch, oid, base).look(site)
    return (
        Finding(
            now == oid,
            f"{base} is {oid[:7]}"
            if now == oid
            else f"{base} is not at {oid[:7]} any more; plan the branch again",
        ),
        *tidy(status),
        Finding(standing.state != "conflict", standing.observed),
        *_in_the_way(repository, branch),
        *_never_fetched(repository, status),
        *_behind(repository, given),
        *_there(site, given),
    )


def _in_the_way(repository: Repository, branch: str) -> tuple[Finding, ...]:
    """A branch `hotfix` forbids every `hotfix/…`."""
    parts = branch.split("/")
    shorter = ("/".join(parts[:length]) for length in range(1, len(parts)))
    return tuple(
        Finding(False, f"the branch {name} is in the way of {branch}: rename it first")
        for name in shorter
        if repository.resolve(f"refs/heads/{name}")
    )


def _never_fetched(repository: Repository, status: RepositoryStatus) -> tuple[Finding, ...]:
    if status.fetched_at or not repository.remotes():
        return ()
    return (
        Finding(
            False,
            "no fetch since this clone was made: newer release tags may exist (git fetch --tags)",
            blocks=False,
        ),
    )


def _there(site: Site, given: Mapping[str, str]) -> tuple[Finding, ...]:
    """Where it is pushed, the remote must not have another branch of that name."""
    remote = given.get("push", "")
    if not remote:
        return ()
    standing = branch_there(site, remote, given["branch"], given["oid"], given.get("there", ""))
    return (Finding(standing.state != "conflict", standing.observed),)


def _behind(repository: Repository, given: Mapping[str, str]) -> tuple[Finding, ...]:
    """Main here may be older than what was fetched of it (S0.BRA.2)."""
    ref, oid = given.get("base_ref", ""), given["oid"]
    if not ref.startswith("refs/heads/"):
        return ()
    name = ref.removeprefix("refs/heads/")
    for remote in repository.remotes():
        there = repository.resolve(f"refs/remotes/{remote}/{name}")
        count = repository.count(oid, there) if there else 0
        if count:
            more = "1 commit" if count == 1 else f"{count} commits"
            return (
                Finding(
                    False,
                    f"{name} is {more} behind {remote}/{name}: git merge --ff-only {remote}/{name}",
                    blocks=False,
                ),
            )
    return ()
