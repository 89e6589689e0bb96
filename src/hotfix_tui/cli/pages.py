"""docs/commands.md and docs/configuration.md, made from the very tables that the program uses."""

from __future__ import annotations

import re

import click

from hotfix_tui.adapters.configuration import FILE_NAMES, OPTIONS
from hotfix_tui.cli.codes import EXIT_CODES
from hotfix_tui.cli.table import COMMANDS

WIDTH = 100


def commands_page(root: click.Group) -> str:
    """docs/commands.md: each command's own help, and the exit codes."""
    context = click.Context(
        root, info_name="hotfix", terminal_width=WIDTH, help_option_names=["-h", "--help"]
    )
    parts = [
        "# Commands\n\nMade by `UPDATE_DOCS=1 ./dev test tests/cli/test_docs.py` from what `hotfix --help` says; do not edit.",
        _help("hotfix", context),
    ]
    for name in COMMANDS:
        parts += _pages(root, name, context)
    codes = [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    parts.append("\n".join(["## Exit codes\n", "| code | when |", "| ---: | --- |", *codes]))
    return "\n\n".join(parts) + "\n"


def _pages(group: click.Group, name: str, parent: click.Context) -> list[str]:
    command = group.get_command(parent, name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH)
    pages = [_help(context.command_path, context)]
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            pages += _pages(command, inner, context)
    return pages


def _help(title: str, context: click.Context) -> str:
    return f"## {title}\n\n```text\n{re.sub(r'[ ]+$', '', context.get_help(), flags=re.MULTILINE)}\n```"


def configuration_page() -> str:
    """docs/configuration.md: every setting, and from where it may be set."""
    rows = [
        "| setting | in config.toml | environment | a repository may | what |",
        "| --- | --- | --- | --- | --- |",
    ]
    for option in OPTIONS:
        name = f"`{FILE_NAMES.get(option.name, option.name)}`" if option.user else "-"
        environment = f"`{option.environment}`" if option.environment else "-"
        repository = "yes" if option.repository else "no"
        rows.append(f"| {option.name} | {name} | {environment} | {repository} | {option.help} |")
    return f"{_BEFORE}\n{chr(10).join(rows)}\n{_AFTER}"


_BEFORE = """\
# Configuration

Everything has a default; `hotfix` needs no file. The nearest that says something counts: an option on the command
line, then the environment, then the repository's `.hotfix/config.toml`, then your `config.toml`, then the default.
`hotfix config show --origin` prints each value with where it comes from, `hotfix config path` prints the places.

A file that cannot be used, an unknown name or a wrong value is passed over with a warning that names file and line;
only a file named by `--config` that cannot be used ends the program (exit code 2). A repository is written by
others, so only what is harmless is taken from it: its log files lie inside it, and it may set `read_only` to true,
never to false.
"""

_AFTER = """
`HOTFIX_CONFIG` names another config.toml, and `HOTFIX_NOW` stops the clock at a moment (for pictures and
demonstrations). `NO_COLOR` is honoured. A switch in the environment is on unless it is empty, `0`, `no`, `false` or
`off`.

## An example

```toml
name = "Robin"                 # how the story calls you
playbook = "crates-cli"        # hotfix playbook list
log = ["/var/log/app.log"]
mouse = false

[ui]
bell = false                   # alarms are only written

[keys]                         # ids: hotfix keys; what meets is told by hotfix doctor
note = ["ctrl+n", "a"]
zoom = "x"
```
"""
