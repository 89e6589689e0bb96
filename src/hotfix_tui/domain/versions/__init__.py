"""Versions and tags: what a release tag is, which is the latest, what comes next, and what is wrong with it (X.6).

The libraries parse and compare (semver, and packaging for PEP 440); which number comes next is our own table, since
they disagree with npm and with the written processes. `oracle` puts it together.
"""

from __future__ import annotations

from hotfix_tui.domain.versions.bump import BUMPS, bumped
from hotfix_tui.domain.versions.number import Number, Standard, read
from hotfix_tui.domain.versions.releases import Release, latest_release, next_patch, parse, split

__all__ = [
    "BUMPS",
    "Number",
    "Release",
    "Standard",
    "bumped",
    "latest_release",
    "next_patch",
    "parse",
    "read",
    "split",
]
