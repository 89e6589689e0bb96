"""Pull requests: which there are from a branch, and how they stand."""

from __future__ import annotations

from hotfix_tui.domain.record import record
from hotfix_tui.forge.gh import rows
from hotfix_tui.ports import Site

FIELDS = ("number", "state", "headRefOid", "baseRefName", "url")


@record(frozen=True, slots=True)
class PullRequest:
    """A pull request as the forge tells it; all but the number is untrusted text."""

    number: int
    state: str
    """OPEN, MERGED or CLOSED."""
    head: str
    """The commit at its tip."""
    base: str
    """The branch that it goes to."""
    url: str


def pulls(site: Site, branch: str) -> tuple[PullRequest, ...]:
    """The pull requests from `branch`, newest first. Raises: PortFailure."""
    words = ("pr", "list", f"--head={branch}", "--state=all", "--limit=30")
    return tuple(
        PullRequest(int(number), state, head, base, url)
        for number, state, head, base, url in rows(site, words, FIELDS)
        if number.isdecimal()
    )


def best(found: tuple[PullRequest, ...], base: str, head: str) -> PullRequest | None:
    """The one to `base` that counts: merged with this very commit, else open, else none."""
    here = [one for one in found if one.base == base]
    merged = (one for one in here if one.state == "MERGED" and one.head == head)
    opened = (one for one in here if one.state == "OPEN")
    return next(merged, next(opened, None))
