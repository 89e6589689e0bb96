"""VERSION: a file that holds a version and nothing more."""

from __future__ import annotations

import re

from hotfix_tui.manifests.found import VERSION, Reading, place

_WHOLE = re.compile(rf"\ufeff?\s*(?:v(?=\d))?({VERSION})\s*")


def read(path: str, text: str) -> Reading:
    """The version; a "v" before it stays."""
    whole = _WHOLE.fullmatch(text)
    if whole is None:
        return Reading(lacking="it holds something else than one version")
    return Reading((place(text, *whole.span(1), "the whole file"),))
