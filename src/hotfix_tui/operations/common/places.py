"""Where operations work: the hotfix branch, the targets of the remote, the way back to where HEAD was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.records import OperationRecord
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.plan import Finding
from hotfix_tui.ports import RepositoryStatus, Site

OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
HEADS = "refs/heads/"


def hotfix_branch(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> str:
    """The branch of the fix: the chosen one, the one that was made or declared, else the one that HEAD is on.

    Raises: Refused when HEAD is on no branch, or on one that the fix shall come back to; PortFailure.
    """
    runs = incident.operations.values()
    made = [run.parameters["branch"] for run in runs if run.parameters.get("branch") and _made(run)]
    named = choice.get("branch") or (made[-1] if made else "") or incident.declared.branch
    head = site.repository.head_ref().removeprefix(HEADS)
    branch = named or head
    if not branch or any(
        fnmatchcase(branch, target) for target in (playbook.git.main, *playbook.git.merge_back)
    ):
        raise Refused(f"Which branch holds the fix? {clean(branch, NAME) or 'HEAD'} is none; say branch=…")
    if not site.repository.valid_branch(branch):
        raise Refused(f"“{clean(branch, NAME)}” is not a name that a branch can have.")
    return branch


def _made(run: OperationRecord) -> bool:
    """Whether the run says which branch it is: it made it, or worked with it."""
    return run.state in ("done", "left") if run.operation == "branch" else run.state != "undone"


def heads(site: Site, remote: str) -> dict[str, str]:
    """The branches of the remote and their commits, as it says itself now; none without that remote.

    Raises: PortFailure.
    """
    if remote not in site.repository.remotes():
        return {}
    found = site.repository.remote_refs(remote, f"{HEADS}*")
    return {ref.removeprefix(HEADS): oid for ref, oid in found.items() if ref.startswith(HEADS)}


def targets(wanted: tuple[str, ...], there: Mapping[str, str], branch: str) -> tuple[str, ...]:
    """The branches that are meant, each once: a pattern such as "release/*" means those that the remote has."""
    found: list[str] = []
    for one in wanted:
        fitting = (
            [name for name in sorted(there) if fnmatchcase(name, one)] if set(one) & set("*?[") else [one]
        )
        found += [name for name in fitting if name != branch]
    return tuple(dict.fromkeys(found))


def holds(site: Site, head: str, commit: str) -> bool:
    """Whether `commit` is in `head`; not, where one of them is not on this machine. Raises: PortFailure."""
    known = bool(head) and all(site.repository.resolve(oid) for oid in (head, commit))
    return known and site.history.contains(head, commit)


def here(site: Site) -> dict[str, str]:
    """Where HEAD is now, as parameters of a plan. Raises: PortFailure."""
    oid = site.repository.resolve("HEAD")
    return {"from_ref": site.repository.head_ref() if oid else "", "from_oid": oid}


def way_home(given: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """The command that goes back to where HEAD was, and it in words."""
    ref, oid = given.get("from_ref", ""), given.get("from_oid", "")
    name = ref.removeprefix(HEADS)
    if ref.startswith(HEADS) and clean(name) == name and not name.startswith("-"):
        return ("git", "switch", "--no-guess", name), f"switch back to {name}"
    if OID.fullmatch(oid):
        return ("git", "switch", "--detach", oid), f"back to {oid[:7]}, without a branch"
    return (), "no way back: there was no commit before"


def tidy(status: RepositoryStatus) -> tuple[Finding, ...]:
    """Nothing is changed and nothing has begun in the work tree."""
    count = status.changed + status.unmerged
    files = "1 changed file" if count == 1 else f"{count} changed files"
    begun = f"a {status.pending} has begun: finish or abort it first"
    return (
        Finding(
            status.clean, "tree clean" if status.clean else f"tree not clean, {files}: commit or stash first"
        ),
        Finding(not status.pending, begun if status.pending else "no merge or rebase is under way"),
    )


def known_word(name: str) -> bool:
    """Whether a name can stand in a command and on the screen as it is."""
    return bool(name) and clean(name) == name and not name.startswith("-")
