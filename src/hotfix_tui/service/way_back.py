"""What rolling back would do now, and whether its dry run passes; nothing is changed, and no remote is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hotfix_tui.domain.errors import NothingYet, Refused
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import LINE, clean
from hotfix_tui.ports import Site, at_home
from hotfix_tui.service.incidents import Case

if TYPE_CHECKING:
    from hotfix_tui.operations.plan import Plan


@record(frozen=True, slots=True)
class WayBack:
    """The way back as it stands; safe to show."""

    state: Literal["none", "ready", "hand", "blocked"]
    """There is nothing to take back yet; it would go through; a person will have to solve a conflict; it cannot run."""
    text: str
    """What it would do, or why it would not."""

    @property
    def line(self) -> str:
        """It in one line."""
        begins = {
            "none": "rollback",
            "ready": "rollback ready",
            "hand": "rollback by hand",
            "blocked": "rollback blocked",
        }
        return f"{begins[self.state]}: {self.text}"


def way_back(site: Site, case: Case) -> WayBack | None:
    """The way back of this incident now; None where the playbook has none that hotfix runs. Raises: PortFailure."""
    from hotfix_tui.operations import rollback  # late: the console starts without them

    if not any(one.kind for one in case.playbook.rollbacks) or case.incident.status != "active":
        return None
    try:
        playbook = at_home(case.playbook, site.repository)
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
    return WayBack("ready", clean(title, LINE))


def seen(site: Site, case: Case) -> tuple[object, ...]:
    """What the way back depends on: as long as it is the same, so is the way back. Raises: PortFailure."""
    repository, declared = site.repository, case.incident.declared
    git = at_home(case.playbook, repository).git
    status = repository.status()
    ends = (f"refs/heads/{git.main}", f"refs/heads/{declared.branch}")
    oids = tuple(repository.resolve(ref) if ref != "refs/heads/" else "" for ref in ends)
    tree = (status.head, status.branch, status.pending, status.changed, status.unmerged)
    return (case.id, case.length, *tree, *oids, frozenset(repository.tags()))
