"""Every kind of version file, on small projects: a folder of before and after each."""

from __future__ import annotations

from pathlib import Path

import pytest

import hotfix_tui.manifests
from hotfix_tui.manifests import MANIFESTS
from hotfix_tui.manifests.bumping import bump
from hotfix_tui.manifests.files import named
from hotfix_tui.manifests.neighbours import matches, wanted
from tests.manifests.reading_cases import Example, examples

EXAMPLES = examples()


def given(example: Example) -> dict[str, bytes]:
    """What an operation reads: the named files, and those that they ask for."""
    files = {path: example.before[path] for path in named(example.rules)}
    patterns = wanted(files, example.rules)
    return files | {
        path: data
        for path, data in example.before.items()
        if any(matches(pattern, path) for pattern in patterns)
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_only_the_versions_own_characters_change(example: Example) -> None:
    """Every file that names the project's version says the new one afterwards, and every other byte is as it was."""
    result = bump(given(example), example.rules, example.new, example.old)
    assert {edit.path: edit.after.decode() for edit in result.edits} == {
        path: data.decode() for path, data in example.after.items()
    }
    assert result.notes == example.notes


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_second_time_there_is_nothing_left_to_do(example: Example) -> None:
    """After a crash the same question is asked again: files that say the new version are left alone."""
    files = given(example) | example.after
    assert bump(files, example.rules, example.new).edits == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_preview_shows_each_changed_line_and_no_other(example: Example) -> None:
    """The preview has one minus and one plus for every line that changes."""
    result = bump(given(example), example.rules, example.new)
    shown = [line for line in result.preview.splitlines() if line[:1] == "+" and line[:3] != "+++"]
    expected = [
        "+" + line
        for edit in result.edits
        for old, line in zip(edit.before.decode().split("\n"), edit.after.decode().split("\n"), strict=True)
        if old != line
    ]
    assert [line.replace("\t", " ") for line in expected] == shown


def test_every_format_is_in_the_table() -> None:
    """A module that reads a kind of version file is found by file name only through the table."""
    folder = Path(hotfix_tui.manifests.__file__).parent
    modules = {
        path.stem
        for path in folder.glob("*.py")
        if "\ndef read(path: str, text: str) -> Reading:" in path.read_text()
    }
    known = {manifest.read.__module__.rpartition(".")[2] for manifest in MANIFESTS}
    assert modules == known, f"add to MANIFESTS in manifests/__init__.py: {sorted(modules - known)}"


def test_every_format_has_a_case() -> None:
    """Every kind of version file is in at least one project under cases/."""
    paths = [path for example in EXAMPLES for path in example.before]
    names = {path.rpartition("/")[2] for path in paths}
    without = [
        kind.names for kind in MANIFESTS if not any(matches(p, name) for p in kind.names for name in names)
    ]
    assert not without, f"add a folder to tests/manifests/cases for {without}"
