"""The command line: thin commands over the service. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command `hotfix` and end the process with its exit code."""
    code = _straight(sys.argv[1:])
    if code is not None:
        sys.exit(code)
    from hotfix_tui.cli.root import hotfix

    hotfix()


def _straight(words: list[str]) -> int | None:
    """The exit code of what is asked for most, by its shortest way; None where click must look at the words."""
    if words in (["--version"], ["-V"]):
        return _version()
    if words == ["status", "--line"]:
        from hotfix_tui.cli.prompt import answer

        return answer()
    if words in ([], ["open"]) or (len(words) == 2 and words[0] == "open" and not words[1].startswith("-")):
        from hotfix_tui.cli.straight import show

        return show(words)
    return None


def _version() -> int:
    from hotfix_tui import __version__

    try:
        sys.stdout.write(f"hotfix, version {__version__}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        from hotfix_tui.cli.pipes import let_go_of_stdout

        let_go_of_stdout()
    return 0
