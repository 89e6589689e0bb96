"""The commits between the last good and the bad release, ranked, and whether taking one back would go cleanly."""

from __future__ import annotations

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.frames import Frame, frames
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.suspects import Made, Suspect, rank
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.versions.registries import standard_of
from hotfix_tui.ports import Site, Taking
from hotfix_tui.service.sight import base_commit

MOST = 500
"""The commits that are looked at; older ones are not."""
NAMED_FRAMES = 5


@record(frozen=True, slots=True)
class Lineup:
    """What was found between two releases."""

    good: str
    bad: str
    """Their names as people say them; untrusted text."""
    places: tuple[Frame, ...]
    """What the trace names."""
    suspects: tuple[Suspect, ...]
    cut: bool = False
    """Whether there are more commits than were looked at."""

    @property
    def heading(self) -> str:
        """What was looked at, in words; safe to show."""
        merges = sum(one.made.parents > 1 for one in self.suspects)
        count = len(self.suspects)
        more = f"the newest {count} commits" if self.cut else f"{count} commit{'' if count == 1 else 's'}"
        apart = f", {merges} of them merges" if merges else ""
        return f"{clean(self.good, NAME)} to {clean(self.bad, NAME)}: {more}{apart}"

    @property
    def named(self) -> str:
        """The places that the trace names, in words; safe to show; empty without any."""
        told = [f"{clean(one.path.split('/')[-1], NAME)}:{one.line}" for one in self.places[:NAMED_FRAMES]]
        more = len(self.places) - len(told)
        return ", ".join(told) + (f" and {more} more" if more else "")


@record(frozen=True, slots=True)
class DryRun:
    """What would come of reverting a commit on HEAD; nothing was touched."""

    clean: bool
    idle: bool = False
    """Whether nothing would change, since it is taken back already."""
    conflicts: tuple[str, ...] = ()
    """Untrusted text."""

    @property
    def words(self) -> str:
        """In words; safe to show."""
        if self.idle:
            return "its change is not in HEAD any more"
        if self.clean:
            return "reverts cleanly on HEAD"
        first = clean(self.conflicts[0], NAME) if self.conflicts else "HEAD"
        more = f" and {len(self.conflicts) - 1} more" if len(self.conflicts) > 1 else ""
        return f"does not revert cleanly: conflict in {first}{more}"


def line_up(
    site: Site, playbook: Playbook, *, good: str = "", bad: str = "", base: str = "", trace: str = ""
) -> Lineup:
    """The suspects between two releases.

    `bad` is else the incident's base, the release that is repaired, and else the latest; `good` the release before it.
    Raises: Refused when one of them cannot be told; PortFailure.
    """
    bad = bad or base or "latest-release"
    if bad == "latest-release":
        bad = _latest(site, playbook)
    good = good or _before(site, playbook, bad)
    ends = {name: base_commit(site.repository, playbook, name) for name in (good, bad)}
    unknown = next((name for name, oid in ends.items() if not oid), "")
    if unknown:
        raise Refused(f"There is no {clean(unknown, NAME)} here; fetch it with git fetch --tags.")
    made = site.history.made(ends[good], ends[bad], MOST + 1)
    if not made:
        raise Refused(f"Between {clean(good, NAME)} and {clean(bad, NAME)} is no commit.")
    places = frames(trace)
    at = site.repository.commits(ends[good], ends[bad], 1)[0].at
    return Lineup(good, bad, places, rank(made[:MOST], places, at), cut=len(made) > MOST)


def dry_run(site: Site, made: Made) -> DryRun:
    """Whether the commit reverts cleanly on HEAD: tried in the object store alone. Raises: PortFailure."""
    tried = site.rehearsal.without("HEAD", [Taking(made.oid, 1 if made.parents > 1 else 0)])
    return DryRun(clean=not tried.stopped, idle=made.oid in tried.idle, conflicts=tried.conflicts)


def _latest(site: Site, playbook: Playbook) -> str:
    """The latest final release. Raises: Refused when there is none; PortFailure."""
    from hotfix_tui.operations.branch import find_base

    return find_base(site.repository, playbook, "latest-release")[0]


def _before(site: Site, playbook: Playbook, bad: str) -> str:
    """The release before this one; for what is no release, the latest. Raises: Refused; PortFailure."""
    from hotfix_tui.domain.versions.known import Tags, sorted_tags

    prefix = playbook.git.tag_prefix
    known = sorted_tags(Tags(site.repository.tags()), prefix, standard_of(playbook.version)).releases
    final = [one for one in known if one.is_final]
    mine = next((one for one in known if one.tag == bad), None)
    below = [one for one in final if mine is None or one < mine]
    if not below:
        raise Refused(
            f"There is no release before {clean(bad, NAME)} here; say the last good one with --good."
        )
    return below[-1].tag
