"""Which commits a revert has to take back, and on which branch: the fix's own, or the merge that brought them."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import NothingYet, Refused
from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common.places import HEADS, holds
from hotfix_tui.operations.ways_back.facts import TAGS, Facts, Wanted, commit_of
from hotfix_tui.ports import Site, Stage, Taking

MOST = 500
"""How many commits of a branch are looked at."""


@record(frozen=True, slots=True)
class Fixing:
    """The fix in the history."""

    branch: str
    """The hotfix branch; empty when it is not known."""
    base: str
    """The commit that it started from."""
    tip: str
    """Its newest commit, or the one that was released."""


def fixing(wanted: Wanted, facts: Facts) -> Fixing:
    """Where the fix is. Raises: Refused when nothing of it is here; PortFailure."""
    site, incident, playbook = wanted.site, wanted.incident, wanted.playbook
    runs = [run for run in incident.operations.values() if run.operation == "branch"]
    made = next((run.parameters for run in reversed(runs) if run.state in ("done", "left")), {})
    branch = wanted.choice.get("branch") or made.get("branch", "") or incident.declared.branch
    remote = playbook.git.remote
    forms = (f"{HEADS}{branch}", f"refs/remotes/{remote}/{branch}") if branch else ()
    heads = (site.repository.resolve(form) for form in forms)
    tip = commit_of(site, facts.bad) or next((oid for oid in heads if oid), "")
    if not tip:
        what = clean(facts.fix or branch, NAME) or "the fix"
        raise NothingYet(f"Nothing of {what} is here to take back: neither its tag nor its branch.")
    return Fixing(branch, _base(wanted, facts, tip, made.get("oid", "")), tip)


def _base(wanted: Wanted, facts: Facts, tip: str, known: str) -> str:
    """The commit that the fix started from. Raises: Refused; PortFailure."""
    site, git, base = wanted.site, wanted.playbook.git, wanted.incident.declared.base
    if known and holds(site, tip, known):
        return known
    forms = [TAGS + base, f"{HEADS}{base}"] if base else []
    forms += [TAGS + facts.previous] if facts.previous else []
    for form in (*forms, f"{HEADS}{git.main}", f"refs/remotes/{git.remote}/{git.main}"):
        oid = site.repository.resolve(form)
        shared = site.history.shared(oid, tip) if oid else ""
        if shared and shared != tip:
            return shared
    if not facts.bad:
        raise NothingYet("The fix has no commit of its own yet.")
    raise Refused("Nobody can say where the fix began; name its commits: commits=…")


def named(wanted: Wanted) -> tuple[Taking, ...]:
    """The commits that a person named, newest first as they are told. Raises: Refused; PortFailure."""
    words = [word.strip() for word in wanted.choice.get("commits", "").split(",") if word.strip()]
    found = []
    for word in words:
        oid = wanted.site.making.named(word)
        if not oid:
            raise Refused(f"There is no commit {clean(word, NAME)} here.")
        merge = len(wanted.site.history.parents(oid)) > 1
        found.append(Taking(oid, 1 if merge else 0))
    return tuple(found)


def takings(site: Site, fix: Fixing, target: str, rules: VersionRules, *, own: bool) -> tuple[Taking, ...]:
    """What takes the fix out of `target`, newest first; `own` says that this is the fix's own branch.

    A merge that brought the fix and nothing else is reverted, from the parent that lacks the fix; else the fix's commits
    are, but for those of nothing but version files and changelog. Raises: PortFailure.
    """
    ours = [one for one in site.rehearsal.line(fix.base, fix.tip) if len(one.parents) < 2]
    if not ours or not holds(site, target, ours[-1].oid):
        return ()
    line = site.rehearsal.line(fix.base, target)
    gone, found, left = _gone(line), [], {one.oid: one for one in ours}
    for stage in line:
        merges = len(stage.parents) > 1
        brought = _brought(site, stage, left) if merges and not own else [stage.oid] * (stage.oid in left)
        if merges and brought and _nothing_else(site, stage, left):
            found += [Taking(stage.oid, 1)] * (stage.oid not in gone)
        else:
            single = (left[oid] for oid in brought if oid not in gone)
            found += [Taking(one.oid) for one in single if not _only_versions(site, one, rules)]
        for oid in brought:
            del left[oid]
        if not left:
            break
    return tuple(found)


def _brought(site: Site, merge: Stage, ours: Mapping[str, Stage]) -> list[str]:
    """The fix's commits that the merge brought to its first parent, newest first. Raises: PortFailure."""
    new = {commit.oid for commit in site.repository.commits(merge.parents[0], merge.oid, MOST)}
    return [oid for oid in ours if oid in new]


def _nothing_else(site: Site, merge: Stage, ours: Mapping[str, Stage]) -> bool:
    """Whether all that the merge brought is the fix, so that taking it back takes nothing else away."""
    new = (commit.oid for commit in site.repository.commits(merge.parents[0], merge.oid, MOST))
    return all(oid in ours or len(site.history.parents(oid)) > 1 for oid in new)


def _gone(line: tuple[Stage, ...]) -> set[str]:
    """What takes something back on this line, and what it takes back: reverting either would bring the bug again."""
    gone: set[str] = set()
    known = {one.oid for one in line}
    for one in line:
        if one.takes in known and one.oid not in gone:
            gone |= {one.oid, one.takes}
    return gone


def _only_versions(site: Site, one: Stage, rules: VersionRules) -> bool:
    """Whether the commit changes version files, lock files and changelog alone."""
    known = {*rules.files, *rules.lock_files, rules.changelog}
    touched = site.repository.changes(one.parents[0], one.oid).files if one.parents else ("",)
    return bool(touched) and known.issuperset(touched)
