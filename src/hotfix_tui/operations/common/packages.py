"""What is known of the programs that publish: how each rehearses, and how its registry is asked for a version."""

from __future__ import annotations

import json
import re
import tomllib

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import LINE, clean
from hotfix_tui.ports import Finished, Site


@record(frozen=True, slots=True)
class Tool:
    """A program that publishes. The words of its proof know {name} and {version}."""

    begins: tuple[str, ...]
    """How its command begins."""
    rehearsal: tuple[str, ...]
    """What is added to rehearse; empty where it cannot."""
    manifest: str
    """The file that names the package."""
    proof: tuple[str, ...]
    """What shows the version once it is there."""


TOOLS = (
    Tool(("npm", "publish"), ("--dry-run",), "package.json", ("npm", "view", "{name}@{version}", "version")),
    Tool(("pnpm", "publish"), ("--dry-run",), "package.json", ("npm", "view", "{name}@{version}", "version")),
    Tool(
        ("cargo", "publish"),
        ("--dry-run",),
        "Cargo.toml",
        ("cargo", "info", "--registry=crates-io", "{name}@{version}"),
    ),
)


def tool_of(argv: tuple[str, ...]) -> Tool | None:
    """The known program that this command starts."""
    return next((one for one in TOOLS if argv[: len(one.begins)] == one.begins), None)


def rehearsal_of(argv: tuple[str, ...]) -> tuple[str, ...]:
    """The same command as a rehearsal; empty where the program has none that is known."""
    tool = tool_of(argv)
    if tool is None or not tool.rehearsal:
        return ()
    place = len(tool.begins)
    return (*argv[:place], *tool.rehearsal, *argv[place:])


def package_of(site: Site, commit: str, argv: tuple[str, ...]) -> str:
    """The package's name as its manifest says at this commit; empty when it says none. Raises: PortFailure."""
    tool = tool_of(argv)
    data = site.history.file(commit, tool.manifest) if tool and commit else None
    if tool is None or data is None:
        return ""
    try:
        read = json.loads(data) if tool.manifest.endswith(".json") else tomllib.loads(data.decode())
    except ValueError:
        return ""
    whole = read if isinstance(read, dict) else {}
    part = whole.get("package") if tool.manifest == "Cargo.toml" else whole
    name = part.get("name", "") if isinstance(part, dict) else ""
    return name if isinstance(name, str) and name and clean(name) == name and not name.startswith("-") else ""


ABSENT = ("could not find", "E404")
"""What cargo and npm say of a version that is not there; anything else may be the network."""
_ERROR = re.compile(r"(?:npm (?:error|ERR!)|error:)\s+(?:code\s+)?(?P<text>\S.*)")
_ENDS = ("A complete log", "Log files were not written")
"""How the last lines of npm's errors begin, which say where to read more and not what went wrong."""


def complaint(ended: Finished) -> str:
    """What the program says went wrong, in one line: its first two errors, else its last line."""
    found = (_ERROR.fullmatch(line.strip()) for line in ended.lines)
    errors = [one["text"] for one in found if one and not one["text"].startswith(_ENDS)]
    last = next((line.strip() for line in reversed(ended.lines) if line.strip()), f"exit code {ended.code}")
    return clean(": ".join(errors[:2]) or last, LINE)


def absent(ended: Finished) -> bool:
    """Whether the registry was asked, and has no such thing."""
    return bool(ended.code) and any(word in line for line in ended.lines for word in ABSENT)


def unanswered(title: str, ended: Finished) -> PortFailure:
    """The registry does not say what was asked for, in the program's own words."""
    nothing = "Nothing is published there under this name, so nothing can be taken back."
    todo = nothing if absent(ended) else "Look whether it can be reached."
    return PortFailure(title, f"{complaint(ended).rstrip('.')}.", todo)


def proof_of(argv: tuple[str, ...], name: str, version: str) -> tuple[str, ...]:
    """What shows the version in the program's registry; empty where that is not known."""
    tool = tool_of(argv)
    if tool is None or not name:
        return ()
    return tuple(part.format(name=name, version=version) for part in tool.proof)
