"""What all version files say together: one version, or every place of every other, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests.found import is_version
from hotfix_tui.manifests.sources import Place, Sources, look
from hotfix_tui.manifests.spelling import same

LEADING = ("version", "either", "locked")
"""The kinds of places that have to agree; the first that there is says what the version is."""

MANY = 3
"""How many members of a workspace are told one by one."""


@record(frozen=True, slots=True)
class Agreement:
    """The one version that all files name, and every place that changes with it."""

    version: str
    places: tuple[Place, ...]
    notes: tuple[str, ...] = ()
    """What is left although somebody may expect it to change, or changes although nobody asked; in words."""


def agree(files: Mapping[str, bytes], rules: VersionRules, expected: str = "") -> Agreement:
    """The version that every named file has; it is `expected`, where that is given.

    `files` holds the named files and those that `neighbours.wanted` asked for.
    Raises: Refused with every place and its version when they differ; with file and line when one cannot be read.
    """
    seen = look(files, rules)
    counting = tuple(place for place in seen.places if _counts(place, seen))
    for place in counting:
        _is_a_version(place)
    version = expected or _leading(counting)
    if any(not _fits(place, version, counting) for place in counting):
        raise _differ(counting, expected)
    places = tuple(place for place in seen.places if _changes(place, version, seen))
    return Agreement(version, places, tuple(_notes(seen, places, version)))


def _counts(place: Place, seen: Sources) -> bool:
    return place.found.kind in LEADING and seen.is_own(place.found)


def _is_a_version(place: Place) -> None:
    """Raises: Refused when what stands there is none."""
    if not is_version(place.found.version):
        raise Refused(f"{place.words}: this is no version that hotfix could raise.")


def _leading(counting: tuple[Place, ...]) -> str:
    """The version of the most important place. Raises: Refused when there is none."""
    if not counting:
        raise Refused("No file of the playbook names a version; add one to version.files.")
    return min(counting, key=lambda place: LEADING.index(place.found.kind)).found.version


def _fits(place: Place, version: str, counting: tuple[Place, ...]) -> bool:
    """Whether the place says this version, or another one of the same file has it to say."""
    if place.found.kind == "either":
        group = (other for other in counting if other.path == place.path and other.found.kind == "either")
        return any(same(other.found, version) for other in group)
    return same(place.found, version)


def _changes(place: Place, version: str, seen: Sources) -> bool:
    if place.found.kind in {"version", "counter"}:
        return True
    return seen.is_own(place.found) and same(place.found, version)


def _differ(counting: tuple[Place, ...], expected: str) -> Refused:
    all_of_them = "; ".join(place.words for place in counting)
    if expected:
        return Refused(f"The version files should say {clean(expected, NAME)}, but there is: {all_of_them}.")
    return Refused(f"The version files do not agree: {all_of_them}. Make them equal first.")


def _notes(seen: Sources, changed: Iterable[Place], version: str) -> Iterable[str]:
    """What a person would otherwise wonder about."""
    old = clean(version, NAME)
    for place in seen.places:
        if (
            place.found.kind in {"either", "follows"}
            and place not in changed
            and is_version(place.found.version)
        ):
            yield f"{place.words} is not {old}: not changed"
        if place.found.kind == "counter":
            yield f"{place.words}: the {place.found.role} rises by one"
    yield from _of_strangers(seen.strangers)
    for path in seen.absent:
        yield f"{clean(path, NAME)} is not there: nothing is locked in it"
    locked = [place.path for place in changed if place.found.kind == "locked"]
    for path in dict.fromkeys(place.path for place in seen.places if place.found.kind == "locked"):
        if path not in locked:
            yield f"{clean(path, NAME)} names no package of the project: not changed"


def _of_strangers(strangers: tuple[Place, ...]) -> Iterable[str]:
    """The members of a workspace that are left alone: each, or of many the names."""
    if len(strangers) <= MANY:
        yield from (f"{place.words} counts its own version: not changed" for place in strangers)
        return
    names = ", ".join(clean(place.found.name or place.path, NAME) for place in strangers[:MANY])
    others = len(strangers) - MANY
    yield f"{names} and {others} more count their own versions: not changed"
