"""The version that carries the fix: the one that is named or declared, judged by the oracle."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.versions import Release, split
from hotfix_tui.domain.versions.known import Tags
from hotfix_tui.domain.versions.oracle import choose, judge
from hotfix_tui.domain.versions.registries import standard_of
from hotfix_tui.ports import Site


@record(frozen=True, slots=True)
class Fix:
    """The version that carries the fix now."""

    version: str
    """Without prefix."""
    tag: str
    base: str
    """The tag that is repaired; empty when no tag is a release."""
    wrong: tuple[str, ...] = ()
    """Why it cannot be used."""
    odd: tuple[str, ...] = ()
    """What to know about it."""


def fix_of(site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str]) -> Fix:
    """The version that is named, else the declared one; where pre-releases come first, the next of them.

    Raises: Refused when nothing says which version it is, or what was named is none; PortFailure.
    """
    tags = Tags(site.repository.tags())
    base = incident.declared.base
    chosen = choose(playbook, base, tags)
    version = choice.get("version") or ""
    if not version and chosen.through_pre_releases and chosen.best:
        version = chosen.best.version
    version = version or incident.declared.fix or (chosen.declared.version if chosen.declared else "")
    if not version:
        raise Refused("No version is known for the fix: no tag is a release. Name it: version=1.2.4")
    named = judge(playbook, base, tags, version)
    wrong = tuple(trap.text for trap in named.traps if trap.level == "refuse")
    odd = tuple(trap.text for trap in named.traps if trap.level == "warn")
    return Fix(named.version, named.tag, chosen.base, wrong, odd)


def newest_made(site: Site, playbook: Playbook, tag: str, *, early: bool = False) -> Release | None:
    """The newest tag here of this one's version, of its pre-releases alone where `early`; None where there is none.

    Raises: PortFailure.
    """
    prefix, standard = playbook.git.tag_prefix, standard_of(playbook.version)
    wanted = split(tag, prefix, standard)
    found = [one for name in site.repository.tags() if (one := split(name, prefix, standard))]
    made = [
        release
        for package, release in found
        if wanted and package == wanted[0] and not (early and release.is_final)
        if release.version.release == wanted[1].version.release
    ]
    return max(made, default=None)


def written_at(site: Site, playbook: Playbook, commit: str) -> str:
    """The version that the version files say at a commit; empty where there are none, or they do not agree.

    Raises: PortFailure.
    """
    from hotfix_tui.manifests.agreement import agree  # late: it loads the readers of every format
    from hotfix_tui.manifests.files import named

    found = {path: site.history.file(commit, path) for path in named(playbook.version)}
    files = {path: data for path, data in found.items() if data is not None}
    try:
        return agree(files, playbook.version).version if files else ""
    except Refused:
        return ""
