"""The options that every command takes, before its name or after it."""

from __future__ import annotations

import re
from typing import Any

import click

PREFIX = "hotfix."
"""Where a command's context keeps what was said, so that every level sees the same."""

_FLAGS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("-q", "--quiet"), "quiet", "Say nothing but errors and what was asked for."),
    (("--no-input",), "no_input", "Never ask; fail and name the option instead."),
    (("--no-color",), "no_color", "No colours."),
    (("--ascii",), "ascii", "Plain characters only."),
    (("--read-only",), "read_only", "Write nothing and run nothing."),
)
_TEXTS: tuple[tuple[tuple[str, ...], str, str, str], ...] = (
    (("-C", "--repo"), "repo", "FOLDER", "Act as if started in FOLDER."),
    (("-i", "--incident"), "incident", "ID", "The incident to act on; else the one that is open here."),
    (("--playbook",), "playbook", "ID", "The playbook to declare with, by its id or file; else the nearest."),
    (("--config",), "config", "FILE", "Read this config.toml."),
    (("--data-dir",), "data_dir", "FOLDER", "Keep incidents in FOLDER."),
)


def common_options(*, hidden: bool = False) -> list[click.Option]:
    """Fresh options, one of each."""
    flags = [
        click.Option(
            [*names, name], is_flag=True, help=text, hidden=hidden, expose_value=False, callback=_keep
        )
        for names, name, text in _FLAGS
    ]
    texts = [
        click.Option(
            [*names, name], metavar=shape, help=text, hidden=hidden, expose_value=False, callback=_keep
        )
        for names, name, shape, text in _TEXTS
    ]
    log = click.Option(
        ["--log", "log_files"],
        multiple=True,
        metavar="FILE",
        help="A file for the log pane to follow; may be given more than once.",
        hidden=hidden,
        expose_value=False,
        callback=_keep,
    )
    return [*texts, log, *flags]


def _keep(ctx: click.Context, option: click.Parameter, value: Any) -> Any:
    """What was said stays said; what was not said here leaves alone what was said before."""
    if value not in (None, (), False):
        ctx.meta[PREFIX + str(option.name)] = value
    return value


def is_set(ctx: click.Context, name: str) -> bool:
    """Whether the flag was given at any level."""
    return bool(ctx.meta.get(PREFIX + name))


def said(ctx: click.Context) -> dict[str, Any]:
    """Everything that was said with common options, by setting name."""
    return {key.removeprefix(PREFIX): value for key, value in ctx.meta.items() if key.startswith(PREFIX)}


_BACK_DATED = re.compile(r"-\d")


class CommandBase(click.Command):
    """A command that also takes the common options, and words such as -12m."""

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        taken = {name for option in self.params for name in (*option.opts, *option.secondary_opts)}
        own = {option.name for option in self.params}
        self.params += [
            option
            for option in common_options(hidden=True)
            if option.name not in own and not taken & set(option.opts)
        ]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take a word that begins like -12m as a word: a space before it keeps click from splitting it."""
        valued = {
            name for p in self.params if isinstance(p, click.Option) and not p.is_flag for name in p.opts
        }
        before = ["", *args]
        return super().parse_args(
            ctx,
            [
                f" {word}" if _BACK_DATED.match(word) and previous not in valued else word
                for previous, word in zip(before, args, strict=False)
            ],
        )


class FamilyBase(click.Group):
    """A command with commands of its own."""

    command_class = CommandBase
