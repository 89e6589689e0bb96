"""What a document leaves out, says twice or left unclear."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.importing.understood import Notice, Understood

_HOLE = re.compile(r"^\s*(?:\[[^\]]*\]|<[^>]*>|_{3,}|\{\{?[^}]*\}\}?|tbd|todo|xxx+)\s*$", re.IGNORECASE)
_DATED = re.compile(
    r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:\s?[-–]\s?\d{1,2})?\b"
)
TWINS = 3
"""So many items that are said twice are worth a word."""


def nothing_found(document: Understood) -> Iterator[Notice]:
    """There are phases, severities and a way back."""
    if not document.phases:
        yield Notice(
            "no-phases",
            0,
            "No phases were found: neither numbered headings nor an ordered list of steps.",
            "Number the headings of the steps, or choose phases in the review.",
        )
    elif document.phase_kind == "list":
        yield Notice(
            "phases-in-a-list",
            document.phases[0].origin.first,
            f"The steps are the {len(document.phases)} items of a list, not headings.",
            "Look at them in the review.",
        )
    if not document.severities:
        yield Notice(
            "no-severities",
            0,
            "No severities were found: every incident would be alike.",
            "Add a table of severities with their times.",
        )
    if not document.rollbacks:
        yield Notice(
            "no-rollback",
            0,
            "No way back is described with steps or commands.",
            "Describe how to go back before somebody needs it.",
        )
    if not document.contacts and not document.rungs:
        yield Notice("no-contacts", 0, "Nobody to reach is named.", "Add a table of contacts.")


def unfilled_contacts(document: Understood) -> Iterator[Notice]:
    """Contacts say how to reach them."""
    for one in document.contacts:
        said = [value for value in (one.name, one.address, one.phone) if value]
        if said and all(_HOLE.match(value) for value in said):
            yield Notice(
                "contact-unfilled",
                one.origin.first,
                f"{one.role}: how to reach them is still a placeholder.",
                "Fill it in.",
            )


def dated_contacts(document: Understood) -> Iterator[Notice]:
    """Contacts hold longer than some days of one year (S3.ESC.3)."""
    for section in document.sections:
        around = document.sections[section.parent] if section.parent >= 0 else None
        about = section.role == "contacts" or (around is not None and around.role == "contacts")
        if about and _DATED.search(section.title):
            yield Notice(
                "contacts-dated",
                section.origin.first,
                "These contacts are for certain days only.",
                "Say who is to be reached on all others.",
            )


def said_twice(document: Understood) -> Iterator[Notice]:
    """Nothing is asked twice (S3.TRP.10, S4.TRP.9)."""
    twins = [task for task in document.tasks if task.twin]
    if len(twins) >= TWINS:
        yield Notice(
            "said-twice",
            twins[0].origin.first,
            f"{len(twins)} items say what another one says; they are linked and asked once.",
            "Keep one of the lists.",
        )


def empty_phases(document: Understood) -> Iterator[Notice]:
    """Every phase says what to do."""
    for phase in document.phases:
        if (
            document.phase_kind == "headings"
            and not (phase.items or phase.todo or phase.commands or phase.steps)
            and phase.origin.last - phase.origin.first < 3
        ):
            yield Notice(
                "phase-empty", phase.origin.first, f"“{phase.name}” says nothing to do.", "Add its items."
            )


_SKIPS = re.compile(
    r"(?i)(?:deploy|ship|release)\w* immediately|straight to production|skip(?:ping)? staging"
)
_NEVER = re.compile(r"(?i)(?:without|skip)\w*\s+(?:the\s+)?staging|without staging test")


def contradictions(document: Understood) -> Iterator[Notice]:
    """What one place forbids no other place does (S4.TRP.3)."""
    forbidden = next((one for one in document.advice if not one.do and _NEVER.search(one.text)), None)
    if forbidden is None:
        return
    for number, line in enumerate(document.text.split("\n"), 1):
        if _SKIPS.search(line) and number != forbidden.origin.first:
            yield Notice(
                "contradiction",
                number,
                f"This goes past staging, which line {forbidden.origin.first} forbids.",
                "Say when that is allowed.",
            )
