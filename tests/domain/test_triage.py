from __future__ import annotations

import pytest

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.triage import judge
from tests.small_playbook import SEVERITIES, a_playbook


@pytest.mark.parametrize(
    ("answers", "severity", "number"),
    [
        ({"danger": "y", "many": "n"}, "P0", 1),
        ({"danger": "n", "many": "y"}, "P1", 2),
        ({"danger": "n", "many": "n"}, "P2", 3),
        ({"danger": "n", "many": "?"}, "P1", 2),
        ({"danger": "n"}, "P1", 2),
        ({"danger": "?", "many": "n"}, "P0", 1),
        ({}, "P0", 1),
        ({"danger": "x", "many": "n"}, "P0", 1),
        ({"danger": "n", "many": "n", "stranger": "y"}, "P2", 3),
    ],
)
def test_the_first_rule_that_fits_decides(answers: dict[str, str], severity: str, number: int) -> None:
    """Not sure, not answered and answered with nonsense all count as the worse answer (S2.SEV.1-4)."""
    verdict = judge(a_playbook(), answers)
    assert (verdict.severity, verdict.number) == (severity, number)


def test_the_decision_is_the_severitys_own() -> None:
    """P2 waits for the next release, and the rule says why."""
    verdict = judge(a_playbook(), {"danger": "n", "many": "n"})
    assert (verdict.decision, verdict.rule) == ("next-release", "Few are hit, and nothing is lost.")


def test_without_a_rule_that_fits_the_worst_severity_holds() -> None:
    """Nobody is sent to bed by a hole in the table."""
    verdict = judge(Playbook("p", "P", severities=SEVERITIES), {})
    assert (verdict.severity, verdict.number) == ("P0", 0)
