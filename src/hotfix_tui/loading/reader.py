"""Reads a playbook: limits first, then syntax, then shape, then sense."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.loading.problems import MOST, Path, PlaybookErrors, Problem
from hotfix_tui.loading.scan import blanked, deepest, line_at, longest_key
from hotfix_tui.loading.sense import check
from hotfix_tui.loading.structure import WRONG, structure
from hotfix_tui.loading.terms import LIMIT, SCHEMA, Names
from hotfix_tui.loading.where import where

_DOTS, _BRACKETS = 16, 64


def read(text: str | bytes, name: str, names: Names | None = None) -> Playbook:
    """As `loading.read`, which says what it takes. Raises: PlaybookErrors."""
    source = _decoded(text, name)
    _limits(source, name)
    found = _parsed(source, name)
    _schema(found.pop("schema", None), source, name)
    problems: list[Problem] = []
    said = found.get("id")
    id = said if isinstance(said, str) else ""

    def note(path: Path, message: str) -> None:
        problems.append(Problem(name, _line(source, path), where(path, found), message))
        if len(problems) >= MOST:
            raise PlaybookErrors(problems, id)

    playbook = structure(Playbook, found, (), note)
    if playbook is not WRONG:
        check(playbook, names, note)
    if problems:
        raise PlaybookErrors(problems, id)
    assert isinstance(playbook, Playbook)
    return playbook


@lru_cache(maxsize=1)
def _lines(source: str) -> dict[Path, int]:
    from hotfix_tui.loading.lines import line_index

    return line_index(source)


def _line(source: str, path: Path) -> int:
    """The line of a path; nothing of this is loaded or done before something is wrong."""
    from hotfix_tui.loading.lines import line_of

    return line_of(_lines(source), path)


def _stop(name: str, line: int, message: str) -> PlaybookErrors:
    return PlaybookErrors([Problem(name, line, "", message)])


def _decoded(text: str | bytes, name: str) -> str:
    """The text without a byte order mark, with the line ends that the parser makes of them too."""
    if len(text) > LIMIT or (isinstance(text, str) and len(text.encode("utf-8", "replace")) > LIMIT):
        raise _stop(name, 1, f"the file is over {LIMIT // 1024} kB.")
    try:
        source = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1 if isinstance(text, bytes) else 1
        raise _stop(name, line, "this is no UTF-8 text.") from error
    return source.replace("\r\n", "\n")


def _limits(source: str, name: str) -> None:
    """Refuse what would make the parser slow or deep before it sees it (RELIABILITY.md row 52, D.6)."""
    if "\x00" in source:
        line = line_at(source, source.index("\x00"))
        raise _stop(name, line, "there is a NUL character; this is no text file.")
    bare = blanked(source)
    suspicious = any(line.count(".") > _DOTS for line in bare.split("\n"))  # no key goes over a line's end
    dots, offset = longest_key(bare) if suspicious else (0, 0)
    if dots > _DOTS:
        raise _stop(name, line_at(source, offset), f"a key has more than {_DOTS} dots.")
    offset = deepest(bare, _BRACKETS)
    if offset >= 0:
        raise _stop(name, line_at(source, offset), f"more than {_BRACKETS} brackets are nested.")


def _parsed(source: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except RecursionError as error:
        raise _stop(name, 1, "arrays or tables are nested too deeply.") from error
    except ValueError as error:
        from hotfix_tui.loading.syntax import explained

        line, said = explained(source, str(error))
        raise _stop(name, line, f"this is no TOML: {said}.") from error


def _schema(schema: object, source: str, name: str) -> None:
    """Refuse a playbook of another schema than ours, politely when it is a newer one."""
    if type(schema) is int and schema == SCHEMA:
        return
    newer = type(schema) is int and schema > SCHEMA
    said = (
        "was written for a newer hotfix; update hotfix-tui."
        if newer
        else "needs “schema = 1” as its first line."
    )
    raise _stop(name, _line(source, ("schema",)), f"this playbook {said}")
