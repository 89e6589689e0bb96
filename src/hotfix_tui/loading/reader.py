"""Reads a playbook: limits first, then syntax, then shape, then sense."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import Any

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.loading.lines import line_index, line_of
from hotfix_tui.loading.problems import Path, PlaybookErrors, Problem
from hotfix_tui.loading.sense import Names, check
from hotfix_tui.loading.structure import WRONG, structure

LIMIT = 256 * 1024
"""The largest playbook, in bytes (RELIABILITY.md D.6)."""
SCHEMA = 1
_DOTS, _BRACKETS = 16, 64


def read(text: str | bytes, name: str, names: Names | None = None) -> Playbook:
    """The playbook that `text` describes; `name` is the file's name in messages.

    `names` are the operations and checks that exist; None leaves references to them unchecked.
    Raises: PlaybookErrors with every problem found.
    """
    source = _decoded(text, name)
    _limits(source, name)
    found = _parsed(source, name)
    problems: list[Problem] = []

    def note(path: Path, message: str) -> None:
        problems.append(Problem(name, line_of(_lines(source), path), _where(path, found), message))

    schema = found.pop("schema", None)
    if schema != SCHEMA:
        newer = isinstance(schema, int) and schema > SCHEMA
        said = (
            "was written for a newer hotfix; update hotfix-tui"
            if newer
            else "needs “schema = 1” on its first line"
        )
        raise PlaybookErrors(
            [Problem(name, line_of(_lines(source), ("schema",)), "", f"this playbook {said}.")]
        )
    playbook = structure(Playbook, found, (), note)
    if playbook is not WRONG:
        check(playbook, names, note)
    if problems:
        raise PlaybookErrors(problems)
    assert isinstance(playbook, Playbook)
    return playbook


@lru_cache(maxsize=1)
def _lines(source: str) -> dict[Path, int]:
    """The lines of a text, found only once something is wrong with it."""
    return line_index(source)


def _decoded(text: str | bytes, name: str) -> str:
    try:
        source = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1 if isinstance(text, bytes) else 1
        raise PlaybookErrors([Problem(name, line, "", "this is no UTF-8 text.")]) from error
    return source


def _limits(source: str, name: str) -> None:
    """Refuse what would make the parser slow or deep before it sees it (RELIABILITY.md row 52)."""
    if len(source.encode("utf-8", "replace")) > LIMIT:
        raise PlaybookErrors([Problem(name, 1, "", f"the file is over {LIMIT // 1024} kB.")])
    for number, line in enumerate(source.splitlines(), start=1):
        head = line.split("=", 1)[0] if not line.lstrip().startswith("[") else line
        if "\x00" in line:
            raise PlaybookErrors(
                [Problem(name, number, "", "there is a NUL character; this is no text file.")]
            )
        if head.count(".") > _DOTS and re.match(r"\s*[\[\w\"'.-]+\s*", line):
            raise PlaybookErrors([Problem(name, number, "", f"a key has more than {_DOTS} dots.")])
        if line.count("[") > _BRACKETS or line.count("{") > _BRACKETS:
            raise PlaybookErrors([Problem(name, number, "", f"more than {_BRACKETS} brackets are nested.")])
    if source.count("[") > 40_000 or source.count("{") > 40_000:
        raise PlaybookErrors([Problem(name, 1, "", "there are too many brackets.")])


def _parsed(source: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except RecursionError as error:
        raise PlaybookErrors([Problem(name, 1, "", "arrays or tables are nested too deeply.")]) from error
    except ValueError as error:
        line, said = _syntax(source, str(error))
        raise PlaybookErrors([Problem(name, line, "", f"this is no TOML: {said}.")]) from error


_AT = re.compile(r"\s*\(?at line (\d+),? col(?:umn)? \d+\)?")


def _syntax(source: str, said: str) -> tuple[int, str]:
    """The line and the better of two parsers' sentences about the same mistake."""
    found = _AT.search(said)
    if found:
        return int(found[1]), _AT.sub("", said)
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        tomlkit.parse(source)
    except (TOMLKitError, RecursionError) as error:
        line = getattr(error, "line", None) or len(source.splitlines())
        return int(line), _AT.sub("", str(error)).rstrip(".")
    except ValueError:
        pass
    return len(source.splitlines()), said.replace(" (at end of document)", "").rstrip(".")


def _where(path: Path, found: Any) -> str:
    """The table around a path in words: "phase “fix”, item 2"."""
    words: list[str] = []
    at = found
    for part in path:
        if isinstance(part, int):
            at = at[part] if isinstance(at, list) and part < len(at) else None
            label = at.get("id") or at.get("title") if isinstance(at, dict) else None
            words[-1] += f" “{label}”" if isinstance(label, str) else f" {part + 1}"
        else:
            at = at.get(part) if isinstance(at, dict) else None
            if isinstance(at, dict | list):
                words.append(part)
    return ", ".join(words)
