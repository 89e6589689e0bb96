"""The way back `revert`: the fix's commits are reverted, and where pre-releases go out the next one is made (S0.RBK.2)."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import NothingYet, PortFailure, Refused
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common import going
from hotfix_tui.operations.common.places import HEADS, here
from hotfix_tui.operations.common.solving import files
from hotfix_tui.operations.plan import Finding, PlannedStep
from hotfix_tui.operations.ways_back import releasing, sending
from hotfix_tui.operations.ways_back.chain import Chain, Link, revert_step
from hotfix_tui.operations.ways_back.facts import Facts, Wanted
from hotfix_tui.operations.ways_back.taking import fixing, named, takings
from hotfix_tui.ports import Rehearsed, Site, Taking


def settle(wanted: Wanted, facts: Facts) -> dict[str, str]:
    """The branch, its commit, what is reverted there, what is left of it, and the new release.

    Raises: Refused when there is nothing to revert; PortFailure.
    """
    site, git = wanted.site, wanted.playbook.git
    releases = _releases(wanted)
    branch, found = _where(wanted, facts, early=releases)
    start = site.repository.resolve(f"{HEADS}{branch}")
    rehearsed = _rehearsed(site, start, found)
    left = tuple(one for one in found if not rehearsed or one.commit not in rehearsed.idle)
    if not left:
        raise Refused(f"Nothing of {clean(facts.bad or facts.fix, NAME)} is left on {clean(branch, NAME)}.")
    whole = bool(rehearsed and rehearsed.tree)
    release = releasing.next_release(wanted, facts) if releases and whole else None
    return {
        "on": branch,
        "start": start,
        "takings": "\n".join(_told(site, one) for one in left),
        "tree": rehearsed.tree if rehearsed else "",
        "conflicts": _conflicts(rehearsed),
        "foreseen": "yes" if rehearsed else "",
        "release": release.told if release else "",
        "writes": "yes" if release and rehearsed and releasing.edits(site, release, rehearsed.tree) else "",
        "later": "yes" if releases and not release else "",
        "remote": git.remote if git.remote in site.repository.remotes() else "",
        "triggers": git.tag_push_triggers,
        **here(site),
    }


def _releases(wanted: Wanted) -> bool:
    """Whether a new release follows: where pre-releases go out first, and wherever its number is named."""
    said = wanted.choice.get("version", "")
    early = wanted.playbook.version.scheme in ("promotion", "pre-release-counter")
    return said != releasing.NONE and (early or bool(said))


def _where(wanted: Wanted, facts: Facts, *, early: bool) -> tuple[str, tuple[Taking, ...]]:
    """The branch and the commits that are reverted there: main when it has the fix, for a pre-release its own branch.

    Raises: Refused when the fix is on neither; PortFailure.
    """
    site, main, said = wanted.site, wanted.playbook.git.main, wanted.choice.get("on", "")
    chosen = named(wanted)
    if chosen and said:
        return said, chosen
    fix = fixing(wanted, facts)
    order = (said,) if said else (fix.branch, main) if early else (main, fix.branch)
    known = [name for name in order if name and site.repository.resolve(f"{HEADS}{name}")]
    for name in known:
        own = name == fix.branch
        target = site.repository.resolve(f"{HEADS}{name}")
        found = chosen or takings(site, fix, target, wanted.playbook.version, own=own)
        if found:
            return name, found
    places = " or ".join(clean(name, NAME) for name in known or order if name)
    if not facts.bad:
        raise NothingYet(f"The fix has no commit of its own yet on {places}.")
    what = clean(facts.bad, NAME)
    raise Refused(
        f"Nothing of {what} is left on {places} to revert; if it came there in other commits, name them: commits=…"
    )


def _rehearsed(site: Site, start: str, found: tuple[Taking, ...]) -> Rehearsed | None:
    """How it would go; None where this git is too old to say."""
    try:
        return site.rehearsal.without(start, found)
    except PortFailure:
        return None


def _conflicts(rehearsed: Rehearsed | None) -> str:
    if rehearsed is None or not rehearsed.stopped:
        return ""
    return f"revert of {rehearsed.stopped[:7]}: in conflict {files(rehearsed.conflicts)}"


def _told(site: Site, one: Taking) -> str:
    subject = clean(site.history.message(one.commit).partition("\n")[0], NAME)
    return f"{one.commit} {one.mainline} {subject}"


def _read(given: Mapping[str, str]) -> tuple[tuple[Taking, str], ...]:
    """The commits that are reverted, with their first lines."""
    rows = (line.split(" ", 2) for line in given["takings"].splitlines())
    return tuple((Taking(oid, int(mainline)), subject) for oid, mainline, subject in rows)


def _chain(given: Mapping[str, str]) -> Chain:
    links = [Link(takes=one.commit) for one, _ in _read(given)]
    release = releasing.release_of(given)
    if release and given["writes"]:
        links.append(Link(release.message))
    return Chain(given["on"], given["start"], tuple(links))


def title(given: Mapping[str, str]) -> str:
    """What it does, in one line."""
    count = len(_read(given))
    commits = "1 commit" if count == 1 else f"{count} commits"
    release = releasing.release_of(given)
    to = f" and release {clean(release.tag, NAME)}" if release else ""
    return f"Revert {commits} on {clean(given['on'], NAME)}{to}"


def steps(given: Mapping[str, str], site: Site) -> tuple[PlannedStep, ...]:
    """Go there, revert one commit after the other, release, push. Raises: Refused; PortFailure."""
    chain, release, remote = _chain(given), releasing.release_of(given), given["remote"]
    made = [going.switch_step(given, chain.branch)] if given["from_ref"] != chain.ref else []
    made += [revert_step(chain, n, one, subject) for n, (one, subject) in enumerate(_read(given))]
    if release:
        made += releasing.steps(site, chain, release, given["tree"])
    if remote and not given["later"]:
        made.append(sending.push_branch(remote, chain, new=False))
        if release:
            made.append(sending.push_tag(remote, chain, release.tag, given["triggers"]))
    return tuple(made)


def findings(given: Mapping[str, str], site: Site) -> tuple[Finding, ...]:
    """Whether it goes through, and what is left to do by hand."""
    found = []
    if given["conflicts"]:
        found.append(
            Finding(False, f"{given['conflicts']}; you will solve it, then it goes on", blocks=False)
        )
    elif given["foreseen"]:
        found.append(Finding(True, "dry run ok: it can be taken back without a conflict"))
    else:
        found.append(Finding(False, "this git cannot foretell conflicts; 2.38 and newer can", blocks=False))
    if given["later"]:
        found.append(
            Finding(False, "the new release comes after it: bump, commit-version, tag, push", blocks=False)
        )
    return tuple(found)
