"""Where checks of files look: in the tag, in the branch's commit, else in the work tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hotfix_tui.checks.facts import Fix, branch_of, short, tag_of, tip_of
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.ports import Site


@record(frozen=True, slots=True)
class Source:
    """A state of the files: what to call it, and how to read there."""

    where: str
    read: Callable[[str], bytes | None]
    """Raises: PortFailure."""
    paths: Callable[[], tuple[str, ...]]
    """All paths there. Raises: PortFailure."""


def sources(site: Site, incident: Incident, playbook: Playbook) -> Iterator[Source]:
    """What was made for the fix so far, the most final first; what was deleted since is passed over.

    The work tree counts while the branch is checked out, and where there is neither branch nor tag. Raises: PortFailure.
    """
    known = tuple(_commits(site, incident, playbook))
    for fix in known:
        yield _committed(site, fix)
    try:
        on_it = site.repository.head_ref() == f"refs/heads/{branch_of(incident, playbook)}"
    except Refused:
        on_it = False
    if on_it or not known:
        paths = site.history.paths
        yield Source("the work tree, not committed yet", site.tree.read, lambda: paths("HEAD"))


def _commits(site: Site, incident: Incident, playbook: Playbook) -> Iterator[Fix]:
    try:
        tag = site.history.tag(tag_of(incident, playbook))
    except Refused:
        tag = None
    if tag:
        yield Fix(tag.commit, tag.name)
    try:
        tip = tip_of(site, incident, playbook)
    except Refused:
        tip = ""
    if tip:
        yield Fix(tip, branch_of(incident, playbook))


def _committed(site: Site, fix: Fix) -> Source:
    history = site.history
    return Source(
        f"{fix.name} ({short(fix.oid)})",
        lambda path: history.file(fix.oid, path),
        lambda: history.paths(fix.oid),
    )
