"""A merge without fast-forward on each target, its push, and the way back to where HEAD was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hotfix_tui.domain.record import record
from hotfix_tui.operations.common.going import while_at
from hotfix_tui.operations.common.places import HEADS, holds, way_home
from hotfix_tui.operations.common.solving import halfway
from hotfix_tui.operations.plan import PlannedStep, Standing
from hotfix_tui.ports import Site


@record(frozen=True, slots=True)
class Target:
    """A branch that the fix comes back to, as it stood when the plan was made."""

    name: str
    here: str
    """Its commit on this machine; empty when it is not here."""
    there: str
    """Its commit on the remote; empty when it is not there."""
    start: str
    """The commit that the merge is made on: the remote's, or the newer one of this machine."""

    @property
    def told(self) -> str:
        """It as one line of a plan's parameters."""
        return " ".join((self.name, self.here or "-", self.there or "-", self.start or "-"))

    @classmethod
    def read(cls, line: str) -> Target:
        """What `told` has written."""
        name, *oids = (*line.split(" "), "", "", "", "")[:4]
        here, there, start = ("" if oid == "-" else oid for oid in oids)
        return cls(name, here, there, start)


def target(site: Site, remote: str, name: str, remote_heads: Mapping[str, str]) -> Target:
    """The branch as it stands here and on the remote. Raises: PortFailure."""
    here = site.repository.resolve(f"{HEADS}{name}")
    there = remote_heads.get(name, "")
    ahead = bool(here) and (not there or holds(site, here, there))
    return Target(name, here, there, here if ahead else there)


def steps(given: Mapping[str, str], found: tuple[Target, ...]) -> tuple[PlannedStep, ...]:
    """For each target: go there, bring it up to date, merge, push; at the end go back to where HEAD was."""
    made: list[PlannedStep] = []
    before = given
    for one in found:
        made += _on_target(given, one, before)
        before = {"from_ref": f"{HEADS}{one.name}"}
    home, words = way_home(given)
    if home and given.get("from_ref", "") != before["from_ref"]:
        made.append(_back(given, home, words, found[-1].name))
    return tuple(made)


def _on_target(given: Mapping[str, str], one: Target, before: Mapping[str, str]) -> Iterable[PlannedStep]:
    if not one.here:
        yield _create(given["tip"], one)
    yield _switch(given, one, before)
    if one.here and one.here != one.start:
        yield _forward(one)
    yield _merge(given, one)
    if given["remote"]:
        yield _push(given, one)


def _create(tip: str, one: Target) -> PlannedStep:
    def look(site: Site) -> Standing:
        at = site.repository.resolve(f"{HEADS}{one.name}")
        if not at:
            return Standing("not-done", f"there is no {one.name} here")
        if at == one.start or holds(site, at, tip):
            return Standing("done", f"{one.name} is here at {at[:7]}")
        return Standing("conflict", f"{one.name} is here at {at[:7]}, not at {one.start[:7]}; plan it again")

    away = ("git", "branch", "--delete", "--force", one.name)
    return PlannedStep(
        id=f"create-{one.name}",
        title=f"Have {one.name} here",
        argv=("git", "branch", "--no-track", one.name, one.start),
        effect="writes",
        changes=f"adds the branch {one.name} at {one.start[:7]}, as the remote has it, on this machine only",
        look=look,
        inverse=away,
        exact_inverse=while_at(one.name, one.start, away),
        way_back=f"{one.name} is deleted here; the remote keeps it",
    )


def _switch(given: Mapping[str, str], one: Target, before: Mapping[str, str]) -> PlannedStep:
    def look(site: Site) -> Standing:
        head = site.repository.head_ref()
        if head == f"{HEADS}{one.name}":
            return Standing("done", f"HEAD is on {one.name}")
        if holds(site, site.repository.resolve(f"{HEADS}{one.name}"), given["tip"]):
            return Standing("done", f"{one.name} has the fix already")
        return Standing("not-done", f"HEAD is on {head.removeprefix(HEADS) or 'no branch'}")

    inverse, words = way_home(before)
    return PlannedStep(
        id=f"switch-{one.name}",
        title=f"Switch to {one.name}",
        argv=("git", "switch", "--no-guess", one.name),
        effect="writes",
        changes=f"puts the files of {one.name} into the work tree",
        look=look,
        inverse=inverse,
        way_back=words,
    )


def _forward(one: Target) -> PlannedStep:
    def look(site: Site) -> Standing:
        at = site.repository.resolve(f"{HEADS}{one.name}")
        if holds(site, at, one.start):
            return Standing("done", f"{one.name} has {one.start[:7]}")
        if at == one.here:
            return Standing("not-done", f"{one.name} is at {at[:7]}, behind {one.start[:7]}")
        return Standing("conflict", f"{one.name} has moved to {at[:7]}; plan the merge again")

    back = ("git", "switch", "--quiet", "--force-create", one.name, one.here)
    return PlannedStep(
        id=f"forward-{one.name}",
        title=f"Bring {one.name} up to date",
        argv=("git", "merge", "--ff-only", "--quiet", one.start),
        effect="writes",
        changes=f"moves {one.name} from {one.here[:7]} to {one.start[:7]}, where the remote has it",
        look=look,
        inverse=back,
        exact_inverse=while_at(one.name, one.start, back),
        way_back=f"{one.name} goes back to {one.here[:7]}, with nothing lost",
    )


