"""What is to be filled in, in the five ways that documents write it, becomes a `$placeholder`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hotfix_tui.importing.writing.ids import variable

_VERSION = re.compile(
    r"v?x\.y\.z(?:\s*\+\s*1)?|version|new.?version|hotfix.?version|semver|tag", re.IGNORECASE
)
_FORMS = re.compile(
    r"""
    (?P<version> \b v? X\.Y\.Z (?: \s*\+\s*1 )? (?![\w.]) )
  | < (?P<angle> [^<>\n]{1,60} ) >
  | \{\{ \s* (?P<double> [^{}\n]{1,60}? ) \s* \}\}
  | \$? \{ (?P<curly> [^{}\n]{1,60} ) \}
  | \[ (?P<square> [^\[\]\n]{2,60} ) \] (?! \( )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ISSUE = {"number", "issue", "issue_number", "ticket", "ticket_id", "issue_id", "jira_id", "issue_no"}
_SLUG = {
    "description",
    "short_description",
    "brief_description",
    "name",
    "issue_name",
    "slug",
    "issue_description",
    "fix",
    "short_desc",
}


def filled_in(text: str, known: Iterable[str]) -> str:
    """A message in which each of the placeholders that were found is a `$name`; every other dollar is doubled."""
    wanted = sorted({one for one in known if one.strip()}, key=len, reverse=True)
    if not wanted:
        return text.replace("$", "$$")
    pattern = re.compile("|".join(re.escape(one) for one in wanted))
    made, at = [], 0
    for match in pattern.finditer(text):
        made += [
            text[at : match.start()].replace("$", "$$"),
            _named(match[0], text[match.end() : match.end() + 1]),
        ]
        at = match.end()
    return "".join([*made, text[at:].replace("$", "$$")])


def _named(written: str, after: str) -> str:
    """One placeholder as a `$name`, or as it was where its words make no name."""
    match = _FORMS.fullmatch(written.strip())
    if match is None:
        return written.replace("$", "$$")
    if match["version"]:
        return _braced("fix", after, "v" if written.lstrip().lower().startswith("v") else "")
    name = variable(next(said for said in match.groups() if said))
    return _braced(name, after) if name else written.replace("$", "$$")


def _braced(name: str, after: str, before: str = "") -> str:
    return f"{before}${{{name}}}" if re.match(r"\w", after, re.ASCII) else f"{before}${name}"


def form(text: str, *, branch: bool = True) -> str:
    """A branch's or a message's form with the names that an incident knows: version, number of the issue, short words."""
    made, at = [], 0
    for match in _FORMS.finditer(text):
        made += [text[at : match.start()].replace("$", "$$"), _part(match, text, branch=branch)]
        at = match.end()
    return "".join([*made, text[at:].replace("$", "$$")])


def _part(match: re.Match[str], text: str, *, branch: bool) -> str:
    after = text[match.end() : match.end() + 1]
    written = next(said for said in match.groups() if said)
    if _VERSION.fullmatch(written):
        return _braced("fix", after, "v" if written.lower().startswith("vx") else "")
    name = variable(written)
    known = "issue" if name in _ISSUE else "slug" if branch and name in _SLUG else name
    return _braced(known, after) if known else match[0].replace("$", "$$")
