"""What is known of the programs that publish: how each rehearses, and how its registry is asked for a version."""

from __future__ import annotations

import json
import tomllib

from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import clean
from hotfix_tui.ports import Site


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


def proof_of(argv: tuple[str, ...], name: str, version: str) -> tuple[str, ...]:
    """What shows the version in the program's registry; empty where that is not known."""
    tool = tool_of(argv)
    if tool is None or not name:
        return ()
    return tuple(part.format(name=name, version=version) for part in tool.proof)