def _merge(given: Mapping[str, str], one: Target) -> PlannedStep:
    tip = given["tip"]
    message = given.get("message", "") or f"Merge {given['branch']}"
    return PlannedStep(
        id=f"merge-{one.name}",
        title=f"Merge into {one.name}",
        argv=("git", "merge", "--no-ff", "--quiet", "-m", message, tip),
        effect="writes",
        changes=f"adds a merge commit of {given['branch']} ({tip[:7]}) to {one.name}, on this machine only",
        look=_merged(given, one),
        inverse=("git", "switch", "--quiet", "--force-create", one.name, one.start),
        way_back=f"{one.name} goes back to {one.start[:7]} while nothing else was committed on it",
        proceed=("git", "commit", "--quiet", "-m", message),
        abort=("git", "merge", "--abort"),
    )


def _merged(given: Mapping[str, str], one: Target) -> Callable[[Site], Standing]:
    tip, branch = given["tip"], given["branch"]

    def look(site: Site) -> Standing:
        ref = f"{HEADS}{one.name}"
        at = site.repository.resolve(ref)
        if holds(site, at, tip):
            return _has_it(site, given, one, at)
        if site.repository.head_ref() == ref and site.repository.resolve("MERGE_HEAD") == tip:
            return halfway(site, one.name, at, tip)
        if at in (one.start, one.here):
            return Standing("not-done", f"{one.name} at {at[:7]} does not have {branch}")
        return Standing("conflict", f"{one.name} has moved to {at[:7]}; plan the merge again")

    return look


def _has_it(site: Site, given: Mapping[str, str], one: Target, at: str) -> Standing:
    """It has the fix: by our merge, or since before, or with the remote; else somebody has gone on, and is not undone."""
    ours = site.history.parents(at) == (one.start, given["tip"])
    tracked = f"refs/remotes/{given['remote']}/{one.name}"
    if ours or at == one.here or holds(site, site.repository.resolve(tracked), at):
        return Standing("done", f"{one.name} at {at[:7]} has {given['branch']} ({given['tip'][:7]})")
    return Standing(
        "conflict", f"{one.name} has the fix and further commits at {at[:7]}; plan the merge again"
    )


def _push(given: Mapping[str, str], one: Target) -> PlannedStep:
    remote, ref, tip = given["remote"], f"{HEADS}{one.name}", given["tip"]

    def look(site: Site) -> Standing:
        there = site.repository.remote_refs(remote, ref).get(ref, "")
        if holds(site, there, tip):
            return Standing("done", f"{remote} has {one.name} at {there[:7]}, with {given['branch']}")
        if there != one.there:
            moved = f"{remote}’s {one.name} has moved to {there[:7] or 'nowhere'} meanwhile and would refuse"
            return Standing("not-done", f"{moved}: undo this, git fetch {remote}, and plan it again")
        return Standing("not-done", f"{remote} does not have it yet")

    def exact(site: Site) -> tuple[str, ...]:
        return ("git", "push", remote, f"{site.repository.resolve(ref)}:{ref}")

    return PlannedStep(
        id=f"push-{one.name}",
        title=f"Push {one.name}",
        argv=("git", "push", remote, f"{ref}:{ref}"),
        effect="writes",
        changes=f"{remote} gets the merge on {one.name}, by its object id; never by force",
        look=look,
        level=2,
        way_back="no way back but a revert of the merge as a new commit: git revert -m 1",
        exact=exact,
    )


def prove(given: Mapping[str, str], one: Target) -> PlannedStep:
    """A target that has the fix already is only looked at."""
    remote, ref, tip = given["remote"], f"{HEADS}{one.name}", given["tip"]

    def look(site: Site) -> Standing:
        at = site.repository.remote_refs(remote, ref).get(ref, "") if remote else site.repository.resolve(ref)
        on = f"{remote}’s {one.name}" if remote else one.name
        if holds(site, at, tip):
            return Standing("done", f"{on} at {at[:7]} has {given['branch']} ({tip[:7]})")
        return Standing(
            "conflict", f"{on} at {at[:7] or 'nothing'} does not show the fix any more: git fetch"
        )

    return PlannedStep(
        id=f"prove-{one.name}",
        title=f"See that {one.name} has it",
        argv=("git", "ls-remote", remote, ref) if remote else ("git", "show-ref", ref),
        effect="reads",
        changes=f"asks where {one.name} is",
        look=look,
        level=0,
        way_back="nothing to take back",
    )


def _back(given: Mapping[str, str], home: tuple[str, ...], words: str, last: str) -> PlannedStep:
    def look(site: Site) -> Standing:
        wanted = given.get("from_ref") or given["from_oid"]
        at = site.repository.head_ref() or site.repository.resolve("HEAD")
        name = at.removeprefix(HEADS)
        return Standing("done" if at == wanted else "not-done", f"HEAD is on {name}")

    return PlannedStep(
        id="return",
        title=words[:1].upper() + words[1:],
        argv=home,
        effect="writes",
        changes="puts the files from before into the work tree",
        look=look,
        inverse=("git", "switch", "--no-guess", last),
        way_back=f"switch to {last}",
    )
