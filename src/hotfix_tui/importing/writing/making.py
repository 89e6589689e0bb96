"""Branches, versions and the texts of git, as the document writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hotfix_tui.domain.templates import NAMES, names
from hotfix_tui.importing.understood import BranchPattern
from hotfix_tui.importing.writing.plan import Plan, line, lines, place
from hotfix_tui.importing.writing.texts import form
from hotfix_tui.importing.writing.toml import Table, comment, table
from hotfix_tui.importing.writing.ways import CHANNEL_FILE

_MAIN = re.compile(r"(?:origin/)?(main|master|trunk|production|prod)")
_LOG = re.compile(r"(?:^|/)(?:change|history|release|news)[^/]*$", re.IGNORECASE)
_LOCK = re.compile(r"\.lock(?:b)?$|(?:^|[/-])(?:lock|shrinkwrap)\.(?:json|ya?ml)$|-lock\.", re.IGNORECASE)
_TEXTS = ("commit", "bump", "merge", "tag", "pull_request")
_KNOWN = ("$fix", "$slug", "$issue", "$title", "$date", "${")


def making(plan: Plan) -> Iterator[Table]:
    """The tables of git, of the version and of formats; none for what the document does not show."""
    yield from _git(plan)
    yield from _version(plan)
    yield from _formats(plan)


def _version(plan: Plan) -> Iterator[Table]:
    files = tuple(one for one in lines(plan.found.version_files) if not CHANNEL_FILE.fullmatch(one))
    logs = tuple(f"{file}.md" if file == "CHANGELOG" else file for file in files if _LOG.search(file))
    locks = tuple(file for file in files if _LOCK.search(file))
    named = tuple(file for file in files if not _LOG.search(file) and file not in locks)
    if files:
        yield table("version", many=False, files=named, lock_files=locks, changelog=logs[0] if logs else "")


def _formats(plan: Plan) -> Iterator[Table]:
    """What git texts look like; one in which nothing is to be filled in is an example, and nobody's next message."""
    said = plan.found.formats
    found = {key: text for key in _TEXTS if (text := str(getattr(said, key)).strip())}
    made = {key: form(text, branch=False) for key, text in found.items()}
    formats = {key: text for key, text in made.items() if "$" in text.replace("$$", "")}
    above = [
        f"The document's example for “{key}”: {line(text)}"
        for key, text in found.items()
        if key not in formats
    ]
    if formats or above:
        yield table("formats", "", above, many=False, **formats)


def _git(plan: Plan) -> Iterator[Table]:
    patterns = plan.found.branches
    forms = {one.text: form(line(one.text)) for one in patterns}
    chosen = next((one for one in patterns if any(name in forms[one.text] for name in _KNOWN)), None)
    base, main = _base(patterns)
    tag = plan.found.formats.tag_name
    values: dict[str, Any] = {
        "base": base,
        "main": main,
        "tag_prefix": "v" if tag.lower().startswith("v") else "",
        "branch": forms[chosen.text] if chosen else "",
        "merge_back": (main,) if main else (),
    }
    if any(values.values()):
        yield from _asked(values["branch"])
        others = tuple(
            f"{place(plan.document, one.origin)} {one.text}" for one in patterns if one is not chosen
        )
        above = (
            (f"Branches as the document has them, besides: {comment('; '.join(others))[2:]}",)
            if others
            else ()
        )
        yield table("git", plan.beside(chosen.origin) if chosen else "", above, many=False, **values)
        for one in patterns if chosen else ():
            if one is not chosen and "$" in forms[one.text]:
                yield table(
                    "git.branches", plan.beside(one.origin), label=line(one.text), branch=forms[one.text]
                )


def _asked(branch: str) -> Iterator[Table]:
    """What a branch's name needs and no incident knows by itself is asked for at the declaration."""
    for name in names(branch):
        if name not in NAMES:
            text = name.replace("_", " ").capitalize()
            yield table(
                "intake", id=name.replace("_", "-").strip("-"), text=text, hint=f"for the branch, {branch}"
            )


def _base(patterns: tuple[BranchPattern, ...]) -> tuple[str, str]:
    """What branches start from, where a command says so, and the main branch where it has another name."""
    said = next((one.base for one in patterns if one.base), "")
    if not said:
        return "", ""
    match = _MAIN.fullmatch(said.strip())
    if match:
        return "main", match[1] if match[1] != "main" else ""
    return "latest-release", ""
