"""Tables as TOML that people like to read: one key a line, short lists on one line, texts as they are said."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import MESSAGE, clean

WIDTH = 110
"""The longest line of a list, in characters; a longer one has a line for each of its texts."""
_UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
_HOURS = 48 * 3600
_ALWAYS = ("required",)
"""Keys that say something where they are false."""


@record(frozen=True, slots=True)
class Table:
    """One table of the file."""

    kind: tuple[str, ...]
    """The header's words; empty for the keys before the first header."""
    values: tuple[tuple[str, Any], ...]
    beside: str = ""
    """The comment beside the header."""
    above: tuple[str, ...] = ()
    """The comment above the header, line by line."""
    many: bool = True
    """Whether it is one of an array of tables."""


def table(
    name: str, beside: str = "", above: Iterable[str] = (), /, *, many: bool = True, **values: Any
) -> Table:
    """A table of the values that say something."""
    said = tuple((key, value) for key, value in values.items() if _says(key, value))
    return Table(tuple(name.split(".")) if name else (), said, beside, tuple(above), many)


def _says(key: str, value: Any) -> bool:
    return value is not None and value not in ("", (), {}) and (value is not False or key in _ALWAYS)


def rendered(one: Table) -> str:
    """The table's lines, each with its end."""
    lines = [comment(text) for text in one.above]
    if one.kind:
        name = ".".join(one.kind)
        header = f"[[{name}]]" if one.many else f"[{name}]"
        lines.append(f"{header} {comment(one.beside)}" if one.beside else header)
    lines += [f"{key} = {written(value, key)}" for key, value in one.values]
    return "".join(f"{line}\n" for line in lines)


def comment(text: str) -> str:
    """One comment line; nothing in the text can end it."""
    said = clean(text, MESSAGE).rstrip()
    return f"# {said}" if said else "#"


def written(value: Any, key: str = "") -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, timedelta):
        return f'"{period(value)}"'
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        return _list([written(entry) for entry in value], key)
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(name)} = {written(entry)}" for name, entry in value.items())
        return f"{{ {pairs} }}"
    return str(value)


def period(value: timedelta) -> str:
    """A duration, exact: hours up to two days, then days; "48h", "3d", "1h30m"."""
    seconds = int(value.total_seconds())
    parts = []
    for unit, size in _UNITS:
        if unit == "d" and seconds <= _HOURS:
            continue
        count, seconds = divmod(seconds, size)
        parts += [f"{count}{unit}"] if count else []
    return "".join(parts)


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else json.dumps(name, ensure_ascii=False)


def _text(value: str) -> str:
    if "\n" not in value:
        return json.dumps(clean(value, MESSAGE), ensure_ascii=False)
    lines = clean(value.rstrip("\n") + "\n", MESSAGE, multiline=True)
    safe = lines.replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""\n{safe}"""'


def _list(entries: list[str], key: str) -> str:
    line = f"[{', '.join(entries)}]"
    if len(key) + 3 + len(line) <= WIDTH or len(entries) < 2:
        return line
    return "[\n" + "".join(f"  {entry},\n" for entry in entries) + "]"
