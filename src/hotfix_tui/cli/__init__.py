"""The command line: thin commands over the service. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import click

from hotfix_tui import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hotfix")
def main() -> None:
    """Run your team's emergency-fix playbook, calmly."""
