"""The operation `cherry-pick`: commits that exist elsewhere come to this branch, one step each (S2.BRA.2, S2.GIT.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common import findings
from hotfix_tui.operations.common.picking import needed, pick_step, subject
from hotfix_tui.operations.common.places import tidy
from hotfix_tui.operations.common.solving import files
from hotfix_tui.operations.plan import Choice, Finding, Plan
from hotfix_tui.ports import Site

CHOICES = (
    Choice("commits", "the commits, oldest first: ids, branches or tags, with commas", required=True),
    Choice("sign", "yes or no; else as your git is set"),
)
MOST = 30


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The commits by their ids, and where HEAD is.

    Raises: Refused when none is named, one is not here, is a merge, or HEAD is on no branch; PortFailure.
    """
    words = [word for word in re.split(r"[,\s]+", choice.get("commits", "")) if word]
    if not words:
        raise Refused("Say which commits are picked, the oldest first: commits=3f2a9c1,8d1e0b4")
    if len(words) > MOST:
        raise Refused(f"{len(words)} commits are too many to pick one by one; merge the branch instead.")
    ref = site.repository.head_ref()
    head = site.repository.resolve("HEAD")
    if not ref or not head:
        raise Refused("HEAD is on no branch; switch to the hotfix branch first: hotfix run branch")
    sign = findings.wants_signature(choice.get("sign", ""), own=site.making.habits().signs_commits)
    return {
        "commits": " ".join(dict.fromkeys(_commit(site, word) for word in words)),
        "ref": ref,
        "from": head,
        "sign": "1" if sign else "",
        "main": playbook.git.main,
    }


def _commit(site: Site, word: str) -> str:
    """The commit's id. Raises: Refused when there is none, or it is a merge."""
    oid = site.making.named(word)
    if not oid:
        raise Refused(f"There is no commit {clean(word, NAME)} here; fetch it first: git fetch")
    if len(site.history.parents(oid)) > 1:
        raise Refused(f"{clean(word, NAME)} is a merge; name the commits that it brought.")
    return oid


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Pick each commit in its turn. Raises: PortFailure."""
    given = dict(parameters)
    commits = tuple(given.get("commits", "").split())
    branch = given.get("ref", "").removeprefix("refs/heads/")
    what = commits[0][:7] if len(commits) == 1 else f"{len(commits)} commits"
    title = f"Pick {what} onto {clean(branch, NAME)}"
    why = "The fix exists already; the same change comes to what users run, and says where it comes from."
    steps = tuple(
        pick_step(number, oid, commits, given["ref"], given["from"], site, sign=bool(given.get("sign")))
        for number, oid in enumerate(commits, start=1)
    )
    return Plan("cherry-pick", title, why, given, steps, _findings(site, given, commits))


def _findings(site: Site, given: Mapping[str, str], commits: tuple[str, ...]) -> tuple[Finding, ...]:
    ref, status = given["ref"], site.repository.status()
    branch = ref.removeprefix("refs/heads/")
    on_it = site.repository.head_ref() == ref
    here = f"on {branch}" if on_it else f"HEAD is not on {branch} any more; switch back to it"
    on_main = Finding(False, f"on {branch} itself, and not on a hotfix branch", blocks=False)
    return (
        Finding(on_it, here),
        *tidy(status),
        *((on_main,) if branch == given["main"] else ()),
        *(_forecast(site, given["from"], commits) if not status.pending else ()),
        findings.identity(site),
        *findings.signing(site, wanted=bool(given.get("sign")), what="commit"),
        *findings.hooks(site),
    )


def _forecast(site: Site, head: str, commits: tuple[str, ...]) -> tuple[Finding, ...]:
    """Which of them are here already, and where the first conflict will be."""
    waiting = [oid for oid in commits if not site.making.picked(head, oid)]
    here = tuple(
        Finding(True, f"{subject(site, oid)} is here already") for oid in commits if oid not in waiting
    )
    try:
        seen = site.rehearsal.having(head, waiting)
    except PortFailure as error:
        return (*here, Finding(False, f"no forecast of conflicts: {error.message}", blocks=False))
    idle = tuple(
        Finding(False, f"{subject(site, oid)} changes nothing here", blocks=False) for oid in seen.idle
    )
    if not seen.stopped:
        return (*here, *idle, Finding(True, "no conflict is foreseen"))
    missing = needed(site, head, seen.stopped, seen.conflicts, commits)
    words = f"{subject(site, seen.stopped)} will be in conflict: {files(seen.conflicts)}{missing}"
    return (*here, *idle, Finding(False, words, blocks=False))
