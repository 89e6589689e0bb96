"""A document becomes a playbook file: where it goes, what is never overwritten, and a document that has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotfix_tui.adapters.playbook_folders import PlaybookFolders
from tests.cli_fixtures import Cli

DOCUMENT = """\
# Hot fixes

## Severity

| Level | Meaning | Resolve within |
|---|---|---|
| P0 | All is down | 4 hours |
| P1 | Much is down | 1 day |

## Phase 1: Assess (5-10 min)

- [ ] Confirm the bug
- [ ] Tell the team

## Phase 2: Fix (1 hour)

- [ ] Write the smallest fix

```bash
cargo test
```

- [ ] Have it read
"""


@pytest.fixture
def document(cli: Cli) -> Path:
    """HOTFIX.md in a repository."""
    (cli.folder / ".git").mkdir()
    path = cli.folder / "HOTFIX.md"
    path.write_text(DOCUMENT)
    return path


@pytest.fixture
def playbook(cli: Cli, document: Path) -> Path:
    """The playbook that was imported from it."""
    assert cli("playbook", "import", "HOTFIX.md").code == 0
    return cli.folder / ".hotfix" / "playbook.toml"


def edit(path: Path, old: str, new: str) -> None:
    """Change some words in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_document_becomes_the_repositorys_playbook(cli: Cli, document: Path) -> None:
    """In one command: it is shown, written, checked, and can be declared with."""
    answer = cli("playbook", "import", "HOTFIX.md")
    assert answer.code == 0, answer.err
    assert "Phase 1: Assess" in answer.out
    assert "playbook.toml: ok" in answer.err
    assert "hotfix playbook trust" in answer.err
    declared = cli("declare", "It is down", "--playbook", "hot-fixes", "--answer", "level=1")
    assert declared.code == 0, declared.err
    assert cli("list", "--json").data["incidents"][0]["severity"] == "P0"


def test_outside_of_a_repository_it_is_the_users_own(cli: Cli) -> None:
    """Named by its id, in the configuration."""
    (cli.folder / "HOTFIX.md").write_text(DOCUMENT)
    assert cli("playbook", "import", "HOTFIX.md").code == 0
    assert (cli.data.parent / "playbooks" / "hot-fixes.toml").is_file()


def test_what_was_imported_runs_nothing_before_it_was_seen(cli: Cli, document: Path) -> None:
    """Also where what lies there is trusted otherwise; once somebody said yes to this very text, it may run."""
    assert cli("playbook", "import", "HOTFIX.md", "--user").code == 0
    trusted = {one["id"]: one["trusted"] for one in cli("playbook", "list", "--json").data["playbooks"]}
    assert [trusted["hot-fixes"], trusted["team"]] == [False, True]
    assert PlaybookFolders(None, cli.data.parent).own_digests()
    assert cli("playbook", "trust", "hot-fixes", "--yes").code == 0
    trusted = {one["id"]: one["trusted"] for one in cli("playbook", "list", "--json").data["playbooks"]}
    assert trusted["hot-fixes"]


