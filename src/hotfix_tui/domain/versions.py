"""Versions and tags: what a release tag is, which is the latest, and what the next hotfix version is (X.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from semver import Version


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A tag that names a SemVer version; releases sort by SemVer order."""

    tag: str
    version: Version

    @property
    def is_final(self) -> bool:
        """Whether it is a release and not a pre-release (S0.TRP.3)."""
        return self.version.prerelease is None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Release) and self.version == other.version

    def __lt__(self, other: Release) -> bool:
        return bool(self.version < other.version)

    def __hash__(self) -> int:
        return hash(self.version)


def parse(tag: str, prefix: str = "v") -> Release | None:
    """The release that `tag` names, or None when what follows the prefix is not SemVer (S1.TRP.5)."""
    from semver import Version

    bare = tag.removeprefix(prefix) if prefix and tag.startswith(prefix) else None if prefix else tag
    if bare is None:
        return None
    try:
        return Release(tag, Version.parse(bare))
    except (ValueError, TypeError):
        return None


def latest_release(tags: Iterable[str], prefix: str = "v") -> Release | None:
    """The newest final release by SemVer order; pre-releases are not releases (S0.TRP.3)."""
    releases = [release for tag in tags if (release := parse(tag, prefix)) is not None and release.is_final]
    return max(releases, default=None)


def next_patch(release: Release) -> str:
    """The version that repairs `release`, without prefix: 1.0.4 gives 1.0.5 (S2.TRP.1)."""
    version: Any = release.version
    return str(version.replace(patch=version.patch + 1, prerelease=None, build=None))
