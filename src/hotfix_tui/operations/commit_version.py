"""The operation `commit-version`: version files, lock files and changelog in a commit of their own (S2.VER.4, S3.VER.6)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import MESSAGE, NAME, clean
from hotfix_tui.manifests.changelog import find
from hotfix_tui.operations.bump import edits_at, head_of, of_site
from hotfix_tui.operations.plan import Choice, Finding, Plan, PlannedStep, Standing
from hotfix_tui.operations.words import filled, fix_of
from hotfix_tui.ports import Site

CHOICES = (Choice("version", "the version that was written; left out, the declared one"),)
MESSAGE_WITHOUT_FORMAT = "Bump version to $fix"


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The message, the files that changed for the version, and the commit that comes before.

    `choice` may give "version" and words of the message.
    Raises: Refused when a file does not say the version yet, or none has changed; PortFailure.
    """
    fix = fix_of(site, incident, playbook, choice)
    oid = head_of(site)
    paths = [*_versions(site, playbook, oid, fix.version), *_changelog(site, playbook, oid, fix.version)]
    if not paths:
        raise Refused(f"No version file has changed since {oid[:7]}; run bump first.")
    template = playbook.formats.bump or MESSAGE_WITHOUT_FORMAT
    message = filled(template, "The message", fix, site, incident, choice).strip()
    lacking = bool(playbook.version.changelog) and playbook.version.changelog not in paths
    return {
        "version": fix.version,
        "oid": oid,
        "paths": json.dumps(paths),
        "message": clean(message, MESSAGE, multiline=True),
        "branch": incident.declared.branch,
        "without": playbook.version.changelog if lacking else "",
    }


def _versions(site: Site, playbook: Playbook, oid: str, version: str) -> list[str]:
    """The version files that the commit changes. Raises: Refused when one does not say the version."""
    edits = edits_at(site, oid, playbook.version, version)
    wrong = [clean(edit.path, NAME) for edit in edits if site.tree.read(edit.path) != edit.after]
    if wrong:
        raise Refused(
            f"{', '.join(wrong)} should say {clean(version, NAME)} and differ in nothing else; run bump first."
        )
    return [edit.path for edit in edits]


def _changelog(site: Site, playbook: Playbook, oid: str, version: str) -> list[str]:
    """The changelog, when it got the version's entry since the commit."""
    path = playbook.version.changelog
    data = site.tree.read(path) if path else None
    changed = data is not None and data != site.history.file(oid, path)
    return [path] if changed and find(path, data or b"", version) else []


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Commit these files and no other. Raises: PortFailure."""
    given = dict(parameters)
    paths = tuple(json.loads(given["paths"]))
    step = _commit(given, paths)
    count = "1 file" if len(paths) == 1 else f"{len(paths)} files"
    title = f"Commit {clean(given['version'], NAME)}: exactly {count}"
    why = "A release commit of exactly these files can be read, and taken back, by anybody."
    without = given["without"]
    told = (
        (Finding(False, f"{clean(without, NAME)} has no new entry for it", blocks=False),) if without else ()
    )
    return Plan("commit-version", title, why, given, (step,), (*told, *of_site(step, given, site)))


def _commit(given: Mapping[str, str], paths: tuple[str, ...]) -> PlannedStep:
    oid, message = given["oid"], given["message"]

    def look(site: Site) -> Standing:
        head = site.repository.resolve("HEAD")
        if head == oid:
            return Standing("not-done", f"HEAD is at {oid[:7]}")
        ours = site.history.parents(head) == (oid,) and site.history.message(head) == message
        if ours and set(site.repository.changes(oid, head).files) == set(paths):
            return Standing("done", f"{head[:7]} {message.splitlines()[0]}")
        return Standing("conflict", f"HEAD is at {head[:7]}, which is not this commit; plan it again")

    return PlannedStep(
        id="commit",
        title="Commit",
        argv=("git", "commit", "--only", "--quiet", "-m", message, "--", *paths),
        effect="writes",
        changes=f"one commit on {oid[:7]} with {', '.join(clean(path, NAME) for path in paths)}",
        look=look,
        inverse=("git", "reset", "--soft", oid),
        way_back=f"HEAD goes back to {oid[:7]}; the files keep their content, staged",
    )
