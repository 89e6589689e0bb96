"""`hotfix keys`: the console's keys, and the ids that `[keys]` in config.toml uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import emit, say, table
from hotfix_tui.cli.session import current
from hotfix_tui.tui.commands import COMMANDS, Command, shown


@click.command(cls=CommandBase, name="keys")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def keys_command(as_json: bool) -> None:
    """Print every command of the console: its id, its keys, where they work, and what they do."""
    changed = current().settings.keys
    if as_json:
        emit(
            commands=[
                {"id": c.id, "keys": keys_of(c, changed), "scope": c.scope, "title": c.title, "help": c.help}
                for c in COMMANDS
            ]
        )
        return
    rows = [("id", "keys", "where", "what")]
    for command in COMMANDS:
        keys = " ".join(shown(key) for key in keys_of(command, changed))
        rows.append((command.id, keys or "-", command.scope, command.title))
    say(*table(rows))


def keys_of(command: Command, changed: Mapping[str, str]) -> list[str]:
    """The command's keys, as the configuration has them."""
    said = changed.get(command.id)
    return list(command.keys) if said is None else [key for key in said.split(",") if key]


def conflicts(changed: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each key that two commands want at the same time."""
    panes = sorted({command.scope for command in COMMANDS} - {"everywhere", "console", "home"})
    scopes: list[set[str]] = [
        *({"everywhere", "console", str(pane)} for pane in panes),
        {"everywhere", "home"},
    ]
    for live in scopes:
        taken: dict[str, Command] = {}
        for command in COMMANDS:
            for key in keys_of(command, changed) if command.scope in live else ():
                other = taken.setdefault(key, command)
                if other is not command and {other.id, command.id} & set(changed):
                    yield f"{shown(key)} is both {other.id} and {command.id}"
