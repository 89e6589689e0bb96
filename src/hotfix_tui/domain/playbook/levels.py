"""How bad it is, and what follows: severities, the questions that decide them, flags and conditions."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from hotfix_tui.domain.record import record

Decision = Literal["hotfix", "next-release", "backlog"]
FieldKind = Literal["text", "number", "yes-no", "choice"]


@record(frozen=True, slots=True)
class Budget:
    """The time the whole hotfix may take (S2.PHA.9)."""

    target: timedelta
    """The time it should take."""
    maximum: timedelta
    """The time after which the question is asked."""
    question: str = ""
    """Asked once the maximum has passed (S2.PHA.11)."""


@record(frozen=True, slots=True)
class Severity:
    """A severity level with its clocks and what it asks of the team (X.1)."""

    id: str
    name: str
    """The level in a word, such as "Critical"."""
    meaning: str
    """What is so when it holds, in one sentence."""
    decision: Decision
    """What follows: a hotfix, the next release, or the backlog."""
    respond: timedelta | None = None
    """Time from the start to the first response."""
    resolve: timedelta | None = None
    """Time from the start to the fix being with users; the longest of a range."""
    resolve_least: timedelta | None = None
    """The shortest of the range, where there is one ("1-4 h")."""
    resolve_text: str = ""
    """What is said when `resolve` is open, such as "next release"."""
    approvals: tuple[str, ...] = ()
    """The roles whose approval is wanted."""
    update_every: timedelta | None = None
    """How often people are told while it lasts."""
    testing: str = ""
    """How deep to test, in a few words."""
    tests: tuple[str, ...] = ()
    """The tests that are required (S1.TST.1, S3.TST.1)."""
    tests_optional: tuple[str, ...] = ()
    """The tests that may be left out."""
    review: str = ""
    """Who looks at the change, and when (S1.TST.3)."""
    communication: str = ""
    """Whom to tell how, in a few words (S3.SEV.4)."""
    channels: tuple[str, ...] = ()
    """Where people are told."""
    postmortem_due: timedelta | None = None
    """After closing; None when no post-mortem is required."""
    examples: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Answer:
    """One fixed answer to a triage question."""

    key: str
    """The letter that chooses it."""
    text: str
    """The answer in words."""


@record(frozen=True, slots=True)
class Question:
    """A triage question; its answers stand from the worst to the mildest, so "not sure" counts as the first."""

    id: str
    text: str
    """The question as it is asked."""
    answers: tuple[Answer, ...]
    short: str = ""
    """The question for a narrow screen."""
    hint: str = ""


@record(frozen=True, slots=True)
class Rule:
    """If every answer named in `when` was given, this severity holds. The first rule that fits decides."""

    when: dict[str, str]
    """Question id to answer key; empty fits always."""
    severity: str
    """The severity that holds then."""
    because: str
    """Why, in one sentence: it is shown and recorded."""
    decision: Decision | None = None
    """Overrides the severity's own decision."""


@record(frozen=True, slots=True)
class Flag:
    """A fact that conditions use ("telemetry touched?"): asked at declaration, changed whenever it becomes known."""

    id: str
    text: str


@record(frozen=True, slots=True)
class Condition:
    """When something applies; an empty part does not limit."""

    severities: tuple[str, ...] = ()
    """It applies at one of these; empty for all."""
    flags: tuple[str, ...] = ()
    """It applies while all of these are set."""

    def holds(self, severity: str, flags: tuple[str, ...]) -> bool:
        """Whether it applies at this severity with these flags set."""
        if self.severities and severity not in self.severities:
            return False
        return not self.flags or set(self.flags) <= set(flags)


@record(frozen=True, slots=True)
class Field:
    """Something to be filled in: at declaration (S0.CHK.5), in the post-mortem (S3.PMT.2) or as a criterion of success."""

    id: str
    text: str
    kind: FieldKind = "text"
    """What can be answered."""
    choices: tuple[str, ...] = ()
    """The answers of a choice."""
    group: str = ""
    """The heading that it stands under."""
    hint: str = ""
    required: bool = False
    """Whether it must be filled in."""
    expect: str = ""
    """The answer that is good, for yes-no and choice."""
    at_least: float | None = None
    """The least number that is good."""
    at_most: float | None = None
    """The greatest number that is good."""
    below: float | None = None
    """The number that a good one stays under."""
    unit: str = ""
    """What the number counts, such as "%"."""
    when: Condition = Condition()


@record(frozen=True, slots=True)
class RollbackFirst:
    """The early question whether rolling back is faster than fixing (S4.GAT.1, S0.GAT.3)."""

    question: str
    """What is asked, such as "is going back faster?"."""
    hint: str = ""
    rollback: str = ""
    """The id of the rollback that "yes" starts."""
