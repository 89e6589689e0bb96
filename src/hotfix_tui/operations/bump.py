"""The operation `bump`: the fix's version in every version file and lock file, or in none (X.6, S2.VER.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook, VersionRules
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests.bumping import Bump
from hotfix_tui.manifests.bumping import Edit as FileEdit
from hotfix_tui.manifests.bumping import bump as raised
from hotfix_tui.manifests.files import named
from hotfix_tui.manifests.neighbours import matches, wanted
from hotfix_tui.operations.common.fix import fix_of
from hotfix_tui.operations.plan import Choice, Edit, Finding, Plan, PlannedStep, Standing, edited
from hotfix_tui.ports import Site

CHOICES = (Choice("version", "the version to write; left out, the one that the incident was declared with"),)
_LINES = "\n"


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The version, and the commit whose files are raised; `choice` may give "version".

    Raises: Refused when the playbook names no file, one cannot be read, or they do not agree; PortFailure.
    """
    rules = playbook.version
    if not named(rules):
        raise Refused("This playbook names no version files: the tag alone is the version.")
    fix = fix_of(site, incident, playbook, choice)
    given = {
        "version": fix.version,
        "oid": head_of(site),
        "rules": _kept(rules),
        "base": fix.base.removeprefix(playbook.git.tag_prefix),
        "branch": incident.declared.branch,
        "wrong": _LINES.join(fix.wrong),
        "odd": _LINES.join(fix.odd),
    }
    _made(given, site)
    return given


def head_of(site: Site) -> str:
    """The commit that the work tree stands on. Raises: Refused when there is none; PortFailure."""
    head = site.repository.status().head
    if not head:
        raise Refused("There is no commit here yet.")
    return head


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Write the version into all files at once. Raises: Refused; PortFailure."""
    given = dict(parameters)
    made = _made(given, site)
    version = clean(made.new, NAME)
    paths = ", ".join(clean(edit.path, NAME) for edit in made.edits)
    step = _write(made) if made.edits else nothing_left(f"every version file says {version}")
    title = f"Write {version} into {paths}" if made.edits else f"Every version file says {version}"
    why = "One file that says another version is a release that nobody can install, or one under the wrong name."
    return Plan("bump", title, why, given, (step,), (*_findings(given, made), *of_site(step, given, site)))


def edits_at(site: Site, oid: str, rules: VersionRules, version: str) -> tuple[FileEdit, ...]:
    """What raising the version of the commit's files changes. Raises: Refused; PortFailure."""
    return _raised(site, oid, rules, version).edits if named(rules) else ()


def _made(given: Mapping[str, str], site: Site) -> Bump:
    """What the settled plan changes. Raises: Refused; PortFailure."""
    return _raised(site, given["oid"], _rules(given["rules"]), given["version"])


def _raised(site: Site, oid: str, rules: VersionRules, version: str) -> Bump:
    """The version raised in the files as they are in the commit. Raises: Refused; PortFailure."""
    files = _files(site, oid, named(rules))
    patterns = wanted(files, rules)
    if patterns:
        others = (p for p in site.history.paths(oid) if any(matches(pattern, p) for pattern in patterns))
        files |= _files(site, oid, tuple(others))
    return raised(files, rules, version)


def _files(site: Site, oid: str, paths: tuple[str, ...]) -> dict[str, bytes]:
    found = ((path, site.history.file(oid, path)) for path in paths)
    return {path: data for path, data in found if data is not None}


def _kept(rules: VersionRules) -> str:
    return json.dumps([rules.files, rules.lock_files, rules.patterns or {}])


def _rules(kept: str) -> VersionRules:
    files, lock_files, patterns = json.loads(kept)
    return VersionRules(files=tuple(files), lock_files=tuple(lock_files), patterns=patterns)


def _write(made: Bump) -> PlannedStep:
    edits = tuple(Edit(edit.path, edit.before, edit.after) for edit in made.edits)
    paths = ", ".join(edit.path for edit in edits)
    count = "1 place" if len(made.places) == 1 else f"{len(made.places)} places"
    return PlannedStep(
        id="write",
        title=f"Write {clean(made.new, NAME)}",
        argv=(),
        effect="writes",
        changes=f"{clean(made.old, NAME)} becomes {clean(made.new, NAME)} in {count}, and nothing else changes",
        look=edited(edits, f"{made.new} in {paths}"),
        way_back="the files get back the bytes that they had",
        edits=edits,
    )


def nothing_left(observed: str) -> PlannedStep:
    """The step of a plan that finds everything done."""
    return PlannedStep(
        id="look",
        title="Look",
        argv=(),
        effect="reads",
        changes="nothing",
        look=lambda site: Standing("done", observed),
        level=0,
        way_back="nothing to take back",
    )


def _findings(given: Mapping[str, str], made: Bump) -> tuple[Finding, ...]:
    """What the version files say, and what is wrong with the new version."""
    files = ", ".join(dict.fromkeys(clean(place.path, NAME) for place in made.places))
    base = given["base"]
    known = [*given["odd"].splitlines(), *(made.notes if made.edits else ())]
    if base and made.edits and made.old != base:
        known.insert(0, f"the files do not say {clean(base, NAME)}, the version that is repaired")
    return (
        Finding(True, f"{clean(made.old, NAME)} in {files}"),
        *(Finding(False, line) for line in given["wrong"].splitlines()),
        *(Finding(False, line, blocks=False) for line in known),
    )


def of_site(step: PlannedStep, given: Mapping[str, str], site: Site) -> tuple[Finding, ...]:
    """Whether the files can be written here and now. Raises: PortFailure."""
    status, standing = site.repository.status(), step.look(site)
    branch = given["branch"]
    found = [Finding(standing.state != "conflict", standing.observed)]
    if status.pending:
        found.append(Finding(False, f"a {status.pending} has begun: finish or abort it first"))
    if branch and status.branch != branch:
        here = clean(status.branch, NAME) or "no branch"
        found.append(Finding(False, f"HEAD is on {here}, not on {clean(branch, NAME)}", blocks=False))
    return tuple(found)
