"""What goes to the two streams: data to standard output, messages to standard error, nothing a terminal obeys."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from hotfix_tui.domain.text import MESSAGE, clean

SCHEMA = 1
"""The schema of every `--json` answer."""

_ASCII = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "’": "'",
        "→": ">",
        "·": ".",
        "▲": "!",
        "…": "...",
        "–": "-",
        "—": "-",
        "⏎": "\\n",
        "─": "-",
        "×": "x",
    }
)


def safe(text: str, *, ascii: bool = False) -> str:
    """The text without anything a terminal obeys; in plain characters when `ascii` is asked for."""
    shown = clean(text, MESSAGE * 10, multiline=True)
    return shown.translate(_ASCII).encode("ascii", "replace").decode() if ascii else shown


def say(*lines: str) -> None:
    """Print data, a line each."""
    ascii = _ascii()
    for line in lines:
        click.echo(safe(line, ascii=ascii))


def tell(*lines: str) -> None:
    """Print messages, a line each; `-q` keeps them back."""
    if not _flag("quiet"):
        complain(*lines)


def complain(*lines: str) -> None:
    """Print what must be said, a line each, also with `-q`."""
    ascii = _ascii()
    for line in lines:
        click.echo(safe(line, ascii=ascii), err=True)


def emit(**values: Any) -> None:
    """Print one JSON object with its schema; every character that is not ASCII is escaped."""
    click.echo(json.dumps({"schema": SCHEMA, **values}, indent=2, default=str))


def _ascii() -> bool:
    """Whether only plain characters are wanted, or carried."""
    asked = _flag("ascii") or os.environ.get("HOTFIX_ASCII", "") not in {"", "0"}
    return asked or not (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")


def _flag(name: str) -> bool:
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get("hotfix." + name))


def interactive() -> bool:
    """Whether somebody is there to answer a question."""
    return not _flag("no_input") and sys.stdin.isatty() and sys.stderr.isatty()


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The rows with their columns aligned; the last column is as wide as it likes."""
    cleaned = [tuple(clean(cell) for cell in row) for row in rows]
    widths = (
        [max(len(row[column]) for row in cleaned) for column in range(len(cleaned[0]) - 1)] if rows else []
    )
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in cleaned
    ]
