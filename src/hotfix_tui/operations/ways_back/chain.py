"""The commits that a way back makes on a branch, one after the other, as the branch itself shows them."""

from __future__ import annotations

from collections.abc import Callable

from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common.places import HEADS, holds
from hotfix_tui.operations.common.solving import files, marked
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Site, Stage, Taking

PATIENCE = 300.0
"""How long, in seconds, a commit may take: a trusted hook may run the tests."""


@record(frozen=True, slots=True)
class Link:
    """One commit of a way back."""

    message: str = ""
    """What it says; of a revert, what git writes itself."""
    takes: str = ""
    """The commit that it takes back."""


@record(frozen=True, slots=True)
class Made:
    """How far the branch is."""

    oids: tuple[str, ...]
    """The commits that are there, the oldest first."""
    strange: str = ""
    """A commit on the branch that is none of them; empty for none."""


@record(frozen=True, slots=True)
class Chain:
    """The commits on a branch from its tip `start` on."""

    branch: str
    start: str
    links: tuple[Link, ...]

    @property
    def ref(self) -> str:
        """The branch's full name."""
        return f"{HEADS}{self.branch}"

    def made(self, site: Site) -> Made:
        """Which of them are there. Raises: PortFailure."""
        tip = site.repository.resolve(self.ref)
        if tip == self.start:
            return Made(())
        if not holds(site, tip, self.start):
            return Made((), tip or "nowhere")
        since = site.rehearsal.line(self.start, tip)[::-1]
        oids = tuple(one.oid for one in since)
        for n, one in enumerate(since):
            if n == len(self.links) or not self._is(site, self.links[n], one):
                return Made(oids[:n], one.oid)
        return Made(oids)

    @staticmethod
    def _is(site: Site, link: Link, one: Stage) -> bool:
        """Whether the commit is the one that is meant."""
        if link.takes:
            return one.takes == link.takes
        return site.history.message(one.oid).strip() == link.message.strip()

    def last(self, site: Site) -> str:
        """The newest commit once all of them are there; empty before. Raises: PortFailure."""
        made = self.made(site)
        whole = len(made.oids) == len(self.links)
        return ((made.oids or (self.start,))[-1]) if whole else ""

    def standing(self, site: Site, number: int) -> Standing:
        """Where its n-th commit stands, counted from 0. Raises: PortFailure."""
        made = self.made(site)
        if made.strange:
            return Standing(
                "conflict",
                f"{self.branch} has {made.strange[:7]}, which is not of this way back; plan it again",
            )
        if len(made.oids) > number:
            oid = made.oids[number]
            return Standing(
                "done", f"{oid[:7]} {clean(site.history.message(oid).partition(chr(10))[0], NAME)}"
            )
        if site.repository.head_ref() != self.ref:
            return Standing("not-done", f"HEAD is not on {self.branch}")
        return Standing("not-done", f"{self.branch} is at {(made.oids or (self.start,))[-1][:7]}")


def revert_step(chain: Chain, number: int, taking: Taking, subject: str) -> PlannedStep:
    """Revert one commit on the chain's branch; a conflict waits for a person."""
    short = taking.commit[:7]
    parent = ("--mainline", str(taking.mainline)) if taking.mainline else ()
    kept = f", from its parent {taking.mainline}" if taking.mainline else ""
    return PlannedStep(
        id=f"revert-{short}",
        title=f"Revert {short}",
        argv=("git", "revert", "--no-edit", *parent, taking.commit),
        effect="writes",
        changes=f"adds a commit to {chain.branch} that takes back {short}{kept}: {subject}",
        look=_reverted(chain, number, taking),
        inverse=("git", "reset", "--keep", f"{chain.ref}~1"),
        way_back="that commit is taken off the branch again, while nothing stands on it",
        proceed=("git", "revert", "--continue"),
        abort=("git", "revert", "--abort"),
        timeout=PATIENCE,
    )


def _reverted(chain: Chain, number: int, taking: Taking) -> Callable[[Site], Standing]:
    def look(site: Site) -> Standing:
        found = chain.standing(site, number)
        begun = found.state == "not-done" and site.repository.resolve("REVERT_HEAD") == taking.commit
        return _halfway(site, chain, taking) if begun else found

    return look


def _halfway(site: Site, chain: Chain, taking: Taking) -> Standing:
    """A revert that waits for a person. Raises: PortFailure."""
    short, unmerged = taking.commit[:7], site.history.unmerged()
    if unmerged:
        return Standing(
            "stopped",
            f"revert of {short}: in conflict {files(unmerged)}; solve them, git add them, then continue",
        )
    left = marked(site, site.rehearsal.without(chain.ref, (taking,)).conflicts)
    if left:
        return Standing("stopped", f"revert of {short}: conflict markers are left in {files(left)}")
    return Standing("ready", f"revert of {short}: every conflict is solved; continue to commit it")
