"""The operation `tag`: an annotated tag on one exact commit, after the version oracle has been asked (S2.GIT.3)."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.versions.known import Tags
from hotfix_tui.domain.versions.oracle import judge
from hotfix_tui.operations.common import findings
from hotfix_tui.operations.common.fix import fix_of, written_at
from hotfix_tui.operations.common.pushing import asked, branch_there, push_branch, push_tag
from hotfix_tui.operations.common.texts import known_values, message
from hotfix_tui.operations.plan import Choice, Finding, Plan, PlannedStep, Standing
from hotfix_tui.ports import Site, Tag

CHOICES = (
    Choice("tag", "the tag's name; else by the version of the fix"),
    Choice("version", "its version, when the declared one is not meant"),
    Choice("at", "the commit: a branch, a tag or an id; else where HEAD is"),
    Choice("message", "the tag's message"),
    Choice("sign", "yes or no; else as your git is set"),
    Choice("push", "yes or no; else yes where the playbook's item is proven by the remote"),
)
TAGS = "refs/tags/"
FORMAT = "$tag: $summary"
"""The message where the playbook has none."""


def prepare(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> dict[str, str]:
    """The tag's name, its commit, its message, and what the oracle says.

    Raises: Refused when no version or no such commit is known; PortFailure when the repository cannot be read.
    """
    oid = _commit(site, choice.get("at", ""))
    own = site.making.habits().signs_tags
    here = site.repository.tags()
    there, unasked = _remote_tags(site, playbook.git.remote)
    tag, traps = _judged(site, incident, playbook, choice, oid, here, there)
    known = {**known_values(site, incident, choice), "tag": tag, "version": tag}
    known.setdefault("fix", tag.removeprefix(playbook.git.tag_prefix))
    return {
        "tag": tag,
        "oid": oid,
        "named": "1" if choice.get("at") else "",
        "message": message(
            "tag's message", playbook.formats.tag or FORMAT, known, choice, whole=True
        ),  # it may be public for ever
        "sign": "1" if findings.wants_signature(choice.get("sign", ""), own=own) else "",
        "remote": playbook.git.remote,
        "traps": "\n".join(traps),
        "unasked": unasked,
        **_pushes(site, playbook, choice.get("push", ""), oid),
    }


def _pushes(site: Site, playbook: Playbook, said: str, oid: str) -> dict[str, str]:
    """What is pushed as well: the tag, and before it the branch that HEAD is on, when it is the tagged commit's.

    Raises: Refused when neither yes nor no was said; PortFailure when the remote cannot be asked.
    """
    if said not in {"", "yes", "no"}:
        raise Refused("Say push=yes or push=no.")
    items = [item for item in playbook.all_items() if item.operation == "tag"]
    if said == "no" or not (said or any(item.check == "tag-remote" for item in items)):
        return {"push": ""}
    remote = playbook.git.remote
    branch = site.repository.head_ref().removeprefix("refs/heads/")
    if not branch or site.repository.resolve(f"refs/heads/{branch}") != oid:
        branch = ""
    was = asked(site, remote, f"refs/heads/{branch}") if branch else ""
    return {"push": remote, "branch": branch, "was": was, "triggers": playbook.git.tag_push_triggers}


def _commit(site: Site, word: str) -> str:
    """The commit that is tagged. Raises: Refused when there is none."""
    oid = site.making.named(word or "HEAD")
    if not oid:
        raise Refused(
            f"There is no commit {clean(word or 'HEAD', NAME)} here; name a branch, a tag or an id."
        )
    return oid


def _remote_tags(site: Site, remote: str) -> tuple[dict[str, str] | None, str]:
    """The remote's tags with their objects; None with the reason when it could not be asked."""
    if remote not in site.repository.remotes():
        return None, f"there is no remote {clean(remote, NAME)}: only the tags of this machine were looked at"
    try:
        refs = site.repository.remote_refs(remote, f"{TAGS}*")
    except PortFailure as error:
        return None, f"{clean(remote, NAME)} was not asked for its tags: {error.message}"
    return {ref.removeprefix(TAGS): oid for ref, oid in refs.items()}, ""


def _judged(
    site: Site,
    incident: Incident,
    playbook: Playbook,
    choice: Mapping[str, str],
    oid: str,
    here: tuple[str, ...],
    there: dict[str, str] | None,
) -> tuple[str, list[str]]:
    """The tag's full name, and a line for each trap of its version. Raises: Refused when there is no version."""
    word = choice.get("tag", "").strip() or _version(site, incident, playbook, choice, oid)
    base, remote = incident.declared.base, playbook.git.remote
    first = judge(
        playbook, base, Tags(here, tuple(there) if there is not None else None, origin=remote), word
    )
    ours = _is_ours(site.history.tag(first.tag), oid, (there or {}).get(first.tag, ""))
    kept = tuple(name for name in here if not ours or name != first.tag)
    away = None if there is None else tuple(name for name in there if not ours or name != first.tag)
    candidate = judge(playbook, base, Tags(kept, away, origin=remote), word)
    return candidate.tag, [f"{trap.level}\t{clean(trap.text)}" for trap in candidate.traps]


