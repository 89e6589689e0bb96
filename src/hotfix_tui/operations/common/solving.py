"""A merge or pick that waits for a person: what is in conflict, and whether it is solved."""

from __future__ import annotations

from collections.abc import Iterable

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.plan import Standing
from hotfix_tui.ports import Site

MARKERS = (b"<<<<<<< ", b">>>>>>> ")
NAMED = 5
"""How many files a sentence names."""


def halfway(site: Site, name: str, ours: str, theirs: str) -> Standing:
    """A merge that waits for a person: which files are in conflict, or that all are solved. Raises: PortFailure."""
    unmerged = site.history.unmerged()
    if unmerged:
        return Standing(
            "stopped", f"{name}: in conflict {files(unmerged)}; solve them, git add them, then continue"
        )
    try:
        foretold = site.history.conflicts(ours, theirs)
    except PortFailure:  # an older git; what is unmerged was asked already
        foretold = ()
    left = marked(site, foretold)
    if left:
        return Standing("stopped", f"{name}: conflict markers are left in {files(left)}")
    return Standing("ready", f"{name}: every conflict is solved; continue to commit the merge")


def marked(site: Site, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of the files in which a line still is a conflict marker. Raises: PortFailure."""
    found = ((path, site.tree.read(path) or b"") for path in paths)
    return tuple(path for path, data in found if any(line.startswith(MARKERS) for line in data.splitlines()))


def files(paths: tuple[str, ...]) -> str:
    """The first few paths, and how many more there are."""
    more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    return ", ".join(clean(path, NAME) for path in paths[:NAMED]) + more
