"""What is seen before the fix is merged: whether each target can take it, and what would be in conflict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common.findings import identity
from hotfix_tui.operations.common.merging import Target
from hotfix_tui.operations.common.places import holds, known_word, tidy
from hotfix_tui.operations.common.solving import files
from hotfix_tui.operations.plan import Finding
from hotfix_tui.ports import Site


def findings(site: Site, given: Mapping[str, str], found: tuple[Target, ...]) -> tuple[Finding, ...]:
    """The tree is clean, each target can be merged into, and what would be in conflict. Raises: PortFailure."""
    looked = [*tidy(site.repository.status()), identity(site)]
    for one in found:
        looked += _checked(site, given, one)
    if not given["remote"]:
        looked.append(Finding(False, "there is no such remote: nothing is pushed", blocks=False))
    branch, ahead = given["branch"], given.get("branch_there", "")
    if ahead and ahead != given["tip"] and not holds(site, given["tip"], ahead):
        looked.append(
            Finding(
                False, f"the remote’s {branch} has commits that are not here: git fetch first", blocks=False
            )
        )
    return tuple(looked)


def _checked(site: Site, given: Mapping[str, str], one: Target) -> Iterable[Finding]:
    name, remote = clean(one.name, NAME), given["remote"]
    if not known_word(one.name):
        yield Finding(False, f"{name} is no name to work with")
    if one.there and not site.repository.resolve(one.there):
        yield Finding(
            False, f"{remote}’s {name} has moved to {one.there[:7]}, which is not here: git fetch {remote}"
        )
        return
    if one.here and one.there and one.here != one.start and not holds(site, one.there, one.here):
        yield Finding(False, f"{name} here and on {remote} have gone apart: bring them together first")
        return
    if one.there and one.here == one.start != one.there and not holds(site, one.here, given["tip"]):
        count = site.repository.count(one.there, one.here)
        yield Finding(False, f"{count} commits of {name} that {remote} has not yet go along", blocks=False)
    yield _forecast(site, given, one)


def _forecast(site: Site, given: Mapping[str, str], one: Target) -> Finding:
    name = clean(one.name, NAME)
    if holds(site, one.here, given["tip"]):
        return Finding(True, f"{name} has the fix here already; it is only pushed")
    try:
        paths = site.history.conflicts(one.start, given["tip"])
    except PortFailure:
        return Finding(False, "this git cannot foretell conflicts; 2.38 and newer can", blocks=False)
    if paths:
        return Finding(False, f"{name} will be in conflict: {files(paths)}", blocks=False)
    return Finding(True, f"{name} takes it without a conflict")
