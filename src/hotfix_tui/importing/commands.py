"""Blocks of commands: in fences, which are counted, and set in by blanks, which markdown takes for code as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotfix_tui.importing.document import Document
from hotfix_tui.importing.runnable import is_runnable
from hotfix_tui.importing.understood import Command, Origin


def fenced(document: Document) -> tuple[Command, ...]:
    """Every fence that a shell can run."""
    return tuple(
        Command(
            part.text,
            part.language,
            document.section_at(part.first).title,
            Origin(part.first, part.last, "a fence that a shell can run"),
        )
        for part in document.fences
        if is_runnable(part.language, part.text)
    )


def runnable(document: Document, fences: Sequence[Command]) -> tuple[Command, ...]:
    """The fences with the blocks that are set in, in the document's order."""
    return tuple(sorted((*fences, *_set_in(document)), key=lambda command: command.origin.first))


def _set_in(document: Document) -> Iterator[Command]:
    for section, block in document.everything():
        if block.kind == "code" and is_runnable("", block.text):
            origin = Origin(block.first, block.last, "a block of commands that is set in")
            yield Command(block.text, "", section.title, origin)
