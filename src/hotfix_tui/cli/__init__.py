"""The command line: thin commands over the service. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command `hotfix` and end the process with its exit code."""
    if sys.argv[1:] == ["status", "--line"]:
        from hotfix_tui.cli.prompt import answer

        code = answer()
        if code is not None:
            sys.exit(code)
    from hotfix_tui.cli.root import hotfix

    hotfix()
