"""The operation `commit-version`: version files, lock files and changelog in a commit of their own (S2.VER.4, S3.VER.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Formats, Playbook
from hotfix_tui.domain.templates import fill, names
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests.changelog import find
from hotfix_tui.operations import commit
from hotfix_tui.operations.bump import edits_at, head_of
from hotfix_tui.operations.common.fix import fix_of
from hotfix_tui.operations.common.texts import filled
from hotfix_tui.operations.plan import Choice, Finding, Plan
from hotfix_tui.ports import Site

CHOICES = (
    Choice("version", "the version that was written; left out, the declared one"),
    Choice("message", "the commit's message"),
    Choice("sign", "yes or no; else as your git is set"),
)
FORMAT = "Bump version to $fix"
"""What a version commit says where the playbook has no message for it."""


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """What `commit` settles, for exactly the files that changed for the version.

    Raises: Refused when a file does not say the version yet, or none has changed; PortFailure.
    """
    fix = fix_of(site, incident, playbook, choice)
    oid, log = head_of(site), playbook.version.changelog
    entered = _changelog(site, log, oid, fix.version)
    paths = [*_versions(site, playbook, oid, fix.version), *entered]
    if not paths:
        raise Refused(f"No version file has changed since {oid[:7]}; run bump first.")
    text = choice.get("message") or _format(playbook.formats)
    message = filled(text, "The message", fix, site, incident, choice)
    chosen = {"paths": ",".join(paths), "message": message, "sign": choice.get("sign", "")}
    settled = commit.prepare(site, incident, playbook, chosen)
    return {**settled, "version": fix.version, "without": log if log and not entered else ""}


def _format(formats: Formats) -> str:
    """The playbook's message, else its marking: the first line of every other commit, about the version."""
    first = formats.commit.strip().partition("\n")[0]
    marked = fill(first, {"summary": FORMAT}) if "summary" in names(first) else FORMAT
    return formats.bump or marked


def _versions(site: Site, playbook: Playbook, oid: str, version: str) -> list[str]:
    """The version files that the commit changes. Raises: Refused when one does not say the version."""
    edits = edits_at(site, oid, playbook.version, version)
    wrong = [clean(edit.path, NAME) for edit in edits if site.tree.read(edit.path) != edit.after]
    if wrong:
        raise Refused(
            f"{', '.join(wrong)} should say {clean(version, NAME)} and differ in nothing else; run bump first."
        )
    return [edit.path for edit in edits]


def _changelog(site: Site, path: str, oid: str, version: str) -> list[str]:
    """The changelog, when it got the version's entry since the commit."""
    data = site.tree.read(path) if path else None
    changed = data is not None and data != site.history.file(oid, path)
    return [path] if changed and find(path, data or b"", version) else []


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Commit these files and no other. Raises: PortFailure."""
    made = commit.plan(parameters, site)
    without = clean(parameters["without"], NAME)
    told = (Finding(False, f"{without} has no new entry for it", blocks=False),) if without else ()
    return replace(
        made,
        operation="commit-version",
        title=f"{made.title}: version {clean(parameters['version'], NAME)}",
        why="A release commit of exactly these files can be read, and taken back, by anybody.",
        findings=(*told, *made.findings),
    )