def _version(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str], oid: str) -> str:
    """The version that was named; else the one that was bumped to at the commit; else the fix's.

    Raises: Refused when there is none; PortFailure.
    """
    fix = fix_of(site, incident, playbook, choice)
    base = site.repository.resolve(TAGS + fix.base) if fix.base else ""
    if choice.get("version") or not base:
        return fix.version
    written = written_at(site, playbook, oid)
    return written if written not in ("", written_at(site, playbook, base)) else fix.version


def _is_ours(found: Tag | None, oid: str, there: str) -> bool:
    """Whether the tag stands already as it is wanted, here and, where there is one, on the remote."""
    return found is not None and found.annotated and found.commit == oid and there in {"", found.oid}


def plan(parameters: Mapping[str, str], site: Site) -> Plan:
    """Make the annotated tag on the very commit. Raises: PortFailure."""
    given = dict(parameters)
    tag, oid = given.get("tag", ""), given.get("oid", "")
    title = f"Tag {oid[:7]} as {clean(tag, NAME)}"
    why = "The tag says for good which commit users get; what follows is built from it."
    if clean(tag) != tag or not site.repository.valid_branch(tag):
        wrong = Finding(False, f"“{clean(tag, NAME)}” is not a name that a tag can have")
        return Plan("tag", title, why, given, (), (wrong,))
    return Plan("tag", title, why, given, _steps(given), _findings(site, given), word=tag)


def _steps(given: Mapping[str, str]) -> tuple[PlannedStep, ...]:
    remote, branch = given.get("push", ""), given.get("branch", "")
    if not remote:
        return (_make(given),)
    first = (push_branch(remote, branch, given["oid"], given["was"]),) if branch else ()
    return (_make(given), *first, push_tag(remote, given["tag"], "", given["triggers"]))


def _make(given: Mapping[str, str]) -> PlannedStep:
    tag, oid, sign = given["tag"], given["oid"], bool(given.get("sign"))

    def look(site: Site) -> Standing:
        found = site.history.tag(tag)
        if found is None:
            return Standing("not-done", f"there is no tag {tag} here")
        if found.commit != oid:
            return Standing(
                "conflict", f"{tag} exists at {found.commit[:7]}, not at {oid[:7]}; it is not moved"
            )
        if not found.annotated:
            return Standing("conflict", f"{tag} is there without a message; take it away: git tag -d {tag}")
        if sign and not found.signed:
            return Standing("conflict", f"{tag} is there and not signed; take it away: git tag -d {tag}")
        return Standing("done", f"{tag} → {oid[:7]}, annotated{', signed' if found.signed else ''}")

    how = "--sign" if sign else "--annotate"
    return PlannedStep(
        id="tag",
        title=f"Tag {oid[:7]} as {tag}",
        argv=("git", "tag", how, "--cleanup=whitespace", f"--message={given['message']}", "--", tag, oid),
        effect="writes",
        changes=f"adds the {'signed' if sign else 'annotated'} tag {tag} at {oid[:7]}, on this machine only",
        look=look,
        level=1,
        inverse=("git", "tag", "--delete", tag),
        way_back="the tag is deleted here, while it is still at that commit",
    )


def _findings(site: Site, given: Mapping[str, str]) -> tuple[Finding, ...]:
    standing = _make(given).look(site)
    commits = site.repository.resolve(given["oid"]) == given["oid"]
    at = Finding(
        commits, f"{given['oid'][:7]}: {_subject(site, given['oid'])}" if commits else "the commit is gone"
    )
    traps = (line.partition("\t") for line in given.get("traps", "").splitlines())
    judged = tuple(Finding(False, text, blocks=level == "refuse") for level, _, text in traps)
    unasked = given.get("unasked", "")
    return (
        at,
        Finding(standing.state != "conflict", standing.observed),
        *(judged or (Finding(True, f"{given['tag']} is free and comes after what it repairs"),)),
        *((Finding(False, unasked, blocks=False),) if unasked else ()),
        *_halfway(site, given),
        *_there(site, given),
        findings.identity(site),
        *findings.signing(site, wanted=bool(given.get("sign")), what="tag"),
    )


def _halfway(site: Site, given: Mapping[str, str]) -> tuple[Finding, ...]:
    """While a merge, a rebase or a bisect waits, HEAD's commit is hardly the one that is meant, unless it was named."""
    pending = findings.nothing_pending(site.repository.status())
    if pending.ok:
        return ()
    named = bool(given.get("named"))
    text = pending.text if named else f"{pending.text}, or name the commit: at=…"
    return (Finding(False, text, blocks=not named),)


def _there(site: Site, given: Mapping[str, str]) -> tuple[Finding, ...]:
    """Where the branch is pushed as well, the remote's must not have gone its own way."""
    remote, branch = given.get("push", ""), given.get("branch", "")
    if not remote or not branch:
        return ()
    standing = branch_there(site, remote, branch, given["oid"], given["was"])
    return (Finding(standing.state != "conflict", standing.observed),)


def _subject(site: Site, oid: str) -> str:
    return clean(site.history.message(oid).partition("\n")[0], NAME)