@pytest.mark.parametrize("data", [b"", b"\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_document_is_refused(cli: Cli, document: Path, data: bytes) -> None:
    """In one sentence, and nothing is written."""
    document.write_bytes(data)
    answer = cli("playbook", "import", "HOTFIX.md")
    assert (answer.code, answer.out) == (5, "")
    assert "HOTFIX.md is empty, so nothing was written." in answer.err
    assert not (cli.folder / ".hotfix").exists()


def test_the_report_says_how_many_items_were_written(cli: Cli, document: Path) -> None:
    """Beside the boxes of the document, since lists and commands are asked for as well."""
    answer = cli("playbook", "import", "HOTFIX.md")
    written = (cli.folder / ".hotfix" / "playbook.toml").read_text().count("[[phase.item]]")
    assert f"  {written} in the playbook" in answer.out
    assert "  4 live boxes\n" in answer.out
    assert "\nItems\n" in answer.out


def test_a_playbook_by_hand_is_never_overwritten(cli: Cli, document: Path) -> None:
    """Nor one that comes from another document; only --force does."""
    assert cli("playbook", "new").code == 0
    playbook = cli.folder / ".hotfix" / "playbook.toml"
    before = playbook.read_text()
    answer = cli("playbook", "import", "HOTFIX.md")
    assert answer.code == 5
    assert "no imported playbook" in answer.err
    assert playbook.read_text() == before
    assert cli("playbook", "import", "HOTFIX.md", "--force").code == 0
    (cli.folder / "OTHER.md").write_text(DOCUMENT)
    answer = cli("playbook", "import", "OTHER.md")
    assert "was imported from HOTFIX.md" in answer.err


def test_the_same_document_again_changes_nothing(cli: Cli, playbook: Path) -> None:
    """Hand edits or not."""
    edit(playbook, '"Tell the team"', '"Tell the team, loudly"')
    before = playbook.read_bytes()
    answer = cli("playbook", "import", "HOTFIX.md")
    assert answer.code == 0
    assert "nothing was written" in answer.err
    assert playbook.read_bytes() == before


def test_hand_edits_stay_and_the_documents_changes_come(cli: Cli, playbook: Path, document: Path) -> None:
    """A reworded item keeps its id, and what was written to it."""
    edit(playbook, 'text = "Confirm the bug"', 'text = "Confirm the bug"\nevidence = "the log"')
    edit(document, "Confirm the bug", "Confirm the bug twice")
    edit(document, "- [ ] Have it read", "- [ ] Have it read\n- [ ] Merge it")
    answer = cli("playbook", "import", "HOTFIX.md")
    assert answer.code == 0, answer.err
    assert "+ item “merge-it”: added  “Merge it”" in answer.out
    assert "2 changes of the document, no conflicts, 1 hand edit kept." in answer.err
    text = playbook.read_text()
    assert 'id = "confirm-the-bug"\ntext = "Confirm the bug twice"\nevidence = "the log"\n' in text
    assert text.index("have-it-read") < text.index("merge-it")


@pytest.mark.parametrize(("accept", "kept"), [("ours", "Tell them all"), ("theirs", "Tell the company")])
def test_a_conflict_is_decided_by_a_person(
    cli: Cli, playbook: Path, document: Path, accept: str, kept: str
) -> None:
    """Without a word nothing is written; what was decided is not asked again."""
    edit(playbook, '"Tell the team"', '"Tell them all"')
    edit(document, "Tell the team", "Tell the company")
    before = playbook.read_bytes()
    answer = cli("playbook", "import", "HOTFIX.md")
    assert answer.code == 5
    assert "! item “tell-the-team”, text: changed in both" in answer.out
    assert "--accept ours or --accept theirs" in answer.err
    assert playbook.read_bytes() == before
    assert cli("playbook", "import", "HOTFIX.md", "--accept", accept).code == 0
    assert f'"{kept}"' in playbook.read_text()
    assert "nothing was written" in cli("playbook", "import", "HOTFIX.md").err


def test_without_what_the_last_import_wrote_everything_is_asked(
    cli: Cli, playbook: Path, document: Path
) -> None:
    """Nobody knows then what was changed by hand."""
    playbook.with_suffix(".imported").unlink()
    edit(playbook, '"Tell the team"', '"Tell them all"')
    answer = cli("playbook", "import", "HOTFIX.md")
    assert answer.code == 5
    assert "nobody knows which edits were made by hand" in answer.err


def test_a_playbook_that_was_broken_by_hand_is_told(cli: Cli, playbook: Path) -> None:
    """With its line; nothing is written over it."""
    edit(playbook, 'title = "Assess"', 'titel = "Assess"')
    answer = cli("playbook", "import", "HOTFIX.md")
    assert answer.code == 5
    assert "unknown key “titel”" in answer.err


def test_it_can_only_be_shown_or_printed(cli: Cli, document: Path) -> None:
    """--show and --json write nothing; "-o -" prints the TOML and nothing else."""
    assert "Phase 1: Assess" in cli("playbook", "import", "HOTFIX.md", "--show").out
    assert cli("playbook", "import", "HOTFIX.md", "--json").data["items"] == 4
    printed = cli("playbook", "import", "HOTFIX.md", "-o", "-").out
    assert printed.startswith("# Imported from HOTFIX.md, sha256 ")
    assert not (cli.folder / ".hotfix").exists()


def test_read_only_writes_nothing(cli: Cli, document: Path) -> None:
    """It says so, before anything is made."""
    answer = cli("playbook", "import", "HOTFIX.md", "--read-only")
    assert answer.code != 0
    assert not (cli.folder / ".hotfix").exists()
    assert cli("playbook", "import", "HOTFIX.md", "--show", "--read-only").code == 0
