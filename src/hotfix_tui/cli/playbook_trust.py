"""`hotfix playbook trust`: every command of a playbook is shown, and somebody says yes or no."""

from __future__ import annotations

from collections.abc import Iterator

import click

from hotfix_tui.cli import codes
from hotfix_tui.cli.codes import NoIncident
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, interactive, say, tell
from hotfix_tui.cli.playbook_check import named
from hotfix_tui.cli.session import Session, current
from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.domain.text import MESSAGE, NAME, TITLE, clean, visible_argv
from hotfix_tui.service.library import Entry, Loaded
from hotfix_tui.service.trust import Trust, digest_of


@click.command(cls=CommandBase, name="trust")
@click.argument("word", default="", metavar="[FILE|ID]")
@click.option("--yes", is_flag=True, help="Trust it without asking: you have read it.")
@click.option("--revoke", is_flag=True, help="Trust it no more.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object with its commands; nothing is changed."
)
def trust_command(word: str, yes: bool, revoke: bool, as_json: bool) -> int:
    """Show every command of a playbook, and trust it, or no more; before that nothing of it runs.

    Without a name it is the playbook that the incident carries. What is trusted is the text as it stands now: once
    the file is edited, it is asked for again. Built-in playbooks and those of your configuration are trusted.
    """
    session = current()
    from hotfix_tui.wiring import open_trust

    trust = open_trust(session.settings)
    loaded = named(session, word) if word else _carried(session)
    if as_json:
        emit(**_data(loaded, trusted=trust.holds(loaded.source)))
        return codes.OK
    if revoke:
        return _revoke(session, trust, loaded)
    _show(loaded)
    return _grant(session, trust, loaded, yes=yes)


def _carried(session: Session) -> Loaded:
    """The playbook of the incident; where none is open, the one to declare with."""
    try:
        case = session.case()
    except NoIncident:
        if session.settings.incident:
            raise
        from hotfix_tui.wiring import open_library

        return open_library(session.settings).load(session.settings.playbook)
    source = case.incident.declared.source
    entry = Entry(case.playbook.id, case.playbook.title, "incident", case.id, source=source)
    return Loaded(case.playbook, source, digest_of(source), entry)


def _revoke(session: Session, trust: Trust, loaded: Loaded) -> int:
    session.may_write()
    name = clean(loaded.playbook.id, NAME)
    if trust.is_own(loaded.source):
        raise Refused(
            f"{name} is trusted because it is built-in or lies in your configuration; nothing was changed."
        )
    gone = trust.revoke(loaded.source)
    tell(f"{name} is trusted no more: nothing of it runs." if gone else f"{name} was not trusted.")
    return codes.OK


def _grant(session: Session, trust: Trust, loaded: Loaded, *, yes: bool) -> int:
    name = clean(loaded.playbook.id, NAME)
    if trust.holds(loaded.source):
        tell(f"{name} is trusted as it stands.")
        return codes.OK
    session.may_write()
    if not yes and not interactive():
        raise Refused("Nobody is there to answer; read it, then say --yes.")
    if not yes and not click.confirm("Trust it: may these commands run", default=False, err=True):
        tell("It is not trusted; nothing of it runs.")
        return codes.FAILED
    trust.grant(loaded)
    tell(f"{name} is trusted as it stands. Take it back with: hotfix playbook trust --revoke {name}")
    return codes.OK


def _show(loaded: Loaded) -> None:
    """What it can run, one line each; no text of it can look like two lines."""
    entry, playbook = loaded.entry, loaded.playbook
    say(
        f"{clean(playbook.title, TITLE)} ({clean(playbook.id, NAME)})",
        f"from    {clean(entry.path, TITLE)} ({entry.origin})",
        f"sha256  {loaded.digest}",
    )
    say(*(f"{name:7} {clean(text, MESSAGE)}" for name, text in _git_words(playbook)))
    runs = list(_runs(playbook))
    say(
        "",
        f"It can run {len(runs)} thing{'s' if len(runs) != 1 else ''}:"
        if runs
        else "It has no commands of its own.",
    )
    for where, item in runs:
        say(f"  {clean(where, TITLE)}: {clean(item.text, TITLE)}")
        if item.operation:
            say(f"    operation {clean(item.operation, NAME)}")
        if item.command:
            say(f"    $ {visible_argv(item.command)}")
        if _asks(item):
            say(f"    asks {clean(item.link, MESSAGE)}")


def _git_words(playbook: Playbook) -> Iterator[tuple[str, str]]:
    """What operations take from it, whether or not an item asks for one."""
    git = playbook.git
    yield (
        "branch",
        f"{git.branch} from {git.base}, tags {git.tag_prefix}…, remote {git.remote}, main {git.main}",
    )
    if playbook.log_files:
        yield "reads", ", ".join(playbook.log_files)


def _runs(playbook: Playbook) -> Iterator[tuple[str, Item]]:
    """Every item with a command, an operation or a page that is asked, and what it stands in."""
    places = [
        *((f"phase {phase.id}", phase.items) for phase in playbook.phases),
        *((f"rollback {way.id}", way.steps) for way in playbook.rollbacks),
        *((f"scenario {card.id}", card.actions) for card in playbook.scenarios),
        ("readiness", playbook.readiness.items),
    ]
    for where, items in places:
        yield from (
            (f"{where}, {item.id}", item) for item in items if item.command or item.operation or _asks(item)
        )


def _asks(item: Item) -> bool:
    """Whether a check asks the page that the item links."""
    return item.check == "url-answers" and bool(item.link)


def _data(loaded: Loaded, *, trusted: bool) -> dict[str, object]:
    return {
        "id": loaded.playbook.id,
        "file": loaded.entry.path,
        "origin": loaded.entry.origin,
        "digest": loaded.digest,
        "trusted": trusted,
        "runs": [
            {
                "where": where,
                "text": item.text,
                "operation": item.operation,
                "command": list(item.command),
                "shown": visible_argv(item.command),
                "asks": item.link if _asks(item) else "",
            }
            for where, item in _runs(loaded.playbook)
        ],
    }
