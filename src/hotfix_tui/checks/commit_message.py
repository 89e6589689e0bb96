"""The check `commit-message`: what is committed on the base is called as the playbook wants it (X.9, S1.GAT.3)."""

from __future__ import annotations

import re
from string import Template

from hotfix_tui.checks.change import LOOKED_AT
from hotfix_tui.checks.facts import base_of, counted, short, work_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.ports import Commit, Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether each subject has one of the playbook's forms, and one commit the whole of the fix's. Raises: Refused; PortFailure."""
    forms = tuple(
        form for form in (playbook.formats.commit, playbook.formats.bump, playbook.formats.merge) if form
    )
    guards = tuple(guard.pattern for guard in playbook.guards if guard.kind == "commit-message")
    if not forms and not guards:
        raise Refused("the playbook says nothing about messages")
    base, oid = base_of(site, incident, playbook)
    tip = work_of(site, incident, playbook)
    commits = site.repository.commits(oid, tip, LOOKED_AT)
    if not commits:
        raise Refused(f"nothing is committed on {base} yet")
    odd = [one for one in commits if not _fits(one.subject, forms, guards)]
    if odd:
        more = f" and {len(odd) - 1} more" if len(odd) > 1 else ""
        return Observed(ok=False, text=f"{_called(odd[0])}{more} has not the playbook's form")
    whole = _whole(site, playbook.formats.commit, commits)
    if whole is None:
        return Observed(ok=False, text=f"{_called(commits[0])} lacks a part of the playbook's message")
    return Observed(ok=True, text=f"{counted(len(commits), 'commit')} on {base}: {_called(whole)}")


def _fits(subject: str, forms: tuple[str, ...], guards: tuple[str, ...]) -> bool:
    """Any form is good, and where there is none the guards decide alone."""
    named = any(expression(form.strip().partition("\n")[0]).fullmatch(subject) for form in forms)
    return (named or not forms) and all(re.search(guard, subject) for guard in guards)


def _whole(site: Site, form: str, commits: tuple[Commit, ...]) -> Commit | None:
    """The newest commit with every labelled line of the form; any where the form is one line."""
    labels = _labels(form)
    if not labels:
        return commits[0]
    return next((one for one in commits if _has_all(site.history.message(one.oid), labels)), None)


def _labels(form: str) -> tuple[str, ...]:
    """What the form's further lines begin with, up to their first placeholder, such as "Severity:"."""
    lines = form.strip().splitlines()[1:]
    starts = (line.partition("$")[0].strip() for line in lines)
    return tuple(start for start in starts if any(letter.isalpha() for letter in start))


def _has_all(message: str, labels: tuple[str, ...]) -> bool:
    lines = [line.strip() for line in message.splitlines()]
    return all(any(line.startswith(label) for line in lines) for label in labels)


def expression(form: str) -> re.Pattern[str]:
    """The form as a regular expression: a placeholder stands for anything that is not empty."""
    parts, end = [], 0
    for found in Template.pattern.finditer(form):
        name = found["named"] or found["braced"]
        parts += [re.escape(form[end : found.start()]), ".+" if name else re.escape("$")]
        end = found.end()
    return re.compile("".join((*parts, re.escape(form[end:]))))


def _called(commit: Commit) -> str:
    return f"{short(commit.oid)} “{clean(commit.subject, NAME)}”"
