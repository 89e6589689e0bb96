"""Takes secrets out of text by their exact shapes: best effort, counted, and blind to commit ids and ordinary lines."""

from __future__ import annotations

import re

_SHAPES: tuple[tuple[str, str], ...] = (
    ("private-key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    ("aws-key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("github-token", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})"),
    ("gitlab-token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("slack-token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("npm-token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("crates-token", r"\bcio[A-Za-z0-9]{32}\b"),
    ("jwt", r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    ("url-password", r"(?<=://)[^\s/:@]{1,256}:[^\s/@]{1,256}(?=@)"),
    ("authorization", r"(?i)(?<=authorization: )(?:bearer|basic|token)? ?[A-Za-z0-9._~+/=-]{6,}"),
    (
        "secret",
        r"""(?ix) (?<![a-z]) (?P<name> (?:[a-z0-9_]*[_-])? (?:password|passwd|secret|token|api[_-]?key) ["']? \s* [:=] \s*)
            (?: "[^"\n]{4,}" | '[^'\n]{4,}' | [^\s"'&;,‹]{6,} )""",
    ),
)
_PATTERNS = tuple((name, re.compile(shape, re.DOTALL)) for name, shape in _SHAPES)


def redact(text: str) -> tuple[str, int]:
    """The text with each secret replaced by ‹redacted:its-kind›, and how many there were."""
    count = 0
    for name, pattern in _PATTERNS:
        kept = r"\g<name>" if "name" in pattern.groupindex else ""
        text, found = pattern.subn(f"{kept}‹redacted:{name}›", text)
        count += found
    return text, count
