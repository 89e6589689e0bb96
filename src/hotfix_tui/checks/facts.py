"""What checks ask about the same things: the incident's branch and tag, the commits of the base and of the fix."""

from __future__ import annotations

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.templates import fill, missing, values
from hotfix_tui.ports import Site


@record(frozen=True, slots=True)
class Fix:
    """The commit that carries the fix, and what it is called."""

    oid: str
    name: str


def branch_of(incident: Incident, playbook: Playbook) -> str:
    """The hotfix branch: as it was made, else as declared, else as the playbook names it. Raises: Refused."""
    given = values(incident, incident.started_at)
    name = settled(incident, "branch", "branch") or incident.declared.branch
    if not name and not missing(playbook.git.branch, given):
        name = fill(playbook.git.branch, given)
    if not name:
        raise Refused("the incident names no branch yet")
    return name


def version_of(incident: Incident) -> str:
    """The version that carries the fix: as it was written, else as declared. Raises: Refused when nobody said it."""
    written = settled(incident, "commit-version", "version") or settled(incident, "bump", "version")
    if not written and not incident.declared.fix:
        raise Refused("the incident names no version for the fix")
    return written or incident.declared.fix


def tag_of(incident: Incident, playbook: Playbook) -> str:
    """The tag of the fix: as it was made, else by its version. Raises: Refused when that is not known."""
    return settled(incident, "tag", "tag") or f"{playbook.git.tag_prefix}{version_of(incident)}"


def settled(incident: Incident, operation: str, name: str) -> str:
    """What was settled for the newest run of the operation that stands or has not ended; empty when there is none."""
    runs = (run for run in incident.operations.values() if run.operation == operation)
    known = [run.parameters.get(name, "") for run in runs if run.state in ("done", "running")]
    return known[-1] if known else ""


def base_of(site: Site, incident: Incident, playbook: Playbook) -> tuple[str, str]:
    """What the fix starts from: its name and its commit. Raises: Refused when it is not known; PortFailure."""
    name = incident.declared.base
    if not name:
        raise Refused("the incident names no base")
    if name == playbook.git.main:
        return name, main_of(site, playbook)
    forms = (f"refs/tags/{name}", *_branches(name, playbook), name)
    found = next((oid for form in forms if (oid := site.repository.resolve(form))), "")
    if not found:
        raise Refused(f"{name} is not here; fetch it with git fetch --tags")
    return name, found


def main_of(site: Site, playbook: Playbook) -> str:
    """The commit of the main branch, here or as last fetched. Raises: Refused; PortFailure."""
    name = playbook.git.main
    found = next((oid for form in _branches(name, playbook) if (oid := site.repository.resolve(form))), "")
    if not found:
        raise Refused(f"there is no branch {name} here")
    return found


def tip_of(site: Site, incident: Incident, playbook: Playbook) -> str:
    """The commit of the hotfix branch, here or as last fetched; empty when there is none. Raises: PortFailure."""
    forms = _branches(branch_of(incident, playbook), playbook)
    return next((oid for form in forms if (oid := site.repository.resolve(form))), "")


def gone(site: Site, incident: Incident, playbook: Playbook) -> str:
    """The tag that keeps the fix, where its branch is nowhere any more; else empty. Raises: PortFailure."""
    try:
        tag = tag_of(incident, playbook)
        kept = not tip_of(site, incident, playbook) and site.history.tag(tag) is not None
    except Refused:
        return ""
    return tag if kept else ""


def work_of(site: Site, incident: Incident, playbook: Playbook) -> str:
    """The newest commit of the fix: its branch's, else where the work tree stands.

    Raises: Refused when the branch was deleted, or the work tree is on main; PortFailure.
    """
    tip = tip_of(site, incident, playbook)
    if tip:
        return tip
    tag = gone(site, incident, playbook)
    if tag:
        raise Refused(f"{branch_of(incident, playbook)} is gone; {tag} keeps the fix")
    status = site.repository.status()
    if status.branch == playbook.git.main:
        raise Refused(f"there is no branch {branch_of(incident, playbook)} yet")
    return status.head


def fix_of(site: Site, incident: Incident, playbook: Playbook) -> Fix:
    """The commit that carries the fix: its branch's, else, once that is deleted, its tag's.

    Raises: Refused when there is none, or nothing was committed on the base; PortFailure.
    """
    found = _branch_fix(site, incident, playbook) or _tag_fix(site, incident, playbook)
    if found is None:
        raise Refused("there is neither a hotfix branch nor its tag here")
    base, oid = base_of(site, incident, playbook)
    if site.history.contains(oid, found.oid):
        raise Refused(f"nothing is committed on {base} yet")
    return found


def _branch_fix(site: Site, incident: Incident, playbook: Playbook) -> Fix | None:
    try:
        oid = tip_of(site, incident, playbook)
    except Refused:
        return None
    return Fix(oid, branch_of(incident, playbook)) if oid else None


def _tag_fix(site: Site, incident: Incident, playbook: Playbook) -> Fix | None:
    try:
        tag = tag_of(incident, playbook)
    except Refused:
        return None
    found = site.history.tag(tag)
    return Fix(found.commit, tag) if found else None


def _branches(name: str, playbook: Playbook) -> tuple[str, str]:
    return f"refs/heads/{name}", f"refs/remotes/{playbook.git.remote}/{name}"


def short(oid: str) -> str:
    """An object id as people say it."""
    return oid[:7]


def counted(number: int, noun: str) -> str:
    """How many there are, as in “1 file” and “2 files”."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
