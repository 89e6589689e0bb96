"""The tags that are known while a version is chosen: here and on the remote, read once and in order."""

from __future__ import annotations

from collections.abc import Iterable

from hotfix_tui.domain.record import record
from hotfix_tui.domain.versions.number import Number, Standard
from hotfix_tui.domain.versions.releases import Release, parse


@record(frozen=True, slots=True)
class Tags:
    """Tags as git names them; untrusted text."""

    local: tuple[str, ...] = ()
    remote: tuple[str, ...] | None = None
    """None when the remote was not asked."""
    apart: frozenset[str] = frozenset()
    """Those that the two have at different commits."""
    origin: str = "origin"
    """The remote's name."""


@record(frozen=True, slots=True)
class Known:
    """The tags of one prefix that are versions."""

    tags: Tags
    releases: tuple[Release, ...]
    """In order, the lowest first."""

    def taken(self, number: Number) -> tuple[str, ...]:
        """The tags of this version, in whatever spelling."""
        return tuple(one.tag for one in self.releases if one.version == number)

    @property
    def newest(self) -> Release | None:
        """The newest final release."""
        return next((one for one in reversed(self.releases) if one.is_final), None)

    def below(self, number: Number) -> Release | None:
        """The nearest release below."""
        return next((one for one in reversed(self.releases) if one.version < number), None)

    def above(self, number: Number) -> Release | None:
        """The nearest release above."""
        return next((one for one in self.releases if one.version > number), None)

    def order(self, number: Number) -> str:
        """Where it stands among all of them, in words: "above v1.2.3, below v1.3.0-beta.1"."""
        if not self.releases:
            return "the first version here"
        below, above = self.below(number), self.above(number)
        return (
            f"{f'above {self._named(below)}' if below else 'the lowest'}, "
            f"{f'below {self._named(above)}' if above else 'the highest'}"
        )

    def _named(self, release: Release) -> str:
        away = self.tags.remote is not None and release.tag not in self.tags.local
        return f"{release.tag} (only on {self.tags.origin})" if away else release.tag


def sorted_tags(tags: Tags, prefix: str, standard: Standard) -> Known:
    """The tags that the prefix and the standard make versions of; the others are left out (S1.TRP.5)."""
    every: Iterable[str] = dict.fromkeys((*tags.local, *(tags.remote or ())))
    return Known(tags, tuple(sorted(one for tag in every if (one := parse(tag, prefix, standard)))))
