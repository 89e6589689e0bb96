"""The way back `user-downgrade`: the text by which users go back themselves (S0.RBK.4, S2.RBK.6)."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.templates import fill
from hotfix_tui.domain.text import MESSAGE, NAME, clean
from hotfix_tui.operations.common.texts import known_values
from hotfix_tui.operations.plan import Finding, PlannedStep, Standing
from hotfix_tui.operations.ways_back.facts import Facts, Wanted, version_of
from hotfix_tui.ports import Site


def settle(wanted: Wanted, facts: Facts) -> dict[str, str]:
    """The text with its words filled. Raises: Refused when the playbook has none."""
    rollback = wanted.rollback
    lines = [rollback.user_text, *(step.text for step in rollback.steps)]
    if not any(lines):
        raise Refused(f"“{clean(rollback.title, NAME)}” has no text for users: write its user_text.")
    base = version_of(wanted, facts.previous) or "the version before"
    known = {**known_values(wanted.site, wanted.incident, wanted.choice), "base": base, "fix": facts.fix}
    return {"to": base, "text": "\n".join(clean(fill(line, known), MESSAGE) for line in lines if line)}


def title(given: Mapping[str, str]) -> str:
    """What it does, in one line."""
    return f"Tell users how to go back to {clean(given['to'], NAME)}"


def steps(given: Mapping[str, str], site: Site) -> tuple[PlannedStep, ...]:
    """One step for each line that users are told; nothing is run."""
    return tuple(_told(n, line) for n, line in enumerate(given["text"].splitlines(), 1))


def _told(number: int, line: str) -> PlannedStep:
    return PlannedStep(
        id=f"tell-{number}",
        title=clean(line, NAME),
        argv=(),
        effect="reads",
        changes="nothing: it is for users to do",
        look=lambda site: Standing("done", line),
        level=0,
        way_back="nothing to take back",
    )


def findings(given: Mapping[str, str], site: Site) -> tuple[Finding, ...]:
    """That nobody is moved by it who does not read it."""
    return (Finding(False, "nothing is changed by it: it helps only those who read it", blocks=False),)
