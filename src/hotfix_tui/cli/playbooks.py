"""`hotfix playbook`: list, show and check."""

from __future__ import annotations

from pathlib import Path

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.options import FamilyBase
from hotfix_tui.cli.output import complain, emit, say, table, tell
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.errors import HotfixError
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.service.library import Library


@click.group(cls=FamilyBase, name="playbook", context_settings={"help_option_names": ["-h", "--help"]})
def playbook_command() -> None:
    """List, show or check playbooks: the repository's (.hotfix/), yours, and the built-in ones."""


def _library(session: Session) -> Library:
    from hotfix_tui.wiring import open_library

    return open_library(session.settings)


@playbook_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def list_playbooks(as_json: bool) -> None:
    """List the playbooks, the nearest first; broken ones too."""
    entries = _library(current()).entries()
    if as_json:
        emit(
            playbooks=[
                {
                    "id": e.id,
                    "title": e.title,
                    "origin": e.origin,
                    "file": e.path,
                    "problems": list(e.problems),
                }
                for e in entries
            ]
        )
        return
    say(
        *table(
            [
                (e.id, e.origin, e.title or f"{len(e.problems)} problems: hotfix playbook check")
                for e in entries
            ]
        )
    )


@playbook_command.command("show")
@click.argument("id", default="", metavar="[ID]")
@click.option("--source", is_flag=True, help="The file itself, as TOML.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the outline.")
def show_playbook(id: str, source: bool, as_json: bool) -> None:
    """Show a playbook's outline: severities, questions, phases and items."""
    session = current()
    loaded = _library(session).load(id or session.settings.playbook)
    if loaded.warning:
        tell(loaded.warning)
    if source:
        say(loaded.source.rstrip("\n"))
    elif as_json:
        emit(
            **_outline(loaded.playbook),
            origin=loaded.entry.origin,
            file=loaded.entry.path,
            digest=loaded.digest,
        )
    else:
        say(
            f"{loaded.playbook.title} ({loaded.playbook.id}, {loaded.entry.origin})", *_words(loaded.playbook)
        )


def _outline(playbook: Playbook) -> dict[str, object]:
    return {
        "id": playbook.id,
        "title": playbook.title,
        "severities": [s.id for s in playbook.severities],
        "questions": {q.id: {a.key: a.text for a in q.answers} for q in playbook.questions},
        "flags": [flag.id for flag in playbook.flags],
        "phases": [{"id": p.id, "title": p.title, "items": [i.id for i in p.items]} for p in playbook.phases],
        "milestones": [m.id for m in playbook.milestones],
        "templates": [t.id for t in playbook.templates],
    }


def _words(playbook: Playbook) -> list[str]:
    lines = [playbook.summary, ""] if playbook.summary else [""]
    lines += [f"{s.id}  {s.name}: {s.meaning}" for s in playbook.severities] + [""]
    for question in playbook.questions:
        keys = ", ".join(f"{answer.key} {answer.text}" for answer in question.answers)
        lines.append(f"? {question.id}: {question.text} ({keys})")
    for number, phase in enumerate(playbook.phases, start=1):
        times = [f"target {spoken(phase.target)}"] if phase.target else []
        times += [f"at most {spoken(phase.maximum)}"] if phase.maximum else []
        lines += ["", f"{number} {phase.title} ({phase.id}) {', '.join(times)}".rstrip()]
        lines += [
            f"  {number}.{place} {item.text} ({item.id})" for place, item in enumerate(phase.items, start=1)
        ]
    return lines


@playbook_command.command("check")
@click.argument("words", nargs=-1, metavar="[FILE|ID]…")
def check_playbooks(words: tuple[str, ...]) -> int:
    """Check playbooks and print every problem with its file and line; without a name, all that are found."""
    session = current()
    library = _library(session)
    if not words:
        entries = library.entries()
        for entry in entries:
            _tell_entry(entry.path, entry.problems)
        for id in dict.fromkeys(entry.id for entry in entries if not entry.problems):
            _warn(id, library.load(id).playbook)
        return codes.FAILED if any(entry.problems for entry in entries) else codes.OK
    results = [_check_one(library, session.settings.repository_dir, word) for word in words]
    return codes.OK if all(results) else codes.FAILED


def _tell_entry(path: str, problems: tuple[str, ...]) -> None:
    complain(*problems)
    if not problems:
        tell(f"{path}: ok")


def _check_one(library: Library, folder: Path, word: str) -> bool:
    try:
        if word.endswith(".toml") or "/" in word:
            from hotfix_tui.wiring import load_playbook_file

            playbook = load_playbook_file(folder / word, word)
        else:
            playbook = library.load(word).playbook
    except HotfixError as error:
        complain(str(error))
        return False
    tell(f"{word}: ok")
    _warn(word, playbook)
    return True


def _warn(name: str, playbook: Playbook) -> None:
    """Tell what loads and will mislead all the same: contacts that hold no more (S3.ESC.3)."""
    if playbook.contacts:
        from hotfix_tui.domain.contacts import outdated_lists

        today = current().now.date()
        complain(*(f"{name}: warning: {words}." for words in outdated_lists(playbook.contacts, today)))
