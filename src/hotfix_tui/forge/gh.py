"""One question to `gh`: its answer as rows, or one sentence about why there is none."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.text import LINE, clean
from hotfix_tui.ports import Site

PATIENCE = 20.0
"""How long, in seconds, the forge may take to answer."""

MEANINGS: tuple[tuple[str, str, str], ...] = (
    (
        r"gh auth login|GH_TOKEN|not logged in|HTTP 401|[Bb]ad credentials",
        "gh is not logged in here.",
        "Log in once: gh auth login; or do it on the forge's page",
    ),
    (
        r"none of the git remotes|no git remotes|not a git repository|Could not resolve to a Repository",
        "gh does not know this repository's remote as one on a forge.",
        "Look: git remote -v; or do it on the forge's page",
    ),
    (
        r"rate limit|HTTP 429",
        "the forge wants fewer questions for a while.",
        "Wait, or look at the forge's page",
    ),
    (
        r"dial tcp|connection re|no such host|error connecting|timeout|HTTP 5\d\d",
        "the forge does not answer.",
        "Try again, or look at its page",
    ),
    (r"HTTP 403|[Rr]esource not accessible", "the forge does not allow it.", "Ask somebody who may"),
)
"""What gh says, what it means and what to do; the first that matches counts."""


def there(site: Site) -> bool:
    """Whether there is a gh to ask."""
    return bool(site.shell.which("gh"))


def refused(argv: Sequence[str], lines: Sequence[str]) -> PortFailure:
    """Why gh did not do it, in one sentence with a hint."""
    title, said = clean(" ".join(argv[:3])), "\n".join(lines)
    for pattern, message, hint in MEANINGS:
        if re.search(pattern, said):
            return PortFailure(title, message, hint)
    last = next((line for line in reversed(lines) if line.strip()), "")
    return PortFailure(title, clean(last, LINE) or "it failed and said nothing.", "Try it by hand.")


def rows(
    site: Site, words: Sequence[str], fields: Sequence[str], *, many: bool = True, none: str = ""
) -> list[list[str]]:
    """The fields of each thing that `gh …` lists, as clean texts; a missing one is empty.

    Where it shows only one thing, `many` is False, and `none` is what it says where there is no such thing.

    Raises: PortFailure when there is no gh, it is not logged in, or the forge does not answer in time.
    """
    if not there(site):
        raise PortFailure("gh", "gh is not on the PATH.", "Install it and log in, or use the forge's page.")
    each = ".[] | " if many else ""
    wanted = f"{each}[{','.join(f'.{name}' for name in fields)}] | @json"
    names = ",".join(dict.fromkeys(name.partition(".")[0] for name in fields))
    argv = ("gh", *words, "--json", names, "--jq", wanted)
    ended = site.shell.run(argv, site.repository.root, timeout=PATIENCE)
    if ended.code and none and any(none in line for line in ended.lines):
        return []
    if ended.code:
        raise refused(argv, ended.lines)
    found = [row for line in ended.lines if (row := _row(line, len(fields))) is not None]
    if ended.lines and not found:
        raise PortFailure(
            f"gh {' '.join(words[:2])}", "it answered something else than was asked for.", "Try it by hand."
        )
    return found


def _row(line: str, length: int) -> list[str] | None:
    """The texts of a line that is a list of so many; None for any other line, such as a remark of gh's own."""
    try:
        read = json.loads(line)
    except ValueError:
        return None
    if not isinstance(read, list) or len(read) != length:
        return None
    return [clean(one if isinstance(one, str) else "" if one is None else json.dumps(one)) for one in read]
