"""A difference between a playbook and its document in words, the same for the command line and the console."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hotfix_tui.domain.text import LINE, clean
from hotfix_tui.loading.blocks import Name
from hotfix_tui.loading.merging import Difference

_SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": ">", "ordered": ">"}


def heading(one: Difference) -> str:
    """What it is about, and what is wanted: item “written”, text: changed in both."""
    return f"{name(one.name)}{f', {clean(one.key)}' if one.key else ''}: {_words(one)}"


def told(one: Difference) -> Iterator[str]:
    """One difference as lines: the sign, what it is about, and the values that stand against each other."""
    mark = "!" if one.conflict else _SIGNS[one.kind]
    yield f"{mark} {heading(one)}"
    if one.key or one.conflict:
        values = (("was", one.base), ("yours", one.ours), ("document", one.theirs))
        said = [(who, value) for who, value in values if who != "was" or one.base not in (None, one.ours)]
        yield from (f"    {who:9}{shown(value)}" for who, value in said)


def _words(one: Difference) -> str:
    if one.conflict:
        return {
            "added": "taken out by hand, changed in the document" if not one.key else "added in both",
            "removed": "gone from the document, changed by hand",
            "moved": "moved in the document and by hand",
            "ordered": "put in order in the document and by hand",
        }.get(one.kind, "changed in both")
    if one.kind == "ordered":
        return f"in another order: {shown(one.theirs)}"
    if one.kind == "moved":
        return f"moves to {name(one.theirs)}"
    title = (
        (one.theirs or one.base or {}).get("text") or (one.theirs or one.base or {}).get("title")
        if not one.key
        else ""
    )
    return one.kind + (f"  “{clean(str(title), LINE)}”" if title else "")


def name(table: Name | None) -> str:
    """A table as a person would say it: phase “fix”, item “written”."""
    if not table:
        return "the top"
    if table == ("playbook",):
        return "playbook"
    pairs = zip(table[::2], table[1::2], strict=False)
    return ", ".join(f"{kind.split('.')[-1]} “{clean(label)}”" if label else kind for kind, label in pairs)


def shown(value: Any) -> str:
    """A value of the file as one line."""
    if value is None:
        return "nothing"
    if isinstance(value, tuple):
        return name(value)
    if isinstance(value, dict):
        return "; ".join(f"{clean(str(key))} = {shown(entry)}" for key, entry in value.items())
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return clean(str(value).lower() if isinstance(value, bool) else str(value), LINE)
