"""The root command: it loads a command's module when the command is named, and turns errors into sentences and codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from importlib import import_module
from typing import Any, NoReturn

import click

from hotfix_tui import __version__
from hotfix_tui.cli import codes
from hotfix_tui.cli.options import common_options
from hotfix_tui.cli.output import complain
from hotfix_tui.cli.pipes import let_go_of_stdout, prepare_streams
from hotfix_tui.cli.table import COMMANDS
from hotfix_tui.domain.errors import HotfixError


class Root(click.Group):
    """`hotfix`: its commands are listed in table.py."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(
            **attributes,
            invoke_without_command=True,
            callback=_without_command,
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
            params=[*common_options(), _version_option()],
            epilog="Exit codes: hotfix help exit-codes. Options above are taken after a command, too.",
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        found: click.Command = getattr(import_module(entry.module), entry.attribute)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name. Raises: UsageError with what was perhaps meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {close[0]}?" if close else " See: hotfix --help"
            raise click.UsageError(f"There is no command “{args[0]}”.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that has gone away is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            let_go_of_stdout()
            return codes.OK

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT002  (click's signature)
        windows_expand_args: bool = True,  # noqa: FBT002
        **extra: Any,
    ) -> NoReturn:
        """Run the command line and end with its exit code; no traceback ever."""
        prepare_streams()
        code: Any = codes.OK
        try:
            code = super().main(args, "hotfix", complete_var, standalone_mode=False, **extra)
            sys.stdout.flush()
        except BrokenPipeError:
            let_go_of_stdout()
        except click.Abort:
            code = codes.INTERRUPTED
        except Exception as error:  # noqa: BLE001  (the last resort: it ends the process, and says so)
            context = self._context
            with context.scope(cleanup=False) if context else nullcontext():
                code = explain(error)
        sys.exit(code if isinstance(code, int) else codes.OK)

    _context: click.Context | None = None

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context, kept so that an error is told as the options want it."""
        self._context = None
        self._context = super().make_context(info_name, args, parent, **extra)
        return self._context


def explain(error: Exception) -> int:
    """Say an error in its one sentence; the exit code."""
    if isinstance(error, click.UsageError):
        return _usage(error)
    if isinstance(error, HotfixError):
        complain(f"hotfix: {error}")
        return codes.code_of(error)
    if isinstance(error, click.ClickException):
        complain(f"hotfix: {error.format_message()}")
        return codes.FAILED
    from hotfix_tui.cli.crash import report

    complain(report(error))
    return codes.FAILED


def _version_option() -> click.Option:
    def show(ctx: click.Context, option: click.Parameter, value: bool) -> None:
        if value:
            click.echo(f"hotfix, version {__version__}")
            ctx.exit()

    return click.Option(
        ["-V", "--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help="Print the version.",
    )


def _usage(error: click.UsageError) -> int:
    words = error.format_message().rstrip()
    told = "hotfix " in words  # the sentence names a command already
    where = f" See: {error.ctx.command_path} --help" if error.ctx and not told else ""
    complain(f"hotfix: {words}{where}")
    return codes.USAGE


@click.pass_context
def _without_command(ctx: click.Context) -> Any:
    """The console."""
    if ctx.invoked_subcommand is not None:
        return None
    from hotfix_tui.cli.console import start

    return start(ctx)


hotfix = Root(
    name="hotfix",
    help="""Run your team's emergency-fix playbook, calmly.

    Without a command: the console, on this repository's open incident when there is one. Every command but `open`
    and `drill` works beside a running console, and in scripts: data goes to standard output, messages to standard
    error.
    """,
)
"""The command `hotfix`."""
