"""What is said about a playbook: the problems that keep it from loading, and what is unwise in one that loads."""

from __future__ import annotations

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import TITLE, clean
from hotfix_tui.lint import Finding, Level, World, lint
from hotfix_tui.loading import PlaybookErrors
from hotfix_tui.loading.where import places
from hotfix_tui.service.library import Loaded

SCHEMA_RULE = "schema"
"""The rule that a problem of the loader breaks."""


@record(frozen=True, slots=True)
class Remark:
    """Something about a playbook file; all its texts are untrusted."""

    file: str
    line: int
    """From 1; 0 where nothing is known but the file."""
    where: str
    """The table in words: "phase “fix”, item “tested”"; empty for the whole file."""
    rule: str
    level: Level
    message: str
    todo: str = ""
    """What to do, as a sentence; empty where the message says it."""

    def __str__(self) -> str:
        """The sentence as it is shown, with file and line."""
        at = f"{self.file}:{self.line}" if self.line else self.file
        place = f"{self.where}: " if self.where else ""
        if self.rule == SCHEMA_RULE:
            return clean(f"{at}  {place}{self.message}", TITLE * 4)
        level = "warning" if self.level == "warn" else self.level
        return clean(f"{at}  {place}{level}: {self.message} [{self.rule}]", TITLE * 4)


def remarks(loaded: Loaded, world: World) -> tuple[Remark, ...]:
    """Everything that is unwise, in the order of the lines."""
    findings = lint(loaded.playbook, world)
    if not findings:
        return ()
    at = places(loaded.source)

    def remark(finding: Finding) -> Remark:
        fault = finding.fault
        line, where = at.line(fault.path), at.words(fault.path)
        return Remark(loaded.entry.path, line, where, finding.rule, finding.level, fault.message, fault.todo)

    return tuple(sorted(map(remark, findings), key=lambda one: one.line))


def problems(error: Refused, file: str) -> tuple[Remark, ...]:
    """What keeps a file from loading."""
    if not isinstance(error, PlaybookErrors):
        return (Remark(file, 0, "", SCHEMA_RULE, "error", str(error)),)
    return tuple(
        Remark(one.file, one.line, one.where, SCHEMA_RULE, "error", one.message) for one in error.problems
    )
