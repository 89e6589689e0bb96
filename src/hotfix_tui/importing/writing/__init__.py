"""What was understood of a document is written as a playbook: TOML that loads, reads well, and says where it is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from hotfix_tui.domain.text import clean
from hotfix_tui.importing.understood import Understood
from hotfix_tui.importing.writing.ids import slug
from hotfix_tui.importing.writing.learning import learning
from hotfix_tui.importing.writing.levels import levels
from hotfix_tui.importing.writing.making import making
from hotfix_tui.importing.writing.people import people, templates
from hotfix_tui.importing.writing.places import places
from hotfix_tui.importing.writing.plan import Plan, line, lines, span
from hotfix_tui.importing.writing.planning import planned, title_of
from hotfix_tui.importing.writing.rest import rest
from hotfix_tui.importing.writing.toml import Table, rendered, table
from hotfix_tui.importing.writing.ways import ways
from hotfix_tui.importing.writing.work import ready, work

__all__ = ["write"]

_SUMMARY = 300
"""The longest summary, in characters."""
_PARTS = {
    "how bad is it": ("severity", "flag", "question", "rule"),
    "the work": ("checklist", "phase"),
    "ways back": ("rollback",),
    "kinds of emergency": ("scenario",),
    "people": ("contact", "escalation"),
    "what is sent": ("template",),
    "branches and versions": ("intake", "git", "version", "formats"),
    "before and afterwards": ("criterion", "drill", "reference", "card", "postmortem", "readiness"),
}
"""The titles in the file, each with the tables below it."""
_TITLES = {kind: title for title, kinds in _PARTS.items() for kind in kinds}
_CLOSE = (("question", "answer"), ("checklist",))
"""Tables that stand without a blank line between them."""
_WIDTH = 100
_LEAN = (
    "It is a long document: the lines of the entries, the names of checklists, cards of commands and what stands in the "
    "document only are left out."
)


def write(found: Understood, document: str, digest: str = "", *, lean: bool = False) -> str:
    """The playbook's TOML; `document` is the file's name, `digest` the sha256 of its bytes, both for the first lines.

    A `lean` one leaves out what nobody works by: the lines of the entries, names of checklists, cards of commands.
    """
    name = line(document).rsplit("/", maxsplit=1)[-1]
    plan, ids, lists = planned(found, name)
    where = places(found)
    tables = (
        *levels(plan),
        *work(plan, where, ids, lists),
        *ways(plan, where, ids),
        *people(plan),
        *templates(plan),
        *making(plan),
        *learning(plan),
        *ready(plan, where),
    )
    if lean:
        return "".join(
            [*_first(plan, digest), f"# {_LEAN}\n", *_rendered(map(_leaner, filter(_needed, tables)))]
        )
    text = "".join([*_first(plan, digest), *_rendered(tables)])
    return text + "".join(rest(plan, text))


def _needed(one: Table) -> bool:
    return one.kind not in (("checklist",), ("card",))


def _leaner(one: Table) -> Table:
    values = tuple((key, value) for key, value in one.values if key != "checklist")
    return Table(one.kind, values, many=one.many)


def _first(plan: Plan, digest: str) -> Iterator[str]:
    """What stands before the first table."""
    name, found = plan.document, plan.found
    title = title_of(found, name)
    above = (
        f"Imported from {name}{f', sha256 {digest}' if digest else ''}.",
        "",
        f"It is yours now: change the words, take out what you do not need. “{name}:41-52” says which lines an entry comes",
        "from, “look” where nobody was sure. When the document is imported again, what you changed stays as it is.",
        "After each change: hotfix playbook check FILE. Every key is explained in docs/playbooks.md.",
    )
    ends = {one.origin.first for one in found.criteria}  # what counts as success is no reason to begin
    values: dict[str, Any] = {
        "schema": 1,
        "id": slug(title, "playbook"),
        "title": title,
        "summary": clean(line(found.summary), _SUMMARY),
        "use_when": lines(one.text for one in found.use_when if one.origin.first not in ends),
        "not_when": lines(one.text for one in found.not_when),
    }
    yield rendered(table("", "", above, **values))
    times = [time for minutes in found.total or () if (time := span(minutes))]
    if times:
        yield "\n" + rendered(table("budget", many=False, target=min(times), maximum=max(times)))


def _rendered(tables: Iterable[Table]) -> Iterator[str]:
    title = ""
    before: tuple[str, ...] = ()
    for one in tables:
        if _TITLES[one.kind[0]] != title:
            title = _TITLES[one.kind[0]]
            yield "\n" + f"# --- {title} ".ljust(_WIDTH, "-") + "\n"
        close = one.kind in _CLOSE and before in (one.kind, one.kind[:-1])
        yield ("" if close else "\n") + rendered(one)
        before = one.kind
