"""A practice incident on a sandbox: the real rules and the real git, and nothing of anybody's is touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from hotfix_tui.domain.intents import AddNote, Declare
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.triage import judge
from hotfix_tui.ports import Repository
from hotfix_tui.service.incidents import Case, IncidentService
from hotfix_tui.service.library import Library
from hotfix_tui.service.suggestions import suggest

BEGAN = timedelta(minutes=6)
"""How long before the drill the practised incident began."""
TITLE = "Practice: a vault path with a space writes over another file"


@record(frozen=True, slots=True)
class Sandbox:
    """A repository of a drill's own, with everything around it in the same folder."""

    root: Path
    """The work tree."""
    remote: Path
    """The bare repository that `origin` is."""
    log: Path
    """The log that the sandbox's application writes."""
    base: str
    """The tag of the broken release."""
    fix: str
    """The commit on main that repairs it."""
    fix_subject: str


def start_drill(
    incidents: IncidentService,
    library: Library,
    make_sandbox: Callable[[], Sandbox],
    find_repository: Callable[[Path], Repository],
    playbook: str = "",
) -> Case:
    """Make a sandbox and declare a practice incident on it, as severe as the playbook knows.

    Raises: Refused when the playbook does not load; PortFailure when the sandbox cannot be made.
    """
    loaded = library.load(playbook)
    sandbox = make_sandbox()
    began = incidents.now - BEGAN
    found = suggest(find_repository(sandbox.root), loaded.playbook, TITLE)
    severity, reason = _worst(loaded.playbook)
    intent = Declare(
        title=TITLE,
        answers=_answers(loaded.playbook),
        severity=severity,
        reason=reason,
        started_at=began,
        base=found.base,
        fix=found.fix,
        branch=found.branch,
        repository=str(sandbox.root),
        lead=incidents.by,
        drill=True,
        source=loaded.source,
        digest=loaded.digest,
    )
    case = incidents.declare(loaded.playbook, intent)
    for minutes, text in _BRIEFING:
        words = text.format(base=sandbox.base, oid=sandbox.fix[:7], subject=sandbox.fix_subject)
        case = incidents.ask(case, AddNote(words, began + timedelta(minutes=minutes)))
    return case


_BRIEFING = (
    (0, "support: two people lost a file after they upgraded keyhole to {base}"),
    (4, "the log shows it: the path is cut at its first space"),
    (5, "main has a repair already: {oid} {subject}"),
)
"""What is known when the drill begins, minutes after the start."""


def _answers(playbook: Playbook) -> dict[str, str]:
    """The worst answer to every question: it stands first."""
    return {question.id: question.answers[0].key for question in playbook.questions}


def _worst(playbook: Playbook) -> tuple[str, str]:
    """A severity that is a hotfix and why, where the worst answers would not lead to one."""
    if judge(playbook, _answers(playbook)).decision == "hotfix":
        return "", ""
    hotfix = next((severity.id for severity in playbook.severities if severity.decision == "hotfix"), "")
    return hotfix, "a practice drill" if hotfix else ""
