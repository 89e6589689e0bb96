from __future__ import annotations

import pytest

from hotfix_tui.domain.triage import judge
from tests.playbooks.beta_protocol import PLAYBOOK

ALL = {q.id: [a.key for a in q.answers] for q in PLAYBOOK.questions}
TABLE = [
    # harm, users, impact, workaround: severity, decision
    ("y", "f", "n", "y", "P0", "hotfix"),  # S3.USE.1: data, security, privacy, whatever else
    ("?", "f", "n", "y", "P0", "hotfix"),
    ("n", "a", "u", "n", "P0", "hotfix"),  # S3.SEV.1
    ("n", "m", "u", "n", "P0", "hotfix"),
    ("n", "a", "u", "y", "P1", "hotfix"),  # S3.SCN.5: something stands in for it
    ("n", "m", "u", "y", "P1", "hotfix"),
    ("n", "a", "m", "n", "P1", "hotfix"),  # S3.SEV.2
    ("n", "m", "m", "y", "P1", "hotfix"),
    ("n", "s", "u", "n", "P1", "hotfix"),  # S3.SCN.4: on one platform
    ("n", "s", "m", "n", "P1", "hotfix"),
    ("n", "s", "u", "y", "P2", "next-release"),  # S3.SEV.3
    ("n", "s", "m", "y", "P2", "next-release"),
    ("n", "f", "u", "n", "P2", "next-release"),  # S3.USE.2: a single user's rare case
    ("n", "a", "n", "n", "P2", "next-release"),
    ("n", "s", "n", "y", "P2", "next-release"),
    ("n", "f", "n", "n", "P3", "backlog"),  # S3.SEV.4
    ("?", "?", "?", "?", "P0", "hotfix"),
    ("n", "?", "?", "?", "P0", "hotfix"),
    ("n", "s", "?", "?", "P1", "hotfix"),
    ("n", "f", "?", "?", "P2", "next-release"),
    ("n", "?", "?", "y", "P1", "hotfix"),
]


@pytest.mark.parametrize("row", TABLE, ids=["".join(row[:4]) for row in TABLE])
def test_the_decision_table(row: tuple[str, ...]) -> None:
    """Row by row what the source decides; "not sure" counts as the worse answer (S3.SEV.1-5, S3.GAT.1, S3.USE.1-2, S3.TRP.3)."""
    verdict = judge(PLAYBOOK, dict(zip(ALL, row[:4], strict=True)))
    assert (verdict.severity, verdict.decision) == row[4:]


def test_the_fixed_answers_of_the_assessment() -> None:
    """Three questions with the source's own answers and ours about harm (S3.SEV.5); short enough for a narrow screen."""
    assert {id: len(keys) for id, keys in ALL.items()} == {
        "harm": 2,
        "users": 4,
        "impact": 3,
        "workaround": 2,
    }
    assert all(len(q.short) <= 24 for q in PLAYBOOK.questions)


def test_going_back_is_asked_for_early_and_leads_somewhere() -> None:
    """The source has no way back; the question has one to offer (S3.RBK.1, S3.SCN.3)."""
    first = PLAYBOOK.rollback_first
    assert first is not None
    assert first.rollback in {rollback.id for rollback in PLAYBOOK.rollbacks}
