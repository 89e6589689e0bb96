"""What holds for the questions and rules of every built-in playbook."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.triage import NOT_SURE, judge
from tests.playbooks.built_in import PLAYBOOKS

DECISIONS = ("hotfix", "next-release", "backlog")
"""From the one that does most to the one that waits longest."""


def every_answer(playbook: Playbook) -> Iterator[dict[str, str]]:
    """Every way to answer the questions, "not sure" left out."""
    keys = [[answer.key for answer in question.answers] for question in playbook.questions]
    names = [question.id for question in playbook.questions]
    return (dict(zip(names, chosen, strict=True)) for chosen in itertools.product(*keys))


@pytest.mark.parametrize("source", PLAYBOOKS)
def test_the_rules_leave_no_hole_and_none_is_idle(source: str) -> None:
    """Every combination of answers meets a rule, and every rule decides at least one."""
    playbook = PLAYBOOKS[source]
    numbers = {judge(playbook, answers).number for answers in every_answer(playbook)}
    assert numbers == set(range(1, len(playbook.rules) + 1))


@pytest.mark.parametrize("source", PLAYBOOKS)
def test_a_worse_answer_never_makes_it_milder(source: str) -> None:
    """A worse answer keeps the severity or makes it worse; "not sure" the decision as well."""
    playbook = PLAYBOOKS[source]
    order = [severity.id for severity in playbook.severities]
    for answers in every_answer(playbook):
        sure = judge(playbook, answers)
        for question in playbook.questions:
            keys = [answer.key for answer in question.answers]
            for worse in keys[: keys.index(answers[question.id])]:
                harder = judge(playbook, {**answers, question.id: worse})
                assert order.index(harder.severity) <= order.index(sure.severity), (answers, question.id)
            unsure = judge(playbook, {**answers, question.id: NOT_SURE})
            assert order.index(unsure.severity) <= order.index(sure.severity), (answers, question.id)
            assert DECISIONS.index(unsure.decision) <= DECISIONS.index(sure.decision), (answers, question.id)
