"""Which operation of hotfix does what an item asks for: told by its commands, else by its words.

Only where one operation does all of it: the item's key then plans that operation, and what it would do is shown first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hotfix_tui.importing.understood import Command
from hotfix_tui.importing.writing.shell import command_lines

_READS = re.compile(
    r"(?:git\s+(?:add\s|status|fetch|pull|log|diff|show|describe|remote|rev-parse|stash\s+list|branch(?:\s+(?:-a|-r|-v+|--list|--show-current))*$|tag\s*(?:-l\b.*|--list.*|--sort.*)?$"
    r"|(?:checkout|switch)\s+(?:-\s*$|(?:origin/)?(?:main|master|develop|dev|trunk)\b))|cd\s|ls\b|echo\s|cat\s|gh\s+(?:pr|release|run|issue)\s+(?:view|list|status|watch))"
)
"""Commands that change nothing by themselves, or that the operation does as well."""
_BY_COMMAND: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words))
    for name, words in (
        ("branch", r"git\s+(?:(?:checkout|switch)\s+(?:-[bBcC]|--create)\b|flow\s+hotfix\s+start\b|branch\s+[^-\s]\S*(?:\s+[^-\s]\S*)?$)"),
        ("cherry-pick", r"git\s+cherry-pick\s+(?!--)"),
        ("bump", r"(?:npm|pnpm|yarn)\s+version\s|cargo\s+set-version\s|(?:bump2version|bumpversion|bump-my-version)\s|(?:poetry|hatch|uv)\s+version\s|mvn\s+versions:set"),
        ("commit", r"git\s+commit\b"),
        ("merge-back", r"git\s+merge\s+(?!--(?:abort|continue|quit))"),
        ("clean-up", r"git\s+(?:branch\s+(?:-[dD]|--delete)\s|push\s+\S+\s+(?:--delete|-d)\s+(?!\S*(?:refs/tags|v\d|\bv?X)))"),
        ("tag", r"git\s+tag\s+(?!-d\b|--delete\b|-l\b)\S"),
        ("release", r"gh\s+release\s+create\s"),
        ("publish", r"(?:npm|pnpm|yarn|cargo|poetry|uv)\s+publish\b(?!.*--dry-run)|twine\s+upload\s"),
        ("push", r"git\s+push\b(?!.*(?:--force|-f\b|--delete|-d\b|\s:))"),
    )
)  # fmt: skip
"""The operation that does a command's work; the first that fits."""
_BY_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words, re.IGNORECASE))
    for name, words in (
        ("clean-up", r"\b(?:delet|remov|clean)\w*\b.{0,30}\bbranch|\bbranch\b.{0,20}\b(?:deleted|removed|cleaned)"),
        ("merge-back", r"\bmerg\w+\b.{0,30}\b(?:back|(?:in)?to)\b.{0,20}\b(?:main|master|develop|trunk)\b|\bback-?(?:merg|port)\w*"),
        ("branch", r"\b(?:creat|cut)\w*\b.{0,30}\bbranch\b|\bhotfix branch\b.{0,20}\bcreated\b"),
        ("changelog", r"\bCHANGELOG(?:\.md)?\b.{0,30}(?:updat|add|güncel|guncel|à jour|actualiz|atualiz|aktualis|обновл|更新|追記|追加|업데이트)|(?:updat|add|güncel|mettre à jour|actualiz|atualiz|aktualis|uppdater|обнов|更新)\w*.{0,30}\bCHANGELOG\b"),
        ("bump", r"\bversion\b(?: \w+){0,2} (?:bump|incremen|updat)\w*|\bbump\w*\b.{0,20}\bversion\b|\b(?:increment|update)\w* (?:the )?version (?:number|in)\b"),
        ("tag", r"\b(?:creat|push)\w*\b.{0,20}\b(?:git |release |version )?tag\b(?!s? (?:issue|ticket|@))|\b(?:git|release|version) tag\b.{0,20}\b(?:created|pushed)"),
        ("release", r"\bgithub release\b.{0,20}\b(?:created|published|drafted)|\b(?:create|publish|draft)\w* (?:a |the )?github release\b"),
    )
)  # fmt: skip
"""The same for a box without commands, in English, and where the changelog is named; other words are easily mistaken."""
_PUSHES = frozenset({"branch", "commit", "tag", "merge-back", "clean-up"})
"""Operations that push what they made, or are followed by it in one breath."""
_NOT = re.compile(r"(?i)\b(?:don'?t|do not|never|not|without|no longer|if|unless|when)\b")


def operation(text: str, commands: Iterable[Command]) -> str:
    """The operation that does all that the item asks for; empty where none does."""
    lines = [line for command in commands for line in command_lines(command.text)]
    if lines:
        return of_commands(lines)
    found = [name for name, words in _BY_WORDS if words.search(text)]
    brief = len(text.split()) <= BRIEF and not _NOT.search(text)
    return found[0] if len(found) == 1 and brief else ""


BRIEF = 10
"""A text of more words says more than what is to be done."""


def only_reads(lines: Iterable[str]) -> bool:
    """Whether commands change nothing by themselves."""
    return all(_READS.match(line) for line in lines)


def of_commands(lines: Sequence[str]) -> str:
    """The operation that does all of these commands; empty where none does."""
    found: list[str] = []
    for line in lines:
        if _READS.match(line):
            continue
        name = next((name for name, words in _BY_COMMAND if words.match(line)), "")
        if not name:
            return ""
        if name not in found:
            found.append(name)
    if len(found) > 1 and found[0] in _PUSHES:
        found = [name for name in found if name != "push"]
    return found[0] if len(found) == 1 else ""


PROOFS = {
    "branch": "branch-exists",
    "bump": "version-bumped",
    "changelog": "changelog-entry",
    "push": "pushed",
    "merge-back": "merged-back",
    "tag": "tag-commit",
    "clean-up": "branch-deleted",
}
"""What shows that an operation's work is done, whoever did it."""
_TESTS = re.compile(
    r"(?:(?:npm|pnpm|yarn|bun|cargo|go|dotnet|swift|mix|rake|flutter|dart|deno|make|just|task|gradle|\./gradlew|mvn|\./mvnw|sbt|bazel|poetry run|uv run)"
    r"(?: (?:run|exec|--))? (?:test|tests|check|verify)\b|(?:pytest|tox|nox|jest|vitest|phpunit|rspec|ctest)\b|python3? -m (?:pytest|unittest)\b)"
)


def check(done_by: str, argv: Sequence[str]) -> str:
    """What proves an item: its operation's work, or its tests; empty where nothing does."""
    if done_by:
        return PROOFS.get(done_by, "")
    return "tests-passed" if _TESTS.match(" ".join(argv)) else ""
