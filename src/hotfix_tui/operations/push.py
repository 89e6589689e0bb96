"""The operation `push`: the branch, then the tag, each proven by what the remote itself says (S3.GIT.1, S2.GIT.4)."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.versions import parse
from hotfix_tui.domain.versions.registries import standard_of
from hotfix_tui.operations.common import findings
from hotfix_tui.operations.common.pushing import asked, branch_there, follow, push_branch, push_tag
from hotfix_tui.operations.plan import Choice, Finding, Plan, PlannedStep
from hotfix_tui.ports import Site

CHOICES = (
    Choice("branch", "the branch; else the one that HEAD is on; none for only the tag"),
    Choice("tag", "the tag; else the one of the fix, when it is there; none for only the branch"),
)
NONE = "none"
KINDS = ("refs/tags/", "refs/heads/")
"""What a base may be."""


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """What is pushed, by its object id, and where the remote stands now.

    Raises: Refused when there is nothing to push; PortFailure when the remote cannot be asked.
    """
    remote = playbook.git.remote
    branch, oid = _branch(site, choice.get("branch", "").strip())
    was = asked(site, remote, f"refs/heads/{branch}") if branch else ""
    named = choice.get("tag", "").strip()
    tag, tag_oid, tagged = _tag(site, incident, playbook, named, oid)
    if not branch and not tag:
        raise Refused("There is nothing to push: HEAD is on no branch, and no tag of the fix is here.")
    tag_was = asked(site, remote, f"refs/tags/{tag}") if tag else ""
    if branch and not named and tag_was == tag_oid:
        tag = tag_oid = tagged = tag_was = ""  # it is out already: pushing the branch starts nothing more
    return {
        "remote": remote,
        "branch": branch,
        "oid": oid,
        "was": was,
        "tag": tag,
        "tag_oid": tag_oid,
        "tagged": tagged,
        "tag_was": tag_was,
        "triggers": playbook.git.tag_push_triggers if tag else "",
    }


def _branch(site: Site, wanted: str) -> tuple[str, str]:
    """The branch and its commit; both empty where none is pushed. Raises: Refused when there is no such branch."""
    if wanted == NONE:
        return "", ""
    head = site.repository.head_ref()
    branch = wanted or head.removeprefix("refs/heads/")
    oid = site.repository.resolve(f"refs/heads/{branch}") if branch else ""
    if wanted and not oid:
        raise Refused(f"There is no branch {clean(wanted, NAME)} here.")
    return (branch, oid) if oid else ("", "")


def _tag(site: Site, incident: Incident, playbook: Playbook, wanted: str, oid: str) -> tuple[str, str, str]:
    """The tag, its object and its commit; all empty where none is pushed. Raises: Refused when there is no such tag."""
    if wanted == NONE:
        return "", "", ""
    fix = incident.declared.fix
    declared = playbook.git.tag_prefix + fix if fix else ""
    names = (
        [wanted]
        if wanted
        else [*([declared] if declared else []), *_versions_at(site, incident, playbook, oid)]
    )
    tags = (tag for name in names if (tag := site.history.tag(name)))
    found = next((tag for tag in tags if wanted or tag.annotated), None)
    if found is None:
        if wanted:
            raise Refused(f"There is no tag {clean(wanted, NAME)} here; make it first: hotfix run tag")
        return "", "", ""
    if not wanted and oid and not site.history.contains(oid, found.commit):
        return "", "", ""
    return found.name, found.oid, found.commit


def _versions_at(site: Site, incident: Incident, playbook: Playbook, oid: str) -> list[str]:
    """The versions after the base that name this commit, the newest first: a fix may go out as a pre-release.

    None while nothing stands on the base: what names the base is no tag of the fix.
    """
    from hotfix_tui.domain.versions.known import Tags, sorted_tags  # late: most plans know the version

    base, prefix, standard = incident.declared.base, playbook.git.tag_prefix, standard_of(playbook.version)
    start = next((at for kind in KINDS if base and (at := site.repository.resolve(kind + base))), "")
    if not oid or (start and site.history.contains(start, oid)):
        return []
    repaired = parse(base, prefix, standard)
    known = sorted_tags(Tags(site.making.tags_at(oid)), prefix, standard)
    return [one.tag for one in reversed(known.releases) if repaired is None or one > repaired]


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Push the branch, let it follow, push the tag. Raises: PortFailure."""
    given = dict(parameters)
    branch, tag, remote = given.get("branch", ""), given.get("tag", ""), given.get("remote", "")
    what = " and ".join(clean(name, NAME) for name in (branch, tag) if name)
    title = f"Push {what} to {clean(remote, NAME)}"
    why = "What only this machine has can be lost, and nobody else can review, build or install it."
    odd = [name for name in (branch, tag) if name and not _plain(site, name)]
    if odd or not _plain(site, remote):
        named = clean((odd or [remote])[0], NAME)
        return Plan(
            "push", title, why, given, (), (Finding(False, f"“{named}” is not a name that is pushed"),)
        )
    return Plan("push", title, why, given, tuple(_steps(given)), _findings(site, given), word=tag or branch)


def _plain(site: Site, name: str) -> bool:
    """Whether the name cannot be taken for something else."""
    return clean(name) == name and site.repository.valid_branch(name)


def _steps(given: Mapping[str, str]) -> list[PlannedStep]:
    remote, branch, tag = given["remote"], given.get("branch", ""), given.get("tag", "")
    steps: list[PlannedStep] = []
    if branch:
        steps += [push_branch(remote, branch, given["oid"], given.get("was", "")), follow(remote, branch)]
    if tag:
        steps += [push_tag(remote, tag, given["tag_oid"], given.get("triggers", ""))]
    return steps


def _findings(site: Site, given: Mapping[str, str]) -> tuple[Finding, ...]:
    """What can be said without asking the remote again: that was done when the plan was made."""
    found: list[Finding] = []
    if branch := given.get("branch", ""):
        there = branch_there(site, given["remote"], branch, given["oid"], given.get("was", ""))
        found += [
            findings.still_at(site, f"refs/heads/{branch}", given["oid"], branch),
            Finding(there.state != "conflict", there.observed),
        ]
    if tag := given.get("tag", ""):
        found += _tag_findings(site, given, tag)
    return (*found, *findings.left_over(site), *findings.hooks(site))


def _tag_findings(site: Site, given: Mapping[str, str], tag: str) -> list[Finding]:
    known, was = site.history.tag(tag), given.get("tag_was", "")
    same = known is not None and known.oid == given["tag_oid"]
    found = [Finding(same, f"{tag} → {given['tagged'][:7]}" if same else f"{tag} was moved; plan it again")]
    if was and was != given["tag_oid"]:
        remote = given["remote"]
        found.append(
            Finding(False, f"{remote} has another {tag} ({was[:7]}); it stays: choose the next version")
        )
    if known is not None and not known.annotated:
        found.append(
            Finding(False, f"{tag} has no message of its own: it is a lightweight tag", blocks=False)
        )
    oid = given.get("oid", "")
    if oid and not site.history.contains(oid, given["tagged"]):
        found.append(Finding(False, f"{tag} is not on {given['branch']}", blocks=False))
    return found
