"""Texts with `$placeholders`: filled from the incident, never from code (X.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from string import Template

from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item

NAMES = frozenset(
    {"id", "title", "slug", "severity", "base", "fix", "branch", "date", "time", "lead", "started"}
)
"""Every placeholder that the incident itself fills; a playbook may use others, which a person fills."""


SAID = "said."
"""What stands before a word among the parameters of an operation for which a person said it."""
WORDS = {
    "issue": "the issue's number",
    "summary": "what was wrong, in one line",
    "symptom": "what users see",
    "impact": "whom it hits, and how",
    "cause": "why it happened",
    "explanation": "what was changed, and why that mends it",
    "platforms": "where it was tested",
}
"""What is asked for by the words that many texts use; another word asks by its own name."""


def asked(word: str) -> str:
    """What a person is asked for by this word."""
    return WORDS.get(word, word.replace("_", " "))


def said(incident: Incident) -> dict[str, str]:
    """The words that were said for operations; the newest counts."""
    return {
        name.removeprefix(SAID): value
        for run in incident.operations.values()
        for name, value in run.parameters.items()
        if name.startswith(SAID)
    }


def slug(title: str) -> str:
    """The title as a short part of a branch name: lower-case ASCII words joined by hyphens, at most 40 characters."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    return "-".join(words)[:40].strip("-") or "fix"


def word(id: str) -> str:
    """The placeholder that a field or a role of this id fills: "release_manager" for "release-manager"."""
    return id.replace("-", "_")


def values(incident: Incident, now: datetime) -> dict[str, str]:
    """The values of `NAMES`, of fields and roles by their ids, and of what was said; an unknown one is left out."""
    known = {
        "id": incident.id,
        "title": incident.title,
        "slug": slug(incident.title),
        "severity": incident.severity,
        "base": incident.declared.base,
        "fix": incident.declared.fix,
        "branch": incident.declared.branch,
        "date": now.strftime("%Y-%m-%d"),
        "time": now.strftime("%H:%MZ"),
        "lead": incident.roles.get("lead", ""),
        "started": incident.started_at.strftime("%Y-%m-%d %H:%MZ"),
    }
    people = {word(role): person for role, person in incident.roles.items()}
    written = {word(id): value for id, value in incident.fields.items()}
    return {**people, **said(incident), **written, **{name: value for name, value in known.items() if value}}


def fill(text: str, given: Mapping[str, str]) -> str:
    """The text with its known placeholders filled and the others left as they are."""
    if "$" not in text:
        return text
    return Template(text).safe_substitute(given)


def told(item: Item, given: Mapping[str, str]) -> Item:
    """The item as it is told to a person: what it says, and the command it shows, with their placeholders filled."""
    if not any("$" in said for said in (item.text, item.why, item.hint, item.done_when, *item.command)):
        return item
    return replace(
        item,
        text=fill(item.text, given),
        why=fill(item.why, given),
        hint=fill(item.hint, given),
        done_when=fill(item.done_when, given),
        command=tuple(fill(part, given) for part in item.command),
    )


def missing(text: str, given: Mapping[str, str]) -> tuple[str, ...]:
    """The placeholders of `text` that nothing in `given` fills, each once, in order."""
    return tuple(name for name in names(text) if name not in given)


def names(text: str) -> tuple[str, ...]:
    """The placeholders of `text`, each once, in order; however many there are."""
    found = (match["named"] or match["braced"] for match in Template.pattern.finditer(text))
    return tuple(dict.fromkeys(name for name in found if name))
