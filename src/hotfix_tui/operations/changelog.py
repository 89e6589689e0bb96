"""The operation `changelog`: the fix's entry in the changelog, where it belongs and once (S2.VER.3, S3.VER.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests.changelog import Entered, enter
from hotfix_tui.operations.bump import head_of, nothing_left, of_site
from hotfix_tui.operations.common.fix import fix_of
from hotfix_tui.operations.common.texts import filled
from hotfix_tui.operations.plan import Choice, Edit, Finding, Plan, PlannedStep, edited
from hotfix_tui.ports import Site

CHOICES = (
    Choice("version", "the version of the entry; left out, the one that the incident was declared with"),
    Choice("summary", "what was wrong, in one line; left out, the incident's title"),
    Choice("issue", "the issue's number"),
    Choice("impact", "what users saw"),
    Choice("cause", "why it happened"),
    Choice("explanation", "what was changed"),
)


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The entry with all its words, its day, and the commit whose changelog gets it.

    `choice` may give "version" and any word of the playbook's entry.
    Raises: Refused when the playbook has no changelog, or a word of the entry is not known; PortFailure.
    """
    rules = playbook.version
    if not rules.changelog:
        raise Refused("This playbook names no changelog.")
    fix = fix_of(site, incident, playbook, choice)
    return {
        "path": rules.changelog,
        "version": fix.version,
        "oid": head_of(site),
        "entry": filled(rules.changelog_entry, "The changelog entry", fix, site, incident, choice),
        "day": site.clock.now().date().isoformat(),
        "branch": incident.declared.branch,
    }


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Insert the entry. Raises: Refused; PortFailure."""
    given = dict(parameters)
    before = site.history.file(given["oid"], given["path"])
    made = enter(
        given["path"], before or b"", given["entry"], given["version"], date.fromisoformat(given["day"])
    )
    path, version = clean(given["path"], NAME), clean(given["version"], NAME)
    step = _insert(made, before, version) if made.after != made.before else nothing_left(made.notes[0])
    why = "Who decides whether to update reads the changelog, and not the commits."
    findings = (*_findings(made, before), *of_site(step, given, site))
    return Plan("changelog", f"Enter {version} in {path}", why, given, (step,), findings)


def _insert(made: Entered, before: bytes | None, version: str) -> PlannedStep:
    edits = (Edit(made.path, before, made.after),)
    return PlannedStep(
        id="enter",
        title=f"Enter {version}",
        argv=(),
        effect="writes",
        changes=f"inserts the entry at line {made.line}",
        look=edited(edits, f"{version} in {made.path}, line {made.line}"),
        way_back="the file gets back the bytes that it had" if before is not None else "the file goes away",
        edits=edits,
    )


def _findings(made: Entered, before: bytes | None) -> tuple[Finding, ...]:
    new = () if before is not None else (Finding(False, f"{clean(made.path, NAME)} is a new file", False),)
    return (*new, *(Finding(False, note, blocks=False) for note in made.notes if made.after != made.before))
