"""The operation `release`: the tag's release on the forge, through `gh` (S3.CMD.2)."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.versions import latest_release, split
from hotfix_tui.domain.versions.registries import standard_of
from hotfix_tui.forge import gh
from hotfix_tui.forge.releases import release
from hotfix_tui.operations.common.fix import fix_of, newest_made
from hotfix_tui.operations.plan import Choice, Finding, Plan, PlannedStep, Standing
from hotfix_tui.ports import Site

CHOICES = (
    Choice("tag", "the tag that is released"),
    Choice("title", "the title of the release"),
    Choice("notes", "the text of the release; else the message of the tag"),
    Choice("notes-file", "a file of the tagged commit that holds its text"),
    Choice("pre-release", "yes or no; else as the version says"),
)
WHY = "Those who do not build it themselves get it there."
LONGEST = 60_000
"""The most characters of a release's text."""


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The tag with its object and commit, the title, the text, and what the release is marked as.

    Raises: Refused when there is no such tag here, no gh or no such file; PortFailure.
    """
    name = choice.get("tag") or _made(site, incident, playbook, fix_of(site, incident, playbook, choice).tag)
    tag = site.history.tag(name)
    if tag is None:
        raise Refused(f"There is no tag {clean(name, NAME)} here; make it first: hotfix run tag")
    if not gh.there(site):
        raise Refused(f"gh is not on the PATH: make the release of {clean(name, NAME)} on the forge’s page.")
    marked = choice.get("pre-release", "")
    if marked not in ("", "yes", "no"):
        raise Refused("Say pre-release=yes or pre-release=no.")
    remote, ref = playbook.git.remote, f"refs/tags/{name}"
    known = split(name, playbook.git.tag_prefix, standard_of(playbook.version))
    early = marked == "yes" if marked else bool(known and not known[1].is_final)
    return {
        "tag": name,
        "oid": tag.oid,
        "commit": tag.commit,
        "remote": remote,
        "there": site.repository.remote_refs(remote, ref).get(ref, "")
        if remote in site.repository.remotes()
        else "",
        "title": clean(choice.get("title") or name),
        "notes": _notes(site, tag.commit, choice),
        "pre-release": "yes" if early else "no",
        "latest": "yes" if not early and _is_newest(site, playbook, name) else "no",
    }


def _made(site: Site, incident: Incident, playbook: Playbook, tag: str) -> str:
    """The fix's tag; where that is only the next one, the newest that is made of the declared version, or of this one."""
    if site.history.tag(tag) is not None:
        return tag
    declared = playbook.git.tag_prefix + incident.declared.fix
    made = newest_made(site, playbook, declared) or newest_made(site, playbook, tag)
    return made.tag if made else tag


def _notes(site: Site, commit: str, choice: Mapping[str, str]) -> str:
    """The text; empty for the tag's own message. Raises: Refused when there is no such file; PortFailure."""
    path = choice.get("notes-file", "")
    found = site.history.file(commit, path) if path else choice.get("notes", "").encode()
    if found is None:
        raise Refused(f"The tagged commit has no file {clean(path, NAME)}.")
    return clean(found, LONGEST, multiline=True).strip()


def _is_newest(site: Site, playbook: Playbook, name: str) -> bool:
    """Whether no other release is newer, so that people are led to this one."""
    known = split(name, playbook.git.tag_prefix, standard_of(playbook.version))
    if known is None:
        return True
    newest = latest_release(site.repository.tags(), known[0], standard_of(playbook.version))
    return newest is None or not known[1] < newest


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Make the release on the forge. Raises: PortFailure."""
    given = dict(parameters)
    tag = given.get("tag", "")
    title = f"Release {clean(tag, NAME)} on the forge"
    if clean(tag) != tag or not site.repository.valid_branch(tag):
        wrong = Finding(False, f"“{clean(tag, NAME)}” is not a name that a tag can have")
        return Plan("release", title, WHY, given, (), (wrong,))
    return Plan("release", title, WHY, given, (_make(given),), _findings(site, given))


def _make(given: Mapping[str, str]) -> PlannedStep:
    tag, early = given["tag"], given["pre-release"] == "yes"

    def look(site: Site) -> Standing:
        found = release(site, tag)
        if found is None:
            return Standing("not-done", f"the forge has no release of {tag}")
        if found.draft:
            return Standing("conflict", f"the release of {tag} is a draft, which nobody sees: {found.url}")
        if found.prerelease != early:
            wrong = "is marked as a pre-release" if found.prerelease else "is not marked as a pre-release"
            return Standing("conflict", f"the release of {tag} {wrong}: {found.url}")
        return Standing("done", f"{tag} is released{' as a pre-release' if early else ''}: {found.url}")

    text = (f"--notes={given['notes']}",) if given["notes"] else ("--notes-from-tag",)
    marks = ("--prerelease",) if early else (f"--latest={'true' if given['latest'] == 'yes' else 'false'}",)
    return PlannedStep(
        id="release",
        title=f"Release {tag}",
        argv=("gh", "release", "create", tag, "--verify-tag", f"--title={given['title']}", *text, *marks),
        effect="writes",
        changes=f"everybody who follows the project sees {tag}{' as a pre-release' if early else ''}",
        look=look,
        level=2,
        inverse=("gh", "release", "delete", tag, "--yes"),
        way_back="the release is taken off the forge; the tag stays, and so do the mails that went out",
    )


def _findings(site: Site, given: Mapping[str, str]) -> tuple[Finding, ...]:
    tag, there, remote = clean(given["tag"], NAME), given["there"], given["remote"]
    known = site.history.tag(given["tag"])
    same = known is not None and known.oid == given["oid"]
    pushed = there == given["oid"]
    elsewhere = (
        f"{remote} has another {tag} ({there[:7]})" if there else f"{tag} is not on {remote}: push it first"
    )
    return (
        Finding(gh.there(site), "gh is there" if gh.there(site) else "gh is not on the PATH"),
        Finding(same, f"{tag} → {given['commit'][:7]}" if same else f"{tag} was moved; plan it again"),
        Finding(pushed, f"{tag} is on {remote}" if pushed else elsewhere),
        *_marks(given),
    )


def _marks(given: Mapping[str, str]) -> tuple[Finding, ...]:
    if given["pre-release"] == "yes":
        return (Finding(True, "it is marked as a pre-release: the stable channel does not offer it"),)
    if given["latest"] == "no":
        return (Finding(False, "a newer release exists: this one is not shown as the latest", blocks=False),)
    return (Finding(True, "it is shown as the latest release"),)
