"""Takes secrets out of text by their exact shapes: best effort, counted, and blind to commit ids and ordinary lines."""

from __future__ import annotations

import re
from functools import lru_cache

_NAMED = r"(?:password|passwd|passphrase|secret|token|(?:api|access|private)[_-]?key)"
_SHAPES: tuple[tuple[str, str], ...] = (
    ("private-key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    ("aws-key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("github-token", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})"),
    ("gitlab-token", r"\bgl(?:pat|ptt|dt|rt|cbt|ft|soat)-[A-Za-z0-9_-]{20,}"),
    ("slack-token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("npm-token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("python-index-token", r"\bpypi-[A-Za-z0-9_-]{32,}"),
    ("crates-token", r"\bcio[A-Za-z0-9]{32}\b"),
    ("stripe-key", r"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}"),
    ("google-key", r"\bAIza[A-Za-z0-9_-]{35}"),
    ("model-key", r"\b(?:sk-[A-Za-z0-9_-]{32,}|hf_[A-Za-z0-9]{30,})"),
    ("sendgrid-key", r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    ("jwt", r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    (
        "url-password",
        r"(?<=://)(?:[^\s/:@?#‹]{0,256}:[^\s/?#‹]{1,256}|(?=[^\s/@]{0,64}[0-9])[A-Za-z0-9_-]{20,256})(?=@)",
    ),
    (
        "authorization",
        r"""(?ix) (?P<name> authorization ["']? [^\S\n]* [:=] [^\S\n]* ["']?)
            (?: (?: bearer | basic | token | negotiate ) [^\S\n]+ [^\s"',;‹]{6,} | [^\s"',;‹]{16,} )""",
    ),
    (
        "secret",
        rf"""(?ix) (?P<name> {_NAMED} ["']? [^\S\n]* [:=] [^\S\n]*)
            (?: "(?!‹)[^"\n]{{4,}}" | '(?!‹)[^'\n]{{4,}}' | [^\s"'&;,‹]{{6,}} )""",
    ),
    ("secret", rf"(?i)(?<!\S)(?P<name>--[a-z-]{{0,32}}?{_NAMED}[^\S\n]+)[^\s‹-][^\s‹]{{5,}}"),
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compiled when something is to be redacted: every start loads this module, few need it."""
    return tuple((name, re.compile(shape, re.DOTALL)) for name, shape in _SHAPES)


def redact(text: str) -> tuple[str, int]:
    """The text with each secret replaced by ‹redacted:its-kind›, and how many there were."""
    count = 0
    for name, pattern in _patterns():
        kept = r"\g<name>" if "name" in pattern.groupindex else ""
        text, found = pattern.subn(f"{kept}‹redacted:{name}›", text)
        count += found
    return text, count
