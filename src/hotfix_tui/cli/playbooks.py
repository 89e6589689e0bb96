"""`hotfix playbook` with its commands; `list` and `show` are here."""

from __future__ import annotations

import click

from hotfix_tui.cli.options import FamilyBase
from hotfix_tui.cli.output import emit, say, table, tell
from hotfix_tui.cli.playbook_check import check_command, named
from hotfix_tui.cli.playbook_import import import_command
from hotfix_tui.cli.playbook_new import new_command
from hotfix_tui.cli.playbook_trust import trust_command
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.text import NAME, TITLE, clean
from hotfix_tui.service.library import Entry, Library


@click.group(cls=FamilyBase, name="playbook", context_settings={"help_option_names": ["-h", "--help"]})
def playbook_command() -> None:
    """List, show or check playbooks: the repository's (.hotfix/), yours, and the built-in ones."""


for _command in (check_command, import_command, new_command, trust_command):
    playbook_command.add_command(_command)


def _library(session: Session) -> Library:
    from hotfix_tui.wiring import open_library

    return open_library(session.settings)


_TRUST = {True: "trusted", False: "not trusted", None: "broken"}


def _trusted(session: Session, entry: Entry) -> bool | None:
    """Whether its commands may run; None where it does not load."""
    from hotfix_tui.wiring import open_trust

    if entry.problems:
        return None
    return entry.origin == "built-in" or open_trust(session.settings).holds(entry.source)


@playbook_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def list_playbooks(as_json: bool) -> None:
    """List the playbooks, the nearest first; broken ones too."""
    session = current()
    entries = _library(session).entries()
    trusted = {entry.source: _trusted(session, entry) for entry in entries}
    if as_json:
        emit(
            playbooks=[
                {
                    "id": e.id,
                    "title": e.title,
                    "origin": e.origin,
                    "file": e.path,
                    "trusted": trusted[e.source],
                    "problems": list(e.problems),
                }
                for e in entries
            ]
        )
        return
    say(
        *table(
            [
                (
                    e.id,
                    e.origin,
                    _TRUST[trusted[e.source]],
                    e.title or f"{len(e.problems)} problems: hotfix playbook check",
                )
                for e in entries
            ]
        )
    )


@playbook_command.command("show")
@click.argument("word", default="", metavar="[FILE|ID]")
@click.option("--source", is_flag=True, help="The file itself, as TOML.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the outline.")
def show_playbook(word: str, source: bool, as_json: bool) -> None:
    """Show a playbook, every part of it: severities, questions, phases and items, gates, texts, people, ways back."""
    session = current()
    loaded = named(session, word or session.settings.playbook)
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
        from hotfix_tui.cli.playbook_words import words

        name, id = clean(loaded.playbook.title, TITLE), clean(loaded.playbook.id, NAME)
        trusted = _TRUST[_trusted(session, loaded.entry)]
        say(f"{name} ({id}, {loaded.entry.origin}, {trusted})", *words(loaded.playbook))


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
