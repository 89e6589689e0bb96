"""What declaring asks: on the command line, or in questions where somebody can answer."""

from __future__ import annotations

from collections.abc import Sequence

import click

from hotfix_tui.cli.output import complain, interactive
from hotfix_tui.domain.errors import NeedsAnswer
from hotfix_tui.domain.intents import Declare
from hotfix_tui.domain.item_values import accepted_value
from hotfix_tui.domain.playbook import Field, Playbook, Question
from hotfix_tui.domain.text import clean, one_line
from hotfix_tui.domain.triage import NOT_SURE, judge


def title() -> str:
    """The title, asked for. Raises: UsageError where nobody can answer."""
    if not interactive():
        raise click.UsageError("Say in one line what users see: hotfix declare TITLE")
    return str(click.prompt("What is happening (one line, users' words)", err=True)).strip()


def answers(playbook: Playbook, given: Sequence[str]) -> dict[str, str]:
    """The answers of `--answer question=key`. Raises: UsageError that lists what there is."""
    questions = {question.id: question for question in playbook.questions}
    found = {}
    for word in given:
        id, _, key = word.partition("=")
        question = questions.get(id.strip())
        if question is None:
            known = ", ".join(questions) or "none"
            raise click.UsageError(
                f"There is no question “{clean(id, 40)}” in this playbook; it has {known}."
            )
        key = key.strip()
        if key != NOT_SURE and key not in {answer.key for answer in question.answers}:
            raise click.UsageError(f"“{clean(key, 40)}” is no answer to {question.id}: {_choices(question)}.")
        found[question.id] = key
    return found


def flags(playbook: Playbook, given: Sequence[str]) -> tuple[str, ...]:
    """The flags that were set. Raises: UsageError for one that the playbook does not know."""
    known = {flag.id for flag in playbook.flags}
    for word in given:
        if word not in known:
            names = ", ".join(sorted(known)) or "none"
            raise click.UsageError(f"There is no flag “{clean(word, 40)}” in this playbook; it has {names}.")
    return tuple(dict.fromkeys(given))


def fields(playbook: Playbook, given: Sequence[str]) -> dict[str, str]:
    """The values of `--field id=value`. Raises: UsageError for a field or a value that cannot be."""
    known = {field.id: field for field in playbook.intake}
    found = {}
    for word in given:
        id, _, value = word.partition("=")
        field = known.get(id.strip())
        if field is None:
            names = ", ".join(known) or "none"
            raise click.UsageError(f"There is no field “{clean(id, 40)}” to declare with; there is {names}.")
        found[field.id] = _accepted(field, value)
    return found


def intake(playbook: Playbook, given: dict[str, str]) -> dict[str, str]:
    """The fields of the declaration with those that were still empty, asked for one by one; enter leaves one out."""
    found = dict(given)
    for field in playbook.intake:
        if field.id in found:
            continue
        choices = f" ({', '.join(field.choices)})" if field.choices else ""
        complain("", f"{field.text}{choices}", *([f"  {field.hint}"] if field.hint else []))
        value = str(click.prompt("  answer", default="", show_default=False, err=True)).strip()
        if value:
            found[field.id] = _accepted(field, value)
    return found


def _accepted(field: Field, value: str) -> str:
    try:
        return accepted_value(field, one_line(value))
    except NeedsAnswer as error:
        raise click.UsageError(str(error)) from error


def known_severity(playbook: Playbook, level: str) -> None:
    """Raises: UsageError for a severity that the playbook does not know."""
    known = [severity.id for severity in playbook.severities]
    if level and level.lower() not in {id.lower() for id in known}:
        raise click.UsageError(
            f"There is no severity “{clean(level, 40)}” in this playbook; it has {', '.join(known)}."
        )


def triage(playbook: Playbook, given: dict[str, str]) -> dict[str, str]:
    """The answers with those that were still missing, asked for one by one."""
    found = dict(given)
    for question in playbook.questions:
        if question.id in found:
            continue
        complain("", question.text, f"  {_choices(question)}")
        keys = [*(answer.key for answer in question.answers), NOT_SURE]
        found[question.id] = click.prompt(
            "  answer",
            type=click.Choice(keys, case_sensitive=False),
            default=NOT_SURE,
            show_choices=True,
            err=True,
        )
    return found


def _choices(question: Question) -> str:
    said = [f"{answer.key} {clean(answer.text, 80)}" for answer in question.answers]
    return ", ".join([*said, f"{NOT_SURE} not sure"])


def confirmed(playbook: Playbook, intent: Declare) -> bool:
    """Whether the person wants it written, after seeing what the rules say."""
    verdict = judge(playbook, intent.answers)
    level = intent.severity or verdict.severity
    where = f", {clean(intent.branch, 100)} from {clean(intent.base, 100)}" if intent.base else ""
    complain("", f"{level} because: {intent.reason or verdict.rule}{where}")
    return click.confirm("Declare it", err=True)
