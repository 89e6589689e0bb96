"""Top-level keys of a YAML file, by line: a version file is flat, and nothing else of it is of interest."""

from __future__ import annotations

import re

from hotfix_tui.manifests.found import Found, Kind, only, place


def top_level(path: str, text: str, key: str, kind: Kind = "version") -> tuple[Found, ...]:
    """The value of a top-level key, without its quotes and comment. Raises: Refused when the key stands twice."""
    line = re.compile(
        rf"""(?m)^\ufeff?(["']?){key}\1[ \t]*:[ \t]+(?P<quote>["']?)(?P<value>[^\s"'#]+)(?P=quote)[ \t]*(?:[#].*)?\r?$"""
    )
    spots = (match.span("value") for match in line.finditer(text))
    return only(path, tuple(place(text, *spot, key, kind) for spot in spots))
