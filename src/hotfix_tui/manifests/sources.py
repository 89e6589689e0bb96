"""Every place that names a version, from the named files and those that belong to them, and whose version it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests import WITHOUT_OWN_VERSION
from hotfix_tui.manifests.constant import python
from hotfix_tui.manifests.files import named, present, reading, text_of
from hotfix_tui.manifests.found import Elsewhere, Found, Reading, at
from hotfix_tui.manifests.neighbours import beside, members

WORKSPACE = "workspace.package.version"
"""The place that a workspace's members inherit from."""


@record(frozen=True, slots=True)
class Place:
    """A place that names a version: its file and where it stands there."""

    path: str
    found: Found

    @property
    def words(self) -> str:
        """File, line, the place's name and its version, safe to show."""
        role, version = clean(self.found.role, NAME), clean(self.found.version, NAME)
        return f"{at(self.path, self.found.line)} {role} {version}"


@record(frozen=True, slots=True)
class Sources:
    """Everything that was read."""

    places: tuple[Place, ...]
    own: frozenset[str]
    """The plain names of the packages that have the project's version."""
    strangers: tuple[Place, ...] = ()
    """Members of the workspace that count their own versions."""
    absent: tuple[str, ...] = ()
    """The lock files that the playbook names and that are not there."""

    def is_own(self, found: Found) -> bool:
        """Whether the place is about a package that has the project's version."""
        return not found.name or plain(found.name) in self.own


def plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def look(files: Mapping[str, bytes], rules: VersionRules) -> Sources:
    """Read all that the playbook names and what belongs to it. Raises: Refused."""
    said = {path: reading(path, text_of(path, files[path]), rules) for path in present(files, rules)}
    places = [place for path in said for place in _of_named(path, said, files)]
    own = {one.name for one in said.values() if _versions(one) or one.inherits or one.elsewhere}
    strangers: list[Place] = []
    for path, one in said.items():
        for other, member in _members(path, one, said, files, rules):
            if member.inherits or not _versions(one):
                own.add(member.name)
                places += (Place(other, found) for found in member.founds)
            else:
                strangers += (Place(other, found) for found in _versions(member))
                places += (Place(other, found) for found in member.founds if found.kind != "version")
    absent = tuple(path for path in named(rules) if path not in said)
    return Sources(tuple(places), frozenset(plain(name) for name in own if name), tuple(strangers), absent)


def _members(
    path: str,
    one: Reading,
    said: Mapping[str, Reading],
    files: Mapping[str, bytes],
    rules: VersionRules,
) -> Iterator[tuple[str, Reading]]:
    """The members of this file's workspace that the playbook does not name themselves."""
    for other in members(path, one, files):
        if other not in said:
            yield other, reading(other, text_of(other, files[other]), rules)


def _versions(said: Reading) -> tuple[Found, ...]:
    return tuple(found for found in said.founds if found.kind in {"version", "either"})


def _of_named(path: str, said: Mapping[str, Reading], files: Mapping[str, bytes]) -> Iterator[Place]:
    """The places of a named file, or of the file that has its version. Raises: Refused when there is none."""
    one = said[path]
    if one.elsewhere and not one.founds:
        yield from _elsewhere(path, one.elsewhere, said, files)
    elif _says_enough(path, one, said):
        yield from (Place(path, found) for found in one.founds)
    else:
        why = one.lacking or "nothing in it names a version"
        raise Refused(f"{clean(path, NAME)} has no version: {why}.")


def _says_enough(path: str, one: Reading, said: Mapping[str, Reading]) -> bool:
    if any(found.kind in {"version", "either", "locked"} for found in one.founds) or one.members:
        return True
    if one.inherits:
        if not any(found.role == WORKSPACE for other in said.values() for found in other.founds):
            raise Refused(
                f"{clean(path, NAME)} has the version of its workspace; name the workspace's Cargo.toml instead."
            )
        return True
    return path.rpartition("/")[2] in {*WITHOUT_OWN_VERSION, "Cargo.lock", "uv.lock"}


def _elsewhere(
    path: str, where: Elsewhere, said: Mapping[str, Reading], files: Mapping[str, bytes]
) -> Iterator[Place]:
    """The places of the file that really has the version. Raises: Refused when it is not there."""
    others = [beside(path, other) for other in where.paths]
    there = next((other for other in others if other in files), None)
    if there is None:
        names = " or ".join(clean(other, NAME) for other in others)
        raise Refused(f"{clean(path, NAME)} takes its version from {names}, and there is no such file.")
    if there in said:
        return
    text = text_of(there, files[there])
    founds = python(text, where.constant) if where.constant else reading_of_whole(there, text)
    if not founds:
        what = f"no version is given to {where.constant}" if where.constant else "it holds no version"
        raise Refused(f"{clean(path, NAME)} takes its version from {clean(there, NAME)}, but there {what}.")
    yield from (Place(there, found) for found in founds)


def reading_of_whole(path: str, text: str) -> tuple[Found, ...]:
    """The version of a file that holds nothing else, whatever its name is."""
    from hotfix_tui.manifests.version_file import read

    return read(path, text).founds
