"""`hotfix playbook check`: what keeps a playbook from loading, and what is unwise in one that loads."""

from __future__ import annotations

from collections.abc import Sequence

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import complain, emit, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.errors import HotfixError, PortFailure, Refused
from hotfix_tui.domain.record import record
from hotfix_tui.service.library import Entry, Loaded
from hotfix_tui.service.remarks import SCHEMA_RULE, Remark, problems


@record(frozen=True, slots=True)
class _Checked:
    """One playbook and what was said about it."""

    name: str
    file: str
    origin: str
    remarks: tuple[Remark, ...]

    def ok(self, *, strict: bool) -> bool:
        """Whether it may be used; `strict` lets warnings count."""
        return not any(strict or one.level == "error" for one in self.remarks)


@click.command(cls=CommandBase, name="check")
@click.argument("words", nargs=-1, metavar="[FILE|ID]…")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check_command(words: tuple[str, ...], strict: bool, as_json: bool) -> int:
    """Check playbooks, and say with file and line what is wrong or unwise; without a name, all that are found.

    Fails (1) for what keeps a playbook from loading or can never work; warnings fail with --strict only.
    """
    session = current()
    found = _named(session, words) if words else _every(session)
    ok = all(one.ok(strict=strict) for one in found)
    if as_json:
        emit(ok=ok, playbooks=[_data(one, strict=strict) for one in found])
    else:
        for one in found:
            _tell(one)
    return codes.OK if ok else codes.FAILED


def checked(session: Session, word: str) -> bool:
    """Tell what is wrong or unwise in one playbook; whether it may be used."""
    (one,) = _named(session, (word,))
    _tell(one)
    return one.ok(strict=False)


def named(session: Session, word: str) -> Loaded:
    """The playbook that a FILE or ID names. Raises: Refused; PortFailure."""
    from hotfix_tui import wiring

    if word.endswith(".toml") or "/" in word:
        return wiring.load_playbook_file(session.settings.repository_dir / word, word)
    return wiring.open_library(session.settings).load(word)


def _named(session: Session, words: Sequence[str]) -> list[_Checked]:
    found = []
    for word in words:
        try:
            found.append(_looked_at(session, named(session, word), word))
        except HotfixError as error:
            found.append(_Checked(word, word, "", _broken(error, word)))
    return found


def _every(session: Session) -> list[_Checked]:
    from hotfix_tui.wiring import open_library

    library = open_library(session.settings)
    entries = library.entries()
    broken = {entry.id for entry in entries if entry.problems}
    return [
        _unloaded(entry) if entry.id in broken else _looked_at(session, library.load(entry.id), entry.path)
        for entry in entries
    ]


def _looked_at(session: Session, loaded: Loaded, name: str) -> _Checked:
    from hotfix_tui.wiring import look_at

    said = look_at(loaded, session.settings, session.clock)
    return _Checked(name, loaded.entry.path, loaded.entry.origin, said)


def _broken(error: HotfixError, word: str) -> tuple[Remark, ...]:
    if isinstance(error, Refused):
        return problems(error, word)
    said = error.message if isinstance(error, PortFailure) else str(error)
    return (Remark(word, 0, "", SCHEMA_RULE, "error", said),)


def _unloaded(entry: Entry) -> _Checked:
    """A file that does not load, or stands behind one that does not; problems have file and line in them."""
    said = []
    for problem in entry.problems:
        line, _, message = problem.removeprefix(f"{entry.path}:").partition("  ")
        known = line.isdigit()
        said.append(
            Remark(
                entry.path, int(line) if known else 0, "", SCHEMA_RULE, "error", message if known else problem
            )
        )
    return _Checked(entry.path, entry.path, entry.origin, tuple(said))


def _tell(checked: _Checked) -> None:
    for one in checked.remarks:
        complain(str(one), *([f"    {one.todo}"] if one.todo else []))
    errors = sum(one.level == "error" for one in checked.remarks)
    warnings = len(checked.remarks) - errors
    more = f", {_count(warnings, 'warning')}" if warnings else ""
    tell(f"{checked.name}: {_count(errors, 'problem') if errors else 'ok'}{more}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"


def _data(checked: _Checked, *, strict: bool) -> dict[str, object]:
    return {
        "name": checked.name,
        "file": checked.file,
        "origin": checked.origin,
        "ok": checked.ok(strict=strict),
        "findings": [
            {
                "rule": one.rule,
                "level": one.level,
                "line": one.line or None,
                "where": one.where,
                "message": one.message,
                "todo": one.todo,
            }
            for one in checked.remarks
        ],
    }
