"""What a way back starts from: the playbook's rollback, the bad release, the one before it, and the tags that are taken."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook, Rollback
from hotfix_tui.domain.record import record
from hotfix_tui.domain.templates import fill, values
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.versions import Release, parse, split
from hotfix_tui.domain.versions.known import Known, Tags, sorted_tags
from hotfix_tui.domain.versions.registries import standard_of
from hotfix_tui.ports import Site

TAGS = "refs/tags/"
FROM_RELEASE = frozenset({"channel-pointer", "previous-as-new-release", "redeploy-tag", "user-downgrade"})
"""The kinds that lead away from the release that is out, also before there is a fix (S3.RBK.1)."""


@record(frozen=True, slots=True)
class Wanted:
    """Everything that settles a way back."""

    site: Site
    incident: Incident
    playbook: Playbook
    choice: Mapping[str, str]
    rollback: Rollback
    asks: bool = True
    """Whether the remote may be asked; a look that is taken again and again does without."""


@record(frozen=True, slots=True)
class Facts:
    """The releases that it is about."""

    bad: str
    """The tag that is taken back; empty when none is out yet."""
    fix: str
    """The version that was bad, or was going to be it, without prefix."""
    previous: str
    """The tag of the release before it; empty when there is none."""
    known: Known
    unasked: str = ""
    """Why the remote's tags are not among the known ones."""


def chosen(
    incident: Incident, playbook: Playbook, choice: Mapping[str, str], tags: tuple[str, ...] = ()
) -> Rollback:
    """The named rollback, else the item's, else the one that was started last, else what fits the releases of `tags`.

    Raises: Refused when there is no such rollback, or the playbook has none.
    """
    known = {one.id: one for one in playbook.rollbacks}
    named = choice.get("rollback", "")
    if named and named not in known:
        raise Refused(f"There is no rollback {clean(named, NAME)}; there are {', '.join(known) or 'none'}.")
    item = choice.get("item", "")
    owner = next((one.id for one in playbook.rollbacks if any(step.id == item for step in one.steps)), "")
    started = [id for id in incident.procedures if id in known]
    first = playbook.rollback_first.rollback if playbook.rollback_first else ""
    likely = (named, owner, started[-1] if started else "", _early(incident, playbook, tags), first, *known)
    found = next((known[id] for id in likely if id in known), None)
    if found is None:
        raise Refused("This playbook has no [[rollback]], so there is no way back that it knows.")
    return found


def _early(incident: Incident, playbook: Playbook, tags: tuple[str, ...]) -> str:
    """While only pre-releases of the fix are out, one of these is taken back; empty otherwise."""
    out = playbook.git.tag_prefix + incident.declared.fix in tags
    if out or playbook.version.scheme != "promotion":
        return ""
    return next((one.id for one in playbook.rollbacks if one.kind == "revert"), "")


def find(wanted: Wanted) -> Facts:
    """The bad release and the one before. Raises: Refused when a named one is not there; PortFailure."""
    playbook, choice, repository = wanted.playbook, wanted.choice, wanted.site.repository
    here = repository.tags()
    there, unasked = _there(wanted)
    standard, base = standard_of(playbook.version), wanted.incident.declared.base
    found = split(base, playbook.git.tag_prefix, standard)
    prefix = found[0] if found else playbook.git.tag_prefix
    known = sorted_tags(Tags(here, there, origin=playbook.git.remote), prefix, standard)
    named = {word: choice.get(word, "") for word in ("bad", "to")}
    for word, tag in named.items():
        if tag and tag not in here:
            raise Refused(f"There is no tag {clean(tag, NAME)} here ({word}=…); fetch it: git fetch --tags")
    bad = parse(named["bad"], prefix, standard) if named["bad"] else _bad(wanted, known, prefix)
    first = bad is None and wanted.rollback.kind in FROM_RELEASE
    if first:
        bad = parse(base, prefix, standard) or known.newest
    fix = bad.version.text if bad else wanted.incident.declared.fix
    previous = named["to"] or _previous(known, bad, base, here)
    return Facts(bad.tag if bad else "", fix, previous, known, unasked)


def _there(wanted: Wanted) -> tuple[tuple[str, ...] | None, str]:
    """The remote's tags; None, with the reason, when it was not asked."""
    remote = wanted.playbook.git.remote
    if not wanted.asks:
        return None, ""
    if remote not in wanted.site.repository.remotes():
        return None, f"there is no remote {clean(remote, NAME)}: only the tags of this machine were looked at"
    try:
        refs = wanted.site.repository.remote_refs(remote, f"{TAGS}*")
    except PortFailure as error:
        return None, f"{clean(remote, NAME)} was not asked for its tags: {error.message}"
    return tuple(ref.removeprefix(TAGS) for ref in refs), ""


def _bad(wanted: Wanted, known: Known, prefix: str) -> Release | None:
    """The newest release of this incident: its version, or a pre-release of it, when that is out here."""
    declared, standard = wanted.incident.declared, standard_of(wanted.playbook.version)
    fix = parse(prefix + declared.fix, prefix, standard) if declared.fix else None
    base = parse(declared.base, prefix, standard)
    here = [one for one in known.releases if one.tag in known.tags.local]
    if fix is None:
        since = [one for one in here if base is not None and one > base]
        return since[-1] if since else None
    ours = [one for one in here if one == fix or (one < fix and one.version.release == fix.version.release)]
    return next((one for one in reversed(ours) if base is None or one > base), None)


def _previous(known: Known, bad: Release | None, base: str, here: tuple[str, ...]) -> str:
    """The release that people had before: the repaired one, else the newest final one below the bad one."""
    repaired = next((one for one in known.releases if one.tag == base), None)
    if base in here and (bad is None or repaired is None or repaired < bad):
        return base
    below = [one for one in known.releases if one.is_final and one.tag in here and (not bad or one < bad)]
    return below[-1].tag if below else ""


def warning_of(wanted: Wanted, facts: Facts) -> str:
    """What the playbook warns of, about these releases: $fix is the one that is taken back, $base the one before it."""
    known = values(wanted.incident, wanted.site.clock.now())
    base = facts.previous or "the release before"
    return fill(wanted.rollback.warning, {**known, "fix": facts.fix or "the fix", "base": base})


def commit_of(site: Site, tag: str) -> str:
    """The commit of a tag of this machine; empty for none. Raises: PortFailure."""
    return site.repository.resolve(TAGS + tag) if tag else ""


def version_of(wanted: Wanted, tag: str) -> str:
    """The version that a tag names, without prefix; empty when it names none."""
    found = split(tag, wanted.playbook.git.tag_prefix, standard_of(wanted.playbook.version)) if tag else None
    return found[1].version.text if found else ""
