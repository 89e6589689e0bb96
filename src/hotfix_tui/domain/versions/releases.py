"""Tags that name a version: `v1.2.3`, and in a monorepo `pkg@1.2.3`, `@scope/pkg@1.2.3` and `pkg/v1.2.3`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import total_ordering

from hotfix_tui.domain.record import record
from hotfix_tui.domain.versions.bump import bumped
from hotfix_tui.domain.versions.number import Number, Standard, read

_MONOREPO = re.compile(r"(.+@v?|.+/v?|v|)(\d[^/@]*)")


@total_ordering
@record(frozen=True, slots=True)
class Release:
    """A tag that names a version; releases sort by the order of their versions."""

    tag: str
    version: Number

    @property
    def is_final(self) -> bool:
        """Whether it is a release and not a pre-release (S0.TRP.3)."""
        return self.version.final

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Release) and self.version == other.version

    def __lt__(self, other: Release) -> bool:
        return self.version < other.version

    def __hash__(self) -> int:
        return hash(self.version)


def parse(tag: str, prefix: str = "v", standard: Standard = "semver") -> Release | None:
    """The release that `tag` names, or None when what follows the prefix is no version (S1.TRP.5)."""
    if not tag.startswith(prefix):
        return None
    number = read(tag[len(prefix) :], standard)
    return Release(tag, number) if number else None


def split(tag: str, prefix: str = "v", standard: Standard = "semver") -> tuple[str, Release] | None:
    """The prefix of a tag and its release: by the given prefix, else as monorepos name their packages' tags."""
    if known := parse(tag, prefix, standard):
        return prefix, known
    found = _MONOREPO.fullmatch(tag)
    release = parse(tag, found[1], standard) if found else None
    return (found[1], release) if found and release else None


def latest_release(
    tags: Iterable[str], prefix: str = "v", standard: Standard = "semver", *, final: bool = True
) -> Release | None:
    """The newest release; pre-releases are none unless `final` is False (S0.TRP.3, S4.TRP.2)."""
    releases = (parse(tag, prefix, standard) for tag in tags)
    return max((one for one in releases if one and (one.is_final or not final)), default=None)


def next_patch(release: Release) -> str:
    """The version that repairs `release`, without prefix: 1.0.4 gives 1.0.5 (S2.TRP.1)."""
    number = bumped("patch", release.version)
    return number.text if number else ""
