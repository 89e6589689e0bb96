"""The fix comes back by pull requests on the forge: opened with their texts, later merged there."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.forge import gh
from hotfix_tui.forge.pulls import best, pulls
from hotfix_tui.operations.common.merging import Target
from hotfix_tui.operations.common.texts import filled
from hotfix_tui.operations.plan import Finding, PlannedStep, Standing
from hotfix_tui.ports import Site

BY_HAND = "open the pull request on the forge’s page, or merge here with way=no-ff"


def settled(
    site: Site,
    incident: Incident,
    playbook: Playbook,
    choice: Mapping[str, str],
    found: tuple[Target, ...],
    given: Mapping[str, str],
) -> dict[str, str]:
    """The texts, and how far it goes: where each pull request is open already, it is merged, else it is opened.

    Raises: Refused when there is no gh or a word of a text is missing; PortFailure when the forge does not answer.
    """
    if not gh.there(site):
        raise Refused(f"gh is not on the PATH: {BY_HAND}")
    until = choice.get("until", "")
    if until not in ("", "opened", "merged"):
        raise Refused("until is opened or merged.")
    opened = pulls(site, given["branch"])
    every = all(best(opened, one.name, given["tip"]) for one in found)
    title, body = playbook.formats.pull_request or "$summary", playbook.formats.pull_request_body

    def text(template: str, what: str) -> str:
        return filled(template, f"The pull request's {what}", None, site, incident, choice).strip()

    return {
        "message": choice.get("message") or text(title, "title"),
        "body": choice.get("body") or text(body, "text"),
        "labels": ",".join(playbook.git.labels),
        "until": until or ("merged" if every else "opened"),
    }


def steps(given: Mapping[str, str], found: tuple[Target, ...]) -> tuple[PlannedStep, ...]:
    """For each target the pull request is opened, and merged where it goes so far."""
    opened = [_open(given, one) for one in found]
    return (*opened, *(_merge(given, one) for one in found if given.get("until") == "merged"))


def _open(given: Mapping[str, str], one: Target) -> PlannedStep:
    branch, tip = given["branch"], given["tip"]
    labels = tuple(f"--label={label}" for label in given.get("labels", "").split(",") if label)

    def look(site: Site) -> Standing:
        request = best(pulls(site, branch), one.name, tip)
        if request is None:
            return Standing("not-done", f"there is no pull request from {branch} to {one.name}")
        return Standing(
            "done", f"pull request {request.number} to {one.name} is {request.state.lower()}: {request.url}"
        )

    words = (
        f"--base={one.name}",
        f"--head={branch}",
        f"--title={given['message']}",
        f"--body={given['body']}",
    )
    return PlannedStep(
        id=f"open-{one.name}",
        title=f"Open the pull request to {one.name}",
        argv=("gh", "pr", "create", *words, *labels),
        effect="writes",
        changes=f"everybody who follows the project sees the pull request to {one.name}",
        look=look,
        level=2,
        inverse=("gh", "pr", "close", branch),
        way_back="the pull request is closed; it stays on the forge to be read",
    )


def _merge(given: Mapping[str, str], one: Target) -> PlannedStep:
    branch, tip = given["branch"], given["tip"]
    words = ("--merge", f"--match-head-commit={tip}")

    def look(site: Site) -> Standing:
        request = best(pulls(site, branch), one.name, tip)
        if request is not None and request.state == "MERGED":
            return Standing("done", f"pull request {request.number} is merged to {one.name}: {request.url}")
        if request is not None and request.head != tip:
            return Standing(
                "conflict", f"pull request {request.number} is at {request.head[:7]}, not at {tip[:7]}"
            )
        return Standing("not-done", f"{branch} is not merged to {one.name} on the forge")

    def exact(site: Site) -> tuple[str, ...]:
        request = best(pulls(site, branch), one.name, tip)
        return ("gh", "pr", "merge", str(request.number) if request else branch, *words)

    return PlannedStep(
        id=f"merge-{one.name}",
        title=f"Merge the pull request to {one.name}",
        argv=("gh", "pr", "merge", branch, *words),
        effect="writes",
        changes=f"the forge adds a merge commit of {tip[:7]} to {one.name}, for everybody",
        look=look,
        level=2,
        way_back="no way back but a revert of the merge as a new pull request",
        exact=exact,
    )


def findings(site: Site, given: Mapping[str, str]) -> tuple[Finding, ...]:
    """There is a gh, and the remote has the branch at this very commit. Raises: PortFailure."""
    branch, there = clean(given["branch"], NAME), given.get("branch_there", "")
    pushed = there == given["tip"]
    not_there = (
        f"the remote has {branch} at {there[:7]}, not at {given['tip'][:7]}"
        if there
        else f"{branch} is not pushed"
    )
    return (
        Finding(gh.there(site), "gh is there" if gh.there(site) else f"gh is not on the PATH: {BY_HAND}"),
        Finding(pushed, f"{branch} is pushed, at {there[:7]}" if pushed else f"{not_there}: push it first"),
    )
