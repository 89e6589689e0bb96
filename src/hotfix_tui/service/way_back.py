"""What rolling back would do now, and whether its dry run passes; nothing is changed, and no remote is asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from hotfix_tui.domain.errors import NothingYet, Refused
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import LINE, clean
from hotfix_tui.ports import Site, at_home
from hotfix_tui.service.incidents import Case

if TYPE_CHECKING:
    from hotfix_tui.operations.plan import Plan


GIT = ("git",)


@record(frozen=True, slots=True)
class WayBack:
    """The way back as it stands; safe to show."""

    state: Literal["none", "ready", "hand", "blocked"]
    """There is nothing to take back yet; it would go through; a person will have to solve a conflict; it cannot run."""
    text: str
    """What it would do, or why it would not."""
    unasked: str = ""
    """What has a say in it and was not asked, since that would be a question to a remote."""
    warnings: tuple[tuple[str, str], ...] = ()
    """The id of each rollback that wants a word typed, and what its playbook warns of now."""

    def warning(self, rollback: str) -> str:
        """What the playbook warns of before this rollback; empty where nobody has looked."""
        return dict(self.warnings).get(rollback, "")

    @property
    def line(self) -> str:
        """It in one line."""
        begins = {
            "none": "rollback",
            "ready": "rollback" if self.unasked else "rollback ready",
            "hand": "rollback by hand",
            "blocked": "rollback blocked",
        }
        return f"{begins[self.state]}: {self.text}"


def way_back(site: Site, case: Case) -> WayBack | None:
    """The way back of this incident now; None where the playbook has none that hotfix runs. Raises: PortFailure."""
    if not any(one.kind for one in case.playbook.rollbacks) or case.incident.status != "active":
        return None
    playbook = at_home(case.playbook, site.repository)
    return replace(_stands(site, case, playbook), warnings=_warnings(site, case, playbook))


def _warnings(site: Site, case: Case, playbook: Playbook) -> tuple[tuple[str, str], ...]:
    """What is said before each rollback that wants a word typed. Raises: PortFailure."""
    from hotfix_tui.operations.ways_back.facts import Wanted, find, warning_of  # late: see below

    asked = (one for one in playbook.rollbacks if one.confirm and one.warning)
    every = (Wanted(site, case.incident, playbook, {}, one, asks=False) for one in asked)
    return tuple((one.rollback.id, warning_of(one, find(one))) for one in every)


def _stands(site: Site, case: Case, playbook: Playbook) -> WayBack:
    """What the default way back would do. Raises: PortFailure."""
    from hotfix_tui.operations import rollback  # late: the console starts without them

    try:
        given = rollback.settle(site, case.incident, playbook, {}, asks=False)
        plan = rollback.plan(given, site)
    except NothingYet:
        return WayBack("none", "nothing to take back yet")
    except Refused as error:
        return WayBack("blocked", clean(str(error), LINE))
    return _judged(plan)


def _judged(plan: Plan) -> WayBack:
    """What the plan says of itself."""
    title = plan.title[:1].lower() + plan.title[1:]
    if plan.blocked:
        return WayBack("blocked", clean("; ".join(plan.blocked), LINE))
    if plan.parameters.get("conflicts"):
        return WayBack("hand", clean(plan.parameters["conflicts"], LINE))
    outside = plan.parameters.get("package") and any(step.argv[:1] not in ((), GIT) for step in plan.steps)
    return WayBack("ready", clean(title, LINE), "registry not asked" if outside else "")


def seen(site: Site, case: Case) -> tuple[object, ...]:
    """What the way back depends on: as long as it is the same, so is the way back. Raises: PortFailure."""
    repository, declared = site.repository, case.incident.declared
    git = at_home(case.playbook, repository).git
    status = repository.status()
    ends = (f"refs/heads/{git.main}", f"refs/heads/{declared.branch}")
    oids = tuple(repository.resolve(ref) if ref != "refs/heads/" else "" for ref in ends)
    tree = (status.head, status.branch, status.pending, status.changed, status.unmerged)
    return (case.id, case.length, *tree, *oids, frozenset(repository.tags()))
