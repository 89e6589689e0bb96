"""How a version is spelled in a place, whether two spellings mean the same, and the text with the new one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests.found import Found

_ONLY_NUMBERS = re.compile(r"[0-9.]+")


def write(text: str, founds: Iterable[Found], new: str) -> str:
    """The text in which these places, and not one character besides, say the new version.

    Raises: Refused when a place cannot hold such a version.
    """
    parts: list[str] = []
    end = len(text)
    for found in sorted(founds, key=lambda found: found.start, reverse=True):
        parts += [text[found.end : end], spelled(found, new)]
        end = found.start
    return "".join(reversed([*parts, text[:end]]))


def spelled(found: Found, new: str) -> str:
    """The new version as this place has to say it. Raises: Refused when it cannot."""
    if found.kind == "counter":
        return str(int(found.version) + 1).rjust(found.end - found.start, "0")
    if found.form == "python":
        return _python(new)
    if found.form == "whole":
        return new
    core, _, pre = new.partition("-")
    if found.form == "pre":
        return pre
    if pre and not _has_suffix(found):
        raise Refused(f"{found.role} (line {found.line}) cannot hold the pre-release {clean(new, NAME)}.")
    return core


def same(found: Found, version: str) -> bool:
    """Whether the place says this version, in its own spelling."""
    if found.form == "python":
        from packaging.version import InvalidVersion, Version

        try:
            return Version(found.version) == Version(version)
        except InvalidVersion:
            return found.version == version
    return found.version == version


def _has_suffix(found: Found) -> bool:
    """Whether a place beside it holds the pre-release."""
    return "-" in found.version


def _python(new: str) -> str:
    """As Python packages spell it: 1.0.1-beta.1 is 1.0.1b1. Raises: Refused when they have no such version."""
    if _ONLY_NUMBERS.fullmatch(new):
        return new
    from packaging.version import InvalidVersion, Version

    try:
        return str(Version(new))
    except InvalidVersion as error:
        raise Refused(
            f"{clean(new, NAME)} is no version that a Python package can have (PEP 440); 1.2.3.post1 and 1.2.3rc1 are."
        ) from error
