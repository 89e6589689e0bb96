"""A script as what is asked for: its commented parts, or the operations that it does one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hotfix_tui.importing.understood import Command
from hotfix_tui.importing.writing.doing import of_commands, only_reads
from hotfix_tui.importing.writing.shell import command_lines, parts, steps

MOST_PARTS = 12
"""A script of more parts is to be read on its card."""


_LONGEST = 60
"""So is one of more commands."""


def in_parts(command: Command, whole: str) -> Iterator[tuple[str, Command]]:
    """A script's parts, each with its comment, where it has several; else its operations, where it does several; else all of it."""
    found = parts(command.text)
    if not 1 < len(found) <= MOST_PARTS or not all(said for said, _ in found[1:]):
        found = tuple(_operations(command.text))
    if not 1 < len(found) <= MOST_PARTS:
        yield whole, command
        return
    for said, text in found:
        yield said or whole, replace(command, text=text)


def _operations(text: str) -> Iterator[tuple[str, str]]:
    """What a script does operation by operation, each with what is said of it; nothing where it does at most one."""
    lines = tuple(zip(steps(text), command_lines(text), strict=False))
    if len(lines) > _LONGEST:
        return
    bare = [line for (_, line), _ in lines]
    if of_commands(bare) or len({of_commands([line]) for line in bare} - {""}) < 2:
        return
    first = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and not _remarked(lines[end][0]) and _go_together(bare[first : end + 1]):
            continue
        said = next(
            (lines[n][0][0] for n in range(first, end) if not only_reads([bare[n]])), lines[first][0][0]
        )
        yield said, "\n".join(raw for _, raw in lines[first:end])
        first = end


def _remarked(step: tuple[str, str]) -> bool:
    """Whether a comment says something of this command itself."""
    said, command = step
    return not command.startswith(said.removesuffix(" …"))


def _go_together(lines: Sequence[str]) -> bool:
    return bool(of_commands(lines)) or only_reads(lines)
