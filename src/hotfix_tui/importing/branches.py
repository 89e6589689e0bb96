"""Branch names and their forms, and what git texts look like: as written, in order of first appearance."""

from __future__ import annotations

import re

from hotfix_tui.importing.document import Document
from hotfix_tui.importing.understood import BranchPattern, Formats, Origin

_BRACKET = r"<[^<>\n]{1,40}>|\{\{[^{}\n]{1,40}\}\}|\{[^{}\n]{1,40}\}|\[[^\[\]\n]{1,40}\]|\$\([^()\n]{1,60}\)"
_NAME = rf"(?:{_BRACKET}|[^\W]|[-./#$%+@~^=]){{1,100}}"
_HOTFIX = re.compile(rf"(?<![\w./@-])(?:hot-?fix(?:es)?|HOTFIX)/{_NAME}", re.IGNORECASE)
_OTHER = re.compile(
    rf"(?<![\w./@-])(?:bug-?fix|fix|emergency|urgent|release|releases|patch|rollback|revert|support|security)/{_NAME}"
)
_GIT = re.compile(r"\bgit\s+(?:checkout|switch|branch|push|merge|worktree)\b")
_BASE = re.compile(
    r"\bgit\s+(?:checkout\s+-[bB]|switch\s+-[cC]|branch)\s+(?P<name>\S+)\s+(?P<base>(?:\$\([^)]*\)|[^\s#;&|]+))"
)
_FILE = re.compile(
    r"\.(?:md|markdown|txt|ya?ml|sh|py|js|ts|json|toml|html?|rs|go|rb|ps1|sql|log|png|svg|sha\d+|sig|asc|zip|gz|tgz|csv|pdf)$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"releases/(?:latest|download|tag|new)\b")
_LABEL = re.compile(r"(?i)\blabels?\W*$")
"""What stands before the name of a label, which may look like a branch's."""
MOST = 60


def patterns(document: Document) -> tuple[BranchPattern, ...]:
    """Every distinct branch name or form."""
    found: dict[str, tuple[int, str]] = {}
    bases: dict[str, str] = {}
    for number, line in enumerate(document.source, 1):
        if "/" not in line or len(found) >= MOST:
            continue
        line = line[:2000]  # noqa: PLW2901
        for match in _HOTFIX.finditer(line):
            rest = match[0].partition("/")[2]
            if _GIT.search(line) or _in_code(line, match.start()) or re.search(r"[-\d<{\[$_]|X\.Y", rest):
                _keep(found, match[0], number)
        if _GIT.search(line) or "`" in line:
            for match in _OTHER.finditer(line):
                if _GIT.search(line) or (
                    _in_code(line, match.start()) and not _LABEL.search(line[: match.start()])
                ):
                    _keep(found, match[0], number)
        for match in _BASE.finditer(line):
            bases.setdefault(match["name"].strip("\"'`"), match["base"].strip("\"'`"))
    return tuple(
        BranchPattern(text, bases.get(text, ""), Origin(line, line, "a branch name"))
        for text, (line, _) in found.items()
    )


def _in_code(line: str, at: int) -> bool:
    return line.count("`", 0, at) % 2 == 1


def _keep(found: dict[str, tuple[int, str]], text: str, line: int) -> None:
    text = text.rstrip(".,:;/-=")
    rest = text.partition("/")[2]
    if not rest or _FILE.search(text) or rest.startswith((".", "/")) or "..." in text or "*" in rest:
        return
    if _PAGE.match(text):
        return
    if not re.search(r"\w", rest):
        return
    found.setdefault(text, (line, rest))


_MESSAGE = re.compile(r"git\s+commit\b[^\"'\n]*?-\w*m\s+(?P<q>[\"'])(?P<text>.*?)(?<!\\)(?P=q)", re.DOTALL)
_TAG = re.compile(
    r"git\s+tag\s+(?:-\w+\s+)*(?P<name>[^\s\"'-]\S*)(?:\s+-\w*m\s+(?P<q>[\"'])(?P<text>.*?)(?<!\\)(?P=q))?",
    re.DOTALL,
)
_MERGE = re.compile(r"git\s+merge\b[^\n\"']*-\w*m\s+(?P<q>[\"'])(?P<text>.*?)(?P=q)", re.DOTALL)
_TITLE = re.compile(r"gh\s+pr\s+create\b[^#]*?--title\s+(?P<q>[\"'])(?P<text>.*?)(?P=q)", re.DOTALL)
_BUMP = re.compile(r"(?i)bump|version|release")
_VERSION_FILE = re.compile(
    r"(?<![\w/.-])((?:[\w-]+/){0,4}(?:package(?:-lock)?\.json|Cargo\.(?:toml|lock)|pyproject\.toml|setup\.(?:py|cfg)|pom\.xml|build\.gradle(?:\.kts)?|"
    r"gradle\.properties|composer\.json|Chart\.yaml|pubspec\.yaml|mix\.exs|VERSION(?:\.txt)?|version\.\w{1,4}|__init__\.py|"
    r"CHANGELOG(?:\.md)?|Info\.plist|[\w-]+\.csproj|[\w-]+\.gemspec|go\.mod|manifest\.json|app\.json|latest\.yml))(?![\w/])"
)


def formats(document: Document) -> Formats:
    """What commits, merges, tags and pull requests look like, by the first command that shows it."""
    text = "\n".join(part.text for part in document.fences)[:200_000]
    messages = [found["text"] for found in _MESSAGE.finditer(text)]
    bumps = [one for one in messages if _BUMP.search(one.split("\n")[0]) and not one.startswith("fix")]
    others = [one for one in messages if one not in bumps]
    tags = list(_TAG.finditer(text))
    merge, title = _MERGE.search(text), _TITLE.search(text)
    return Formats(
        commit=others[0] if others else "",
        bump=bumps[0] if bumps else "",
        merge=merge["text"] if merge else "",
        tag=next((found["text"] for found in tags if found["text"]), ""),
        tag_name=next((found["name"] for found in tags if re.search(r"\d|X|<|\$|\[", found["name"])), ""),
        pull_request=title["text"] if title else "",
    )


def version_files(document: Document) -> tuple[str, ...]:
    """Files that are named and hold a version."""
    names = dict.fromkeys(
        found[1] for line in document.source for found in _VERSION_FILE.finditer(line[:2000])
    )
    return tuple(names)[:20]
