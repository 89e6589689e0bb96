"""`hotfix help` and `hotfix completion`."""

from __future__ import annotations

import click

from hotfix_tui.cli.codes import EXIT_CODES
from hotfix_tui.cli.options import CommandBase
from hotfix_tui.cli.output import say, table


@click.command(cls=CommandBase, name="help")
@click.argument("words", nargs=-1, metavar="[exit-codes|COMMAND]")
@click.pass_context
def help_command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Print a help topic: exit-codes, or a command's own page."""
    if words == ("exit-codes",):
        say(*table([(str(code), meaning) for code, meaning in EXIT_CODES.items()]))
        return
    root = ctx.find_root()
    context = root
    for word in words:
        group = context.command
        found = group.get_command(context, word) if isinstance(group, click.Group) else None
        if found is None:
            raise click.UsageError(f"There is no help on “{' '.join(words)}”. See: hotfix --help")
        context = click.Context(found, info_name=word, parent=context)
    say(context.get_help())


@click.command(cls=CommandBase, name="completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    r"""Print what your shell loads to complete words.

    \b
    bash:  source <(hotfix completion bash)
    zsh:   source <(hotfix completion zsh)
    fish:  hotfix completion fish | source
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    script = found(ctx.find_root().command, {}, "hotfix", "_HOTFIX_COMPLETE")
    # Not source(): for bash it would start a bash, only to warn of an old one.
    say((script.source_template % script.source_vars()).strip())
