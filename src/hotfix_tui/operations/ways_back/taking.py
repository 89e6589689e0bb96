"""Which commits a revert has to take back, and on which branch: the fix's own, or the merge that brought them."""

from __future__ import annotations

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

    A merge is reverted from the parent that lacks the fix. Commits of nothing but version files and changelog are left
    where the fix's own commits can be taken back one by one. Raises: PortFailure.
    """
    ours = {one.oid for one in site.rehearsal.line(fix.base, fix.tip) if len(one.parents) < 2}
    line = site.rehearsal.line(fix.base, target)
    gone, found = _gone(line), []
    for one in line:
        if len(one.parents) < 2:
            if one.oid in ours - gone and not _only_versions(site, one, rules):
                found.append(Taking(one.oid))
        elif not own and (stays := _mainline(site, one, ours)):
            if one.oid not in gone:
                found.append(Taking(one.oid, stays))
            if stays > 1:
                break  # what follows is the fix's own line, which this merge has joined to main
    return tuple(found)


def _gone(line: tuple[Stage, ...]) -> set[str]:
    """What takes something back on this line, and what it takes back: reverting either would bring the bug again."""
    gone: set[str] = set()
    known = {one.oid for one in line}
    for one in line:
        if one.takes in known and one.oid not in gone:
            gone |= {one.oid, one.takes}
    return gone


def _mainline(site: Site, merge: Stage, ours: set[str]) -> int:
    """The number of the parent that lacks the fix, which the merge brought; 0 when it brought none of it."""
    for number, parent in enumerate(merge.parents, 1):
        brought = {commit.oid for commit in site.repository.commits(parent, merge.oid, MOST)}
        if brought & ours:
            return number
    return 0


def _only_versions(site: Site, one: Stage, rules: VersionRules) -> bool:
    """Whether the commit changes version files, lock files and changelog alone."""
    known = {*rules.files, *rules.lock_files, rules.changelog}
    touched = site.repository.changes(one.parents[0], one.oid).files if one.parents else ("",)
    return bool(touched) and known.issuperset(touched)
