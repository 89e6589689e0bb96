"""`hotfix playbook show` leaves nothing of a playbook out, and `hotfix playbook new` none of the schema."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hotfix_tui.cli.playbook_words import words
from hotfix_tui.domain.durations import spoken
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.loading import read
from hotfix_tui.loading.structure import fields_of
from tests.cli_fixtures import PLAYBOOK, Cli
from tests.lint.faults import STARTING

BUILT_IN = sorted((Path(__file__).resolve().parents[2] / "src/hotfix_tui/playbooks").glob("*.toml"))


def leaves(value: Any, around: Any = None) -> Iterator[str]:
    """Everything that a playbook says, as words."""
    if is_dataclass(value):
        for field in fields(value):
            said = getattr(value, field.name)
            if said != field.default and field.name != "command":
                yield from leaves(said, value)
    elif isinstance(value, tuple | dict):
        for entry in (*value, *(value.values() if isinstance(value, dict) else ())):
            yield from leaves(entry)
    elif isinstance(value, timedelta):
        yield spoken(value)
    elif isinstance(value, str):
        yield from (line.strip() for line in value.strip().split("\n"))


@pytest.mark.parametrize("file", BUILT_IN, ids=[file.stem for file in BUILT_IN])
def test_nothing_of_a_playbook_is_left_out(file: Path) -> None:
    """Each text, id and time of every part can be read."""
    playbook = read(file.read_bytes(), file.name)
    shown = "\n".join(["task", playbook.id, playbook.title, *words(playbook)])
    assert [leaf for leaf in leaves(playbook) if leaf not in shown] == []


def test_an_item_has_its_marks_and_its_command(cli: Cli) -> None:
    """What can be seen of it at a glance stands behind its text; a command stands as it is typed."""
    (cli.folder / "ours.toml").write_text(STARTING)
    said = cli("playbook", "show", "ours.toml").out
    assert (
        "    3.2 Tag it and push the tag (released) [cannot be undone]\n      $ git push origin 'refs/tags/v$fix'"
        in said
    )
    assert "    1.1 See it fail (confirmed) [blocks fix]\n" in said
    assert "      due: after declared: within 24h\n      when: personal-data\n" in said
    assert "  base: latest-release\n" in said, "what holds by default is said too"
    assert said.startswith("Our emergency fix (our-team, file, not trusted)\n")


def test_no_text_looks_like_a_line_of_its_own(cli: Cli) -> None:
    """A line end in a text is a mark, and what a terminal obeys has a number."""
    evil = PLAYBOOK.replace('text = "Confirm it"', 'text = "Confirm\\n    1.2 Fine (x)\\u202e\\u001b[2J"')
    (cli.folder / "evil.toml").write_text(evil)
    said = cli("playbook", "show", "evil.toml").out
    assert "1.1 Confirm⏎    1.2 Fine (x)<U+202E> (confirm)" in said
    assert "\x1b" not in said


def schema(shape: Any = Playbook, table: str = "") -> Iterator[tuple[str, str]]:
    """Every key of the schema with the name of the table that it stands in."""
    for field in fields_of(shape):
        yield table, field.key
        inner = [part for part in (field.shape, *typing.get_args(field.shape)) if is_dataclass(part)]
        if inner and field.key not in {"when", "due", "opens"}:
            yield from schema(inner[0], f"{table}.{field.key}".lstrip("."))


def test_the_starting_playbook_shows_every_key() -> None:
    """At least as a comment; the keys of an item and of a field are shown once."""
    bare = re.sub(r"^# (?=[a-z[])", "", STARTING, flags=re.MULTILINE)
    missing = [
        f"{table} {key}"
        for table, key in schema()
        if not re.search(rf"(?<![\w]){key}\b(?: =|\]| must)|\b{key} and |, {key}\b", bare)
        and not re.search(rf"^\[+[\w.]*\b{key}\]", bare, re.MULTILINE)
    ]
    assert missing == []
    assert len(list(schema())) > 200


def test_a_new_playbook_is_written_once(cli: Cli) -> None:
    """To the repository's usual place, or where somebody says; never over another one unless told to."""
    (cli.folder / ".git").mkdir()
    answer = cli("playbook", "new")
    file = cli.folder / ".hotfix" / "playbook.toml"
    assert (answer.code, answer.out) == (0, f"{file}\n")
    assert "hotfix playbook check" in answer.err
    assert "hotfix playbook trust" in answer.err
    assert file.read_text() == STARTING
    assert cli("playbook", "check", "--strict", "our-team").code == 0
    file.write_text("mine")
    answer = cli("playbook", "new")
    assert (answer.code, file.read_text()) == (1, "mine")
    assert "--force" in answer.err
    assert cli("playbook", "new", "--force").code == 0
    assert file.read_text() == STARTING
    assert cli("playbook", "new", "ours.toml").code == 0
    assert (cli.folder / "ours.toml").read_text() == STARTING
    assert cli("playbook", "new", "none/ours.toml").code == 1
    assert cli("playbook", "new", "-").out == STARTING
    assert cli("--read-only", "playbook", "new", "other.toml").code == 5
    assert not (cli.folder / "other.toml").exists()


def test_a_new_playbook_stays_in_the_repository(cli: Cli, tmp_path: Path) -> None:
    """Where .hotfix leads somewhere else, or is a file, nothing is written (row 54)."""
    (cli.folder / ".git").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (cli.folder / ".hotfix").symlink_to(tmp_path / "elsewhere")
    answer = cli("playbook", "new")
    assert answer.code == 1
    assert "leads out of the repository" in answer.err
    assert list((tmp_path / "elsewhere").iterdir()) == []
    (cli.folder / ".hotfix").unlink()
    (cli.folder / ".hotfix").write_text("")
    assert "a file stands in its place" in cli("playbook", "new").err
