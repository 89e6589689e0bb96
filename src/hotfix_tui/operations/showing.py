"""What a step does, in exact lines: its command, or what it changes in its files."""

from __future__ import annotations

from difflib import SequenceMatcher

from hotfix_tui.domain.text import clean, visible_argv
from hotfix_tui.operations.plan import Edit, PlannedStep

LINE = 200
"""The most characters of a file's line that are shown."""


def told(step: PlannedStep) -> tuple[str, ...]:
    """Its command after a "$", or the lines that it takes away and puts in; safe to show."""
    if step.argv:
        return (f"$ {visible_argv(step.argv)}",)
    return tuple(line for edit in step.edits for line in changed(edit))


def changed(edit: Edit) -> tuple[str, ...]:
    """The file's name, then only the lines that differ, each with its number."""
    before, after = (_lines(end) for end in (edit.before, edit.after))
    named = f"edit {clean(edit.path)}"
    if edit.before is None or edit.after is None:
        what = "a new file" if edit.before is None else "the file goes away"
        return (f"{named} ({what}, {max(len(before), len(after))} lines)",)
    found = [named]
    for what, old, old_end, new, new_end in SequenceMatcher(None, before, after).get_opcodes():
        if what != "equal":
            found += [f"{n + 1:>5} - {clean(before[n], LINE)}" for n in range(old, old_end)]
            found += [f"{n + 1:>5} + {clean(after[n], LINE)}" for n in range(new, new_end)]
    return tuple(found)


def _lines(data: bytes | None) -> list[str]:
    return (data or b"").decode("utf-8", "replace").splitlines()
