"""What has been answered so far, as one frozen value, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from hotfix_tui.domain.intents import ChangeSeverity, Declare
from hotfix_tui.domain.playbook import Answer, Decision, Playbook, Severity
from hotfix_tui.domain.record import record
from hotfix_tui.domain.triage import NOT_SURE, Verdict, judge

if TYPE_CHECKING:
    from hotfix_tui.domain.versions.oracle import Candidate


@record(frozen=True, slots=True)
class Start:
    """What the incident starts with, as suggested from the repository; all untrusted text, empty when unknown."""

    base: str = ""
    base_why: str = ""
    """Where the base comes from, such as "latest tag on main"."""
    fix: str = ""
    branch: str = ""
    lead: str = ""
    repository: str = ""
    origin: str = ""
    """Where the start time comes from, such as "alert"."""
    versions: tuple[Candidate, ...] = ()
    """What may carry the fix, best first."""
    warning: str = ""
    """Why nothing more is known of the repository, or what is not in order there: a sentence."""

    @property
    def version(self) -> Candidate | None:
        """The one of them that the fix is."""
        return next((one for one in self.versions if one.version == self.fix), None)


BY_HAND = "set by hand"
"""The origin of a start time that somebody typed."""


@record(frozen=True, slots=True)
class Draft:
    """What was typed before somebody left without declaring."""

    title: str = ""
    """Untrusted text."""
    answers: Mapping[str, str] = field(default_factory=dict)
    override: str = ""
    reason: str = ""
    started_at: datetime | None = None
    """None where nobody typed it: then it begins when the screen is opened again."""


@record(frozen=True, slots=True)
class Line:
    """One thing to answer: a question of the playbook, or one of its flags."""

    id: str
    text: str
    short: str
    answers: tuple[Answer, ...]
    hint: str = ""
    flag: bool = False


YES_NO = (Answer("y", "yes"), Answer("n", "no"))
FLAG = "flag:"
"""Before a flag's id, so that it cannot meet a question's."""


def lines(playbook: Playbook, *, flags: bool = True) -> tuple[Line, ...]:
    """Everything that is asked, in order: the questions, then the flags."""
    questions = tuple(Line(q.id, q.text, q.short or q.text, q.answers, q.hint) for q in playbook.questions)
    asked = playbook.flags if flags else ()
    return (*questions, *(Line(FLAG + f.id, f.text, f.text, YES_NO, flag=True) for f in asked))


@record(frozen=True, slots=True)
class Form:
    """The answers so far; every change makes a new one."""

    playbook: Playbook
    started_at: datetime
    answers: Mapping[str, str] = field(default_factory=dict)
    override: str = ""
    """The severity somebody chose against the rules; empty while the rules hold."""
    reason: str = ""

    def answer(self, line: Line, key: str) -> Form:
        """With this answer; an override gives way when the rules now say the same."""
        changed = replace(self, answers={**self.answers, line.id: key})
        return (
            replace(changed, override="", reason="") if changed.verdict.severity == self.override else changed
        )

    @property
    def verdict(self) -> Verdict:
        """What the rules say of the answers."""
        return judge(self.playbook, self.answers)

    @property
    def severity(self) -> Severity:
        """The severity that would be recorded."""
        found = self.playbook.severity(self.override or self.verdict.severity)
        return found or self.playbook.severities[0]

    @property
    def decision(self) -> Decision:
        """The decision that would be recorded."""
        return self.severity.decision if self.override else self.verdict.decision

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that were set; "not sure" sets one, since it counts as the worse answer."""
        return tuple(f.id for f in self.playbook.flags if self.answers.get(FLAG + f.id) in {"y", NOT_SURE})

    def moved(self, by: int) -> str:
        """The id of the severity so many places milder (1) or worse (-1), the last one at the ends."""
        ids = [severity.id for severity in self.playbook.severities]
        return ids[min(max(ids.index(self.severity.id) + by, 0), len(ids) - 1)]

    def overridden(self, severity: str, reason: str) -> Form:
        """With this severity for this reason; choosing what the rules say takes the override away."""
        if severity == self.verdict.severity:
            return replace(self, override="", reason="")
        return replace(self, override=severity, reason=reason)

    def resumed(self, draft: Draft) -> Form:
        """With what was answered before, as far as it is still asked for."""
        known = {line.id for line in lines(self.playbook)}
        kept = {id: key for id, key in draft.answers.items() if id in known}
        override = draft.override if self.playbook.severity(draft.override) else ""
        began = draft.started_at or self.started_at
        return replace(self, started_at=began, answers=kept, override=override, reason=draft.reason)

    def declare(self, title: str, start: Start, *, drill: bool) -> Declare:
        """The intent; a question without an answer is recorded as "not sure". The caller adds source and digest."""
        return Declare(
            title=title,
            answers={q.id: self.answers.get(q.id, NOT_SURE) for q in self.playbook.questions},
            severity=self.override,
            reason=self.reason,
            flags=self.flags,
            started_at=self.started_at,
            base=start.base,
            fix=start.fix,
            branch=start.branch,
            repository=start.repository,
            lead=start.lead,
            drill=drill,
        )

    def change(self) -> ChangeSeverity:
        """The intent that follows from answering again."""
        reason = self.reason or f"questions answered again: {self.verdict.rule}"
        return ChangeSeverity(self.severity.id, reason, dict(self.answers))
