"""A version number, read by the library of its standard: SemVer or PEP 440."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import total_ordering
from typing import Any, Literal

from hotfix_tui.domain.record import record

Standard = Literal["semver", "pep-440"]
LONGEST = 250
"""The longest text that is looked at, in characters; a longer one is no version."""
_COUNTED = re.compile(r"(?:(.*)\.)?(0|[1-9]\d*)")


@total_ordering
@record(frozen=True, slots=True)
class Number:
    """A version; two are equal, or one is below the other, as their standard says."""

    text: str
    """The canonical spelling, which for PEP 440 may differ from what was read."""
    standard: Standard
    core: tuple[int, ...]
    """Major, minor, patch; PEP 440 has two or more."""
    word: str
    """The pre-release without its counter, such as "beta"; also empty when there is only a counter."""
    count: int | None
    """The counter of the pre-release."""
    final: bool
    """Whether it is a release and not a pre-release (S0.TRP.3)."""
    extra: str
    """SemVer's build metadata, which has no say in the order; PEP 440's local version, which has."""
    value: Any
    """The library's object."""

    @property
    def release(self) -> str:
        """What it is a pre-release of, else itself; without build metadata and local version."""
        if self.standard == "semver":
            return str(self.value.finalize_version())
        return str(self.value.base_version if not self.final else self.value.public)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and bool(self.value == other.value)

    def __lt__(self, other: Number) -> bool:
        return bool(self.value < other.value)

    def __hash__(self) -> int:
        return hash(self.text.partition("+")[0])


def read(text: str, standard: Standard = "semver") -> Number | None:
    """The version that the text is, without prefix; None when it is none (S1.TRP.5)."""
    return _READERS[standard](text) if 0 < len(text) <= LONGEST else None


def _semver(text: str) -> Number | None:
    from semver import Version  # late: it takes milliseconds

    try:
        found = Version.parse(text)
    except (ValueError, TypeError):
        return None
    core = (found.major, found.minor, found.patch)
    pre = found.prerelease or ""
    counted = _COUNTED.fullmatch(pre)
    word, count = (counted[1] or "", int(counted[2])) if counted else (pre, None)
    return Number(str(found), "semver", core, word, count, not pre, found.build or "", found)


def _pep_440(text: str) -> Number | None:
    from packaging.version import InvalidVersion, Version  # late, as above

    try:
        found = Version(text)
    except InvalidVersion:
        return None
    word, count = found.pre or ("dev" if found.dev is not None else "", found.dev)
    final = not found.is_prerelease
    return Number(str(found), "pep-440", found.release, word, count, final, found.local or "", found)


_READERS: dict[Standard, Callable[[str], Number | None]] = {"semver": _semver, "pep-440": _pep_440}
