"""The check `version-bumped`: every version file of the playbook names the version of the fix (X.6)."""

from __future__ import annotations

from hotfix_tui.checks.facts import counted, version_of
from hotfix_tui.checks.observed import Observed
from hotfix_tui.checks.sources import Source, sources
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Item, Playbook, VersionRules
from hotfix_tui.ports import Site


def look(site: Site, incident: Incident, playbook: Playbook, item: Item) -> Observed:
    """Whether all files agree on it, in the tag, on the branch or in the work tree. Raises: Refused; PortFailure."""
    from hotfix_tui.manifests.agreement import agree  # late: they load the readers of every format
    from hotfix_tui.manifests.files import named

    version, rules = version_of(incident), playbook.version
    if not named(rules):
        raise Refused("the playbook names no version files")
    why = ""
    for source in sources(site, incident, playbook):
        files = read(source, rules)
        try:
            agreed = agree(files, rules, version)
        except Refused as error:
            why = why or f"{source.where}: {str(error).rstrip('.')}"
            continue
        places = dict.fromkeys(place.path for place in agreed.places)
        text = f"{version} in {', '.join(places)} of {source.where}"
        few = f"{version} in {counted(len(places), 'file')} of {source.where}"
        return Observed(ok=True, text=few if len(places) > 4 else text)
    return Observed(ok=False, text=why)


def read(source: Source, rules: VersionRules) -> dict[str, bytes]:
    """The named files and those that belong to them, as they are there. Raises: Refused; PortFailure."""
    from hotfix_tui.manifests.files import named
    from hotfix_tui.manifests.neighbours import matches, wanted

    files = _read(source, named(rules))
    try:
        patterns = wanted(files, rules)
    except Refused:
        return files  # what cannot be read is told when all are held against each other
    if not patterns:
        return files
    beside = (path for path in source.paths() if any(matches(pattern, path) for pattern in patterns))
    return {**files, **_read(source, tuple(path for path in beside if path not in files))}


def _read(source: Source, paths: tuple[str, ...]) -> dict[str, bytes]:
    found = ((path, source.read(path)) for path in paths)
    return {path: data for path, data in found if data is not None}
