"""Which incident is meant where none was named, and what is said where that is not obvious."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hotfix_tui.cli.codes import NoIncident, NotHere
from hotfix_tui.domain.text import NAME, TITLE, clean

if TYPE_CHECKING:
    from hotfix_tui.service.incidents import Case
    from hotfix_tui.service.settings import Settings

MOST = 4
"""How many incidents are named in one sentence."""


Home = Callable[[str], str]
"""The repository that a work tree belongs to: a linked one is not another."""


def meant(cases: Sequence[Case], root: str, home: Home) -> Case:
    """The one open incident that a command may take in the work tree `root`; empty outside of one.

    In a repository it is its own, else one that has no repository: never another's, nor a drill, which has its
    sandbox. Outside it is the only one that is no drill, else the only drill.

    Raises: NotHere; NoIncident.
    """
    opened = [case for case in cases if case.incident.status != "closed"]
    found = _here(opened, root, home)
    if len(found) == 1:
        return found[0]
    if found:
        raise NoIncident(f"{len(found)} incidents are open: {_named(found)}. Name one with --incident.")
    if opened:
        raise NotHere(f"What is open is not of this repository: {_named(opened)}. Name it with -i ID.")
    newest = f" The newest closed one is {cases[0].id}; name it with --incident." if cases else ""
    raise NoIncident(f"No incident is open.{newest or ' Declare one with: hotfix declare'}")


def _here(opened: Sequence[Case], root: str, home: Home) -> Sequence[Case]:
    if not root:
        return [case for case in opened if not case.incident.declared.drill] or opened
    own = [case for case in opened if _is_of(case, root, home)]
    return own or [case for case in opened if not case.incident.declared.repository]


def _is_of(case: Case, root: str, home: Home) -> bool:
    return home(case.incident.declared.repository) == home(root)


def _named(cases: Sequence[Case]) -> str:
    more = f" and {len(cases) - MOST} more (hotfix list)" if len(cases) > MOST else ""
    return ", ".join(map(_name, cases[:MOST])) + more


def _name(case: Case) -> str:
    drill = "drill: " if case.incident.declared.drill else ""
    return f"{case.id} ({drill}{clean(case.incident.title, NAME)})"


def remarks(case: Case, root: str, settings: Settings) -> tuple[str, ...]:
    """What is said of the incident that is taken: where it is from, when not from here, and its own playbook."""
    home, said = case.incident.declared.repository, []
    if not settings.incident and home != root:
        said.append(f"This is about {_name(case)}, of {clean(home, TITLE) or 'no repository'}.")
    if settings.origins.get("playbook") == "flag" and settings.playbook != case.playbook.id:
        carried = clean(case.playbook.id, NAME)
        said.append(f"--playbook is for declaring: {case.id} goes on with {carried}, which it carries.")
    return tuple(said)
