"""The folders under cases/: what a project was, what its playbook says, and what it is afterwards."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.domain.record import record

FOLDER = Path(__file__).parent / "cases"


@record(frozen=True, slots=True)
class Example:
    """A project before and after its version was raised."""

    name: str
    rules: VersionRules
    new: str
    old: str
    notes: tuple[str, ...]
    before: dict[str, bytes]
    after: dict[str, bytes]
    """Only the files that change."""


def examples() -> list[Example]:
    """Every example there is."""
    return [example(folder) for folder in sorted(FOLDER.iterdir())]


def example(folder: Path) -> Example:
    """The example in this folder."""
    said = tomllib.loads((folder / "case.toml").read_text())
    rules = VersionRules(
        files=tuple(said["files"]),
        lock_files=tuple(said.get("lock_files", ())),
        patterns=said.get("patterns"),
    )
    notes = tuple(said.get("notes", ()))
    return Example(
        folder.name,
        rules,
        said["new"],
        said.get("old", ""),
        notes,
        contents(folder / "before"),
        contents(folder / "after"),
    )


def contents(folder: Path) -> dict[str, bytes]:
    """All files below the folder, by their path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
