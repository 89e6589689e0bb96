"""A line of a shell as a command of its own, where it surely is one: no pipe, no variable, nothing to be filled in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

_SPECIAL = re.compile(r"""[|&;<>$`(){}\[\]*?~!\\\n#]|\.\.\.|…|\b[vV]?[Xx]\.[Yy]\b|__""")
"""What a shell would read otherwise than as plain words, and what a person has to fill in."""
_WORD = re.compile(r"[A-Za-z0-9._/-]+")
_HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?")
_CONTINUED = re.compile(r"\\\n\s*")
_PROMPT = re.compile(r"^\s*[$%#>]\s+(?=\S)")
_SHELL_WORDS = frozenset(
    ("cd", "export", "source", ".", "if", "for", "while", "then", "fi", "done", "do", "else", "sudo", "alias")
)


def command_lines(text: str) -> tuple[str, ...]:
    """The lines that do something, without prompts, comments and blank lines."""
    found = (
        _PROMPT.sub("", line).strip() if not line.lstrip().startswith("#") else "" for line in _whole(text)
    )
    return tuple(line for line in found if line)


def steps(text: str) -> tuple[tuple[str, str], ...]:
    """Each command with what is said of it: the comment behind it, the one right above it, else the command itself."""
    found: list[tuple[str, str]] = []
    said = ""
    for line in _whole(text):
        bare = _PROMPT.sub("", line).strip() if not line.lstrip().startswith("#") else line.strip()
        if not bare or bare.startswith("#"):
            said = bare.lstrip("#! ").strip()
            continue
        command, _, behind = bare.partition(" # ")
        command = command.strip()
        found.append((behind.strip() or said or _first(command), command))
        said = ""
    return tuple(found)


def parts(text: str) -> tuple[tuple[str, str], ...]:
    """The parts of a script with what is said of each: the first line of the comment right above its commands.

    What has no comment above it has no words of its own.
    """
    found: list[tuple[str, list[str]]] = []
    said, fresh = "", True
    for line in _whole(text):
        bare = line.strip()
        if not bare:
            fresh = True
        elif bare.startswith("#"):
            said = bare.lstrip("#! ").strip(" -=*") if fresh else said
            fresh = False
        elif said or not found:
            found.append((said, [line]))
            said, fresh = "", True
        else:
            found[-1][1].append(line)
    return tuple((title, "\n".join(lines)) for title, lines in found)


def _whole(text: str) -> Iterator[str]:
    """The lines of a shell; one whose quotes or here-document run on has all of theirs."""
    begun: list[str] = []
    quote = until = ""
    for line in _CONTINUED.sub(" ", text).split("\n"):
        begun.append(line)
        if until:
            until = "" if line.strip() == until else until
        else:
            quote = _left_open(line, quote)
            here = _HEREDOC.search(line) if not quote else None
            until = here[1] if here else ""
        if not quote and not until:
            yield "\n".join(begun)
            begun = []
    yield from begun  # a quote that is never closed was none


def _left_open(line: str, quote: str) -> str:
    """The quotation mark that is open at the end of the line; "" for none."""
    if not quote and line.lstrip().startswith("#"):
        return ""
    before = ""
    for sign in line:
        if quote:
            quote = "" if sign == quote and before != "\\" else quote
        elif sign in "\"'" and not (sign == "'" and before.isalnum()):
            quote = sign
        before = sign
    return quote


def _first(command: str) -> str:
    first, more, _ = command.partition("\n")
    return f"{first.rstrip()} …" if more else first


def argv(text: str) -> tuple[str, ...]:
    """The words of a block that is one plain command; empty for everything else."""
    found = command_lines(text)
    if len(found) != 1 or _SPECIAL.search(found[0]):
        return ()
    try:
        words = tuple(shlex.split(found[0]))
    except ValueError:
        return ()
    plain = words and _WORD.fullmatch(words[0]) and words[0] not in _SHELL_WORDS
    return words if plain and all(words) else ()
