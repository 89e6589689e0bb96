"""Which fences can be run in a shell, apart from output, configuration, diagrams, chat and comments only."""

from __future__ import annotations

import re

from hotfix_tui.importing.programs import PROGRAMS, SHELLS, UNSAID

_COMMENT = re.compile(r"^\s*(#(?!!)|//|REM\b|::|--\s)", re.IGNORECASE)
_HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?")
_PROMPT = re.compile(r"^\s*(?:\[?[\w.@~:/-]*\]?[$%#❯➜λ]|PS [A-Z]:[^>]*>|[A-Z]:\\[^>]*>)\s+(?=\S)")
_PROSE = re.compile(
    r"^(?:\d+[.)]\s|\d{4}-\d\d-\d\d|-{3,}$|[-*•+]\s|[@>|]|[^\x00-\x7f]|\"[^\"]*\"$|'[^']*'$|[A-Z][\w /-]{0,30}:\s|[A-Z][\w /-]{0,30}:$|[\[<{(]|[#=~*]{3})"
)
_METRIC = re.compile(
    r"^[\w.]+(?:[({][^)}]*[)}])?\s*(?:[<>]=?|==?|!=)\s*[\d\"'$]|^\w+\([^)]*\)\s*[<>/*]|^(?:SELECT|UPDATE|INSERT|DELETE|ALTER|CREATE|DROP|SHOW)\s"
)
_WORD = re.compile(r"^(?:[A-Z_][A-Z0-9_]*=(?:\"[^\"]*\"|'[^']*'|\$\([^)]*\)|\S*)\s*)*(?P<word>\S*)")
_POWERSHELL = re.compile(r"^(?:\$[A-Za-z_]\w*\s*=|[A-Z][a-z]+-[A-Z][A-Za-z]+(?:\s|$))")
_FILLED_IN = re.compile(r"^\{{1,2}\w+\}{1,2}(?:\s|$)")
"""A program that is to be filled in: "{test_command} tests/"."""
_ASSIGN = re.compile(r"^[A-Za-z_]\w*=(?:\S|$)")


def is_runnable(language: str, text: str) -> bool:
    """Whether a fence's text can be run in a shell: a shell's language, or a shell's content."""
    lines = code_lines(text)
    if not lines:
        return False
    if language in SHELLS:
        return any(_is_command(line) for line in lines)
    if language not in UNSAID:
        return False
    known = sum(is_known(line) for line in lines)
    return known * 3 >= len(lines) * 2 and known > 0


def code_lines(text: str) -> list[str]:
    """Lines that begin a command: no comments, blanks, continued lines, bodies of heredocs or open quotes."""
    lines, until, more, quote = [], "", False, ""
    for line in text.split("\n"):
        stripped = line.strip()
        if until:
            until = "" if stripped == until else until
            continue
        if quote:
            quote = "" if line.count(quote) % 2 else quote
            continue
        if stripped and not more and not _COMMENT.match(line):
            lines.append(stripped)
        heredoc = _HEREDOC.search(line)
        until = heredoc[1] if heredoc else ""
        more = stripped.endswith(("\\", "&&", "||", "|", "`")) and not stripped.startswith("#")
        if not stripped.startswith("#"):
            quote = next((q for q in ('"', "'") if line.count(q) % 2 and "=" not in stripped[:1]), "")
            if quote == "'" and re.search(r"\w'\w", line):
                quote = ""
    return lines


def is_known(line: str) -> bool:
    """Whether a line begins with a program that is known, or a script's path."""
    prompt = _PROMPT.match(line)
    if prompt:
        return True
    if _POWERSHELL.match(line):
        return True
    word = _WORD.match(line.lstrip("( "))  # also in a shell of its own: "(cd x && make)"
    first = word["word"] if word else ""
    return (
        first.lower().removesuffix(".exe") in PROGRAMS and not re.match(r"^[A-Z][a-z]", first)
    ) or first.startswith(
        ("./", ".\\", "../", "~/", "/usr/", "/opt/", "/bin/", "$(", "scripts/", "bin/", "script/")
    )


def _is_command(line: str) -> bool:
    """Whether a line in a shell's fence is a command, and not prose, chat or a measure."""
    if is_known(line) or _ASSIGN.match(line) or _FILLED_IN.match(line):
        return True
    if _PROSE.match(line) or _METRIC.match(line):
        return False
    words = line.split()
    if words and not re.match(r"^[\w./$~{%-]+$", words[0]):
        return False
    capital = bool(words) and bool(re.match(r"^[A-Z][a-z]+$", words[0]))
    return not (capital and len(words) > 2) and (
        line.endswith(" .") or not line.endswith((".", ":", "?", "!"))
    )
