"""The command line: thin commands over the service. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

from hotfix_tui.cli.root import Root

main = Root(
    name="hotfix",
    help="""Run your team's emergency-fix playbook, calmly.

    Without a command: the console, on this repository's open incident when there is one. Every command but `open`
    and `drill` works beside a running console, and in scripts: data goes to standard output, messages to standard
    error.
    """,
)
"""The command `hotfix`."""

__all__ = ["main"]
