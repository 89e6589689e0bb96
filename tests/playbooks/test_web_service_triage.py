from __future__ import annotations

import pytest

from hotfix_tui.domain.triage import judge
from tests.playbooks.test_web_service import PLAYBOOK

ALL = {q.id: [a.key for a in q.answers] for q in PLAYBOOK.questions}
TABLE = [
    # danger, broken, reach, workaround, wait: severity, decision
    ("y", "s", "f", "y", "y", "P0", "hotfix"),  # S4.SEV.1: data, security, payments, whatever else
    ("?", "s", "f", "y", "y", "P0", "hotfix"),
    ("n", "a", "a", "n", "n", "P0", "hotfix"),  # S4.SEV.1: down
    ("n", "a", "s", "y", "y", "P0", "hotfix"),  # what is down cannot wait
    ("n", "a", "f", "n", "n", "P2", "next-release"),  # S4.USE.2: fewer than 5 %
    ("n", "l", "f", "n", "n", "P2", "next-release"),
    ("n", "l", "a", "n", "n", "P1", "hotfix"),  # S4.SEV.2: signing in
    ("n", "l", "s", "y", "n", "P1", "hotfix"),
    ("n", "l", "a", "n", "y", "P2", "next-release"),  # S4.USE.3: it can wait
    ("n", "m", "a", "n", "n", "P1", "hotfix"),  # S4.SEV.2: a major part, or more than half slower
    ("n", "m", "a", "n", "y", "P2", "next-release"),
    ("n", "m", "a", "y", "n", "P2", "next-release"),  # S4.SEV.3: a workaround
    ("n", "m", "s", "n", "n", "P2", "next-release"),  # S4.SEV.3: some
    ("n", "s", "a", "n", "n", "P2", "next-release"),  # S4.SEV.3: not critical
    ("?", "?", "?", "?", "?", "P0", "hotfix"),
    ("n", "?", "?", "?", "?", "P0", "hotfix"),
    ("n", "m", "?", "?", "?", "P1", "hotfix"),
    ("n", "m", "?", "y", "?", "P2", "next-release"),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=["".join(row[:5]) for row in TABLE])
def test_the_decision_table(row: tuple[str, ...]) -> None:
    """Row by row what the source decides; "not sure" counts as the worse answer (S4.SEV.1-3, S4.USE.1-3)."""
    verdict = judge(PLAYBOOK, dict(zip(ALL, row[:5], strict=True)))
    assert (verdict.severity, verdict.decision) == row[5:]


def test_the_questions_fit_a_narrow_screen() -> None:
    """Five questions, at most four answers each, and a short form."""
    assert len(PLAYBOOK.questions) == 5
    assert all(len(q.answers) <= 4 and 0 < len(q.short) <= 24 for q in PLAYBOOK.questions)
