"""Triage: answers to the playbook's questions give a severity, a decision and the rule that decided."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.playbook import Decision, Playbook, Question
from hotfix_tui.domain.record import record

NOT_SURE = "?"
"""The answer "not sure": it counts as the question's worst answer, which stands first."""


@record(frozen=True, slots=True)
class Verdict:
    """What triage says, and why."""

    severity: str
    decision: Decision
    rule: str
    """The reason of the rule that decided, as a sentence."""
    number: int
    """The rule's place in the playbook, from 1; 0 when no rule fitted."""


def judge(playbook: Playbook, answers: Mapping[str, str]) -> Verdict:
    """The verdict of the first rule that fits (S2.SEV.1-4).

    A question not answered, or answered with a key that it does not have, counts as "not sure".

    Where no rule fits, the first severity holds: the worse one, until somebody knows better.
    """
    taken = {
        question.id: worst_of(_known(question, answers), question.answers[0].key)
        for question in playbook.questions
    }
    for number, rule in enumerate(playbook.rules, start=1):
        if all(taken.get(question) == key for question, key in rule.when.items()):
            severity = playbook.severity(rule.severity) or playbook.severities[0]
            return Verdict(severity.id, rule.decision or severity.decision, rule.because, number)
    first = playbook.severities[0]
    return Verdict(first.id, first.decision, "No rule fits, so the worst severity holds.", 0)


def _known(question: Question, answers: Mapping[str, str]) -> str:
    given = answers.get(question.id, NOT_SURE)
    return given if any(given == answer.key for answer in question.answers) else NOT_SURE


def worst_of(answer: str, worst: str) -> str:
    """The answer itself, or the worst one for "not sure"."""
    return worst if answer == NOT_SURE else answer


def answered_again(playbook: Playbook, before: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The answers to every question once these new ones hold too; empty when that changes nothing.

    A question left out, or answered with a key that it does not have, keeps the answer from before.
    """
    whole = {}
    for question in playbook.questions:
        known = {NOT_SURE, *(answer.key for answer in question.answers)}
        given = new.get(question.id, "")
        whole[question.id] = given if given in known else before.get(question.id, NOT_SURE)
    same = all(before.get(id, NOT_SURE) == key for id, key in whole.items())
    return {} if same else whole
