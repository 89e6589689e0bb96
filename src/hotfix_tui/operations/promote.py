"""The operation `promote`: the tested pre-release becomes the release, on the very same commit (S0.VER.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.versions import Release, split
from hotfix_tui.domain.versions.registries import standard_of
from hotfix_tui.domain.versions.spelled import names
from hotfix_tui.operations import tag
from hotfix_tui.operations.common.fix import fix_of, newest_made
from hotfix_tui.operations.common.pushing import asked, push_tag
from hotfix_tui.operations.plan import Choice, Finding, Plan, PlannedStep, Standing
from hotfix_tui.ports import Site

CHOICES = (
    Choice("from", "the tag of the pre-release; else the newest one of the fix"),
    Choice("message", "the tag's message"),
    Choice("sign", "yes or no; else as your git is set"),
    Choice("as-is", "yes where the files may go on saying the pre-release's version"),
)
WHY = "What was tested is what goes out: the same commit under the release's name, and nothing built anew."


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The pre-release's tag and commit, the release's tag and message, and what the files say there.

    Raises: Refused when no pre-release is known; PortFailure.
    """
    early = _early(site, incident, playbook, choice)
    prefix, _, _ = early.tag.rpartition(early.version.text)
    final = prefix + early.version.release
    known = site.history.tag(early.tag)
    if known is None or not prefix + early.version.text == early.tag:
        raise Refused(f"There is no tag {clean(early.tag, NAME)} here; fetch it: git fetch --tags")
    given = tag.prepare(
        site,
        incident,
        playbook,
        {**choice, "tag": final, "at": known.commit, "fix": early.version.release, "push": "no"},
    )
    remote = playbook.git.remote
    there = remote in site.repository.remotes()
    return {
        **given,
        "from": early.tag,
        "from_oid": known.oid,
        "from_there": asked(site, remote, f"refs/tags/{early.tag}") if there else "",
        "triggers": playbook.git.tag_push_triggers,
        "pushed": "yes" if there else "",
        "behind": ""
        if choice.get("as-is") == "yes"
        else "\n".join(_behind(site, playbook, known.commit, early)),
    }


def _early(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> Release:
    """The pre-release that is promoted. Raises: Refused; PortFailure."""
    rules, standard = playbook.git, standard_of(playbook.version)
    if named := choice.get("from", ""):
        found = split(named, rules.tag_prefix, standard)
        if found is None or found[1].is_final:
            raise Refused(f"{clean(named, NAME)} is no pre-release.")
        return found[1]
    newest = newest_made(site, playbook, fix_of(site, incident, playbook, choice).tag, early=True)
    if newest is None:
        raise Refused(
            "No pre-release of the fix is tagged here; fetch it with git fetch --tags, or say from=v1.2.4-beta.1"
        )
    return newest


def _behind(site: Site, playbook: Playbook, commit: str, early: Release) -> Iterable[str]:
    """The version files that still say the pre-release's version at its commit. Raises: PortFailure."""
    for path in playbook.version.files:
        lines = (site.history.file(commit, path) or b"").decode("utf-8", "replace").splitlines()
        if any(names(line, early.version.text) for line in lines):
            yield path


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Tag the pre-release's commit as the release, and push that tag. Raises: PortFailure."""
    given = dict(parameters)
    tagging = tag.plan(given, site)
    name, early = given.get("tag", ""), given.get("from", "")
    steps = tagging.steps
    if steps and given.get("pushed"):
        steps = (*steps, _push(given))
    title = f"Promote {clean(early, NAME)} to {clean(name, NAME)}"
    return Plan("promote", title, WHY, given, steps, (*_findings(site, given), *tagging.findings), word=name)


def _push(given: Mapping[str, str]) -> PlannedStep:
    """The tag's object is made by the step before; it is pushed by its id all the same."""
    name, remote, ref = given["tag"], given["remote"], f"refs/tags/{given['tag']}"

    def made(site: Site) -> PlannedStep:
        known = site.history.tag(name)
        return push_tag(remote, name, known.oid if known else "", given["triggers"])

    def look(site: Site) -> Standing:
        return made(site).look(site)

    return replace(
        push_tag(remote, name, ref, given["triggers"]), look=look, exact=lambda site: made(site).argv
    )


def _findings(site: Site, given: Mapping[str, str]) -> tuple[Finding, ...]:
    early, oid, remote = clean(given.get("from", ""), NAME), given.get("oid", ""), given.get("remote", "")
    known = site.history.tag(given.get("from", ""))
    same = known is not None and known.commit == oid
    public = given.get("from_there", "") == given.get("from_oid", "")
    return (
        Finding(
            same, f"{early} is {oid[:7]}" if same else f"{early} is not at {oid[:7]} any more; plan it again"
        ),
        *(
            (
                Finding(
                    public,
                    f"{early} is on {remote}"
                    if public
                    else f"{early} is not on {remote} as it is here: nobody can have tested it",
                    blocks=False,
                ),
            )
            if given.get("pushed")
            else ()
        ),
        *(
            Finding(
                False,
                f"{clean(path, NAME)} of that commit says the pre-release’s version: bump, commit and tag that, or say as-is=yes",
            )
            for path in given.get("behind", "").splitlines()
        ),
    )
