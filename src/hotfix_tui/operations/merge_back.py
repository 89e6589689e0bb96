"""The operation `merge-back`: the fix comes back to main, develop and the open release branches (X.7)."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.operations.common import foreseen, merging, pulling
from hotfix_tui.operations.common.merging import Target
from hotfix_tui.operations.common.places import HEADS, OID, heads, here, holds, hotfix_branch, targets
from hotfix_tui.operations.common.texts import filled
from hotfix_tui.operations.plan import Choice, Finding, Plan
from hotfix_tui.ports import Site

CHOICES = (
    Choice("branch", "the branch that holds the fix"),
    Choice("targets", "the branches that it comes back to, with commas"),
    Choice("way", "no-ff (merged here) or pull-request"),
    Choice("message", "the message of the merge, or the pull request's title"),
    Choice("body", "the pull request's text"),
    Choice("until", "for a pull request: opened or merged"),
)
WHY = "A fix that does not come back is a bug again with the next release."


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The fix's commit, each target that lacks it with its two commits, the way and the texts.

    Raises: Refused when there is no such branch, a word of a text is missing, or no target exists; PortFailure.
    """
    rules, branch = playbook.git, hotfix_branch(site, incident, playbook, choice)
    there = heads(site, rules.remote)
    tip = site.repository.resolve(f"{HEADS}{branch}") or there.get(branch, "")
    if not tip or not site.repository.resolve(tip):
        raise Refused(f"There is no branch {clean(branch, NAME)} here; fetch first: git fetch {rules.remote}")
    way = choice.get("way") or rules.merge_way
    if way not in ("no-ff", "pull-request"):
        raise Refused("The way is no-ff or pull-request.")
    wanted = tuple(one.strip() for one in choice.get("targets", "").split(",") if one.strip())
    named = targets(wanted or rules.merge_back, there, branch)
    found = [merging.target(site, rules.remote, name, there) for name in named]
    absent = [one.name for one in found if not one.here and not one.there]
    open_ = [one for one in found if one.name not in absent and not holds(site, one.there or one.here, tip)]
    proven = not open_
    if proven:
        open_ = [one for one in found if one.name not in absent]
    if not open_:
        raise Refused(_nowhere(named, rules.remote))
    given = {
        "branch": branch,
        "tip": tip,
        "remote": rules.remote if rules.remote in site.repository.remotes() else "",
        "way": way,
        "proven": "yes" if proven else "",
        "targets": "\n".join(one.told for one in open_),
        "absent": "\n".join(absent),
        "branch_there": there.get(branch, ""),
        **here(site),
    }
    say = {**choice, "branch": branch}
    if proven:
        return given
    if way == "pull-request":
        return {**given, **pulling.settled(site, incident, playbook, say, tuple(open_), given)}
    template = playbook.formats.merge or "Merge $branch"
    message = choice.get("message") or filled(template, "The merge's message", None, site, incident, say)
    return {**given, "message": message.strip()}


def _nowhere(named: tuple[str, ...], remote: str) -> str:
    """Why there is no target."""
    if not named:
        return "The playbook names no branch that the fix comes back to; say targets=…"
    lacking = ", ".join(clean(name, NAME) for name in named)
    return f"No branch {lacking} is here or on {clean(remote, NAME)}, so there is nothing to come back to; say targets=…"


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Merge the fix into each target, push it, and go back to where HEAD was. Raises: PortFailure."""
    given = dict(parameters)
    branch, tip = given.get("branch", ""), given.get("tip", "")
    found = tuple(Target.read(line) for line in given.get("targets", "").splitlines())
    names = ", ".join(clean(one.name, NAME) for one in found)
    title = f"Bring {clean(branch, NAME)} back to {names}"
    odd = [one.name for one in found if not site.repository.valid_branch(one.name)]
    if not OID.fullmatch(tip) or not found or odd or not site.repository.valid_branch(branch):
        return Plan(
            "merge-back", title, WHY, given, (), (Finding(False, "the names in this plan are no branches"),)
        )
    if given.get("proven"):
        shown = tuple(merging.prove(given, one) for one in found)
        return Plan("merge-back", f"{clean(branch, NAME)} is in {names}", WHY, given, shown, _absent(given))
    by_forge = given.get("way") == "pull-request"
    steps = pulling.steps(given, found) if by_forge else merging.steps(given, found)
    looked = pulling.findings(site, given) if by_forge else foreseen.findings(site, given, found)
    return Plan("merge-back", title, WHY, given, steps, (*looked, *_absent(given)))


def _absent(given: Mapping[str, str]) -> tuple[Finding, ...]:
    names = given.get("absent", "").splitlines()
    return tuple(Finding(False, f"there is no {clean(name, NAME)}: left out", blocks=False) for name in names)
