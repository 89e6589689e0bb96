"""The way back `channel-pointer`: the file that an updater reads, or npm's dist-tag, names the release before again."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.text import MESSAGE, NAME, clean
from hotfix_tui.domain.versions.spelled import names
from hotfix_tui.operations.common import going
from hotfix_tui.operations.common.places import HEADS, here
from hotfix_tui.operations.plan import Edit, Finding, PlannedStep
from hotfix_tui.operations.ways_back import releasing, sending
from hotfix_tui.operations.ways_back.chain import Chain, Link
from hotfix_tui.operations.ways_back.facts import Facts, Wanted, version_of
from hotfix_tui.operations.ways_back.registry import moved_step, settle_tag
from hotfix_tui.ports import Site

LOOKED = 50
"""How many older states of the file are looked at."""


def settle(wanted: Wanted, facts: Facts) -> dict[str, str]:
    """The file with the commit whose bytes come back, or the dist-tag with its two versions (S0.RBK.3, S1.RBK.2).

    Raises: Refused when nothing is known that points to the release before; PortFailure.
    """
    path = wanted.choice.get("file") or wanted.rollback.pointer
    to = version_of(wanted, facts.previous)
    if not to:
        raise Refused("No release before this one is here; name it: to=v1.2.3")
    if not path:
        return {"to": to, "file": "", **settle_tag(wanted, facts, to)}
    site, git = wanted.site, wanted.playbook.git
    branch = wanted.choice.get("on") or git.main
    start = site.repository.resolve(f"{HEADS}{branch}")
    if not start:
        raise Refused(f"There is no branch {clean(branch, NAME)} here.")
    source = _source(site, start, path, to)
    what = f"Point {path} back to {to}"
    title = clean(wanted.incident.title, MESSAGE)
    return {
        "to": to,
        "file": path,
        "source": source,
        "on": branch,
        "start": start,
        "message": wanted.choice.get("message") or f"{what}\n\n{wanted.incident.id}: {title}",
        "remote": git.remote if git.remote in site.repository.remotes() else "",
        **here(site),
    }


def _source(site: Site, start: str, path: str, version: str) -> str:
    """The newest commit whose file names the version. Raises: Refused when there is none, or it names it now."""
    for n, oid in enumerate(site.rehearsal.changing(start, path, LOOKED)):
        data = site.history.file(oid, path) or b""
        if any(names(line, version) for line in data.decode("utf-8", "replace").splitlines()):
            if n == 0:
                raise Refused(f"{clean(path, NAME)} names {version} already.")
            return oid
    raise Refused(f"No {clean(path, NAME)} that names {version} is in the history; write it by hand.")


def title(given: Mapping[str, str]) -> str:
    """What it does, in one line."""
    what = given["file"] or f"npm’s {given['tag']}"
    return f"Point {clean(what, NAME)} back to {clean(given['to'], NAME)}"


def steps(given: Mapping[str, str], site: Site) -> tuple[PlannedStep, ...]:
    """Write the file as it was, commit and push it; or move the dist-tag. Raises: PortFailure."""
    if not given["file"]:
        return (moved_step(given),)
    chain = Chain(given["on"], given["start"], (Link(given["message"]),))
    path = given["file"]
    edits = (Edit(path, site.history.file(given["start"], path), site.history.file(given["source"], path)),)
    said = f"{clean(path, NAME)} as in {given['source'][:7]}"
    made = [going.switch_step(given, chain.branch)] if given["from_ref"] != chain.ref else []
    made += [
        releasing.edit_step(chain, 0, edits, f"Write {said}", f"it names {given['to']} again"),
        releasing.commit_step(chain, 0, given["message"], edits),
    ]
    if given["remote"]:
        made.append(sending.push_branch(given["remote"], chain, new=False, level=3))
    return tuple(made)


def findings(given: Mapping[str, str], site: Site) -> tuple[Finding, ...]:
    """From which version to which (S1.RBK.3)."""
    bad = clean(given["bad"], NAME) or "the fix"
    found = [Finding(True, f"from {bad} back to {clean(given['to'], NAME)}")]
    if given["file"]:
        found.append(Finding(True, f"dry run ok: the bytes are those of {given['source'][:7]}"))
    elif not given.get("package"):
        found.append(Finding(False, "package.json names no package, so there is no dist-tag to move"))
    elif not site.shell.which("npm"):
        found.append(Finding(False, "npm is not on the PATH"))
    return tuple(found)
