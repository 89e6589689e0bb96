"""Importing from home by keyboard: which document, the review, and a playbook that lies there already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hotfix_tui.adapters.import_files import ImportFiles
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.output import OutputScreen
from hotfix_tui.tui.screens.review import ReviewScreen
from tests.tui.console_fixtures import Stage, drawn, stage

WIDE = (120, 36)
DOCUMENT = """\
# Hot fixes

## Phase 1: Assess (5-10 min)

- [ ] Confirm the bug
- [ ] Tell the team

## Phase 2: Fix (1 hour)

- [ ] Write the smallest fix
"""


@pytest.fixture
def made(tmp_path: Path) -> Stage:
    """A repository with two documents."""
    made = stage(tmp_path)
    root = made.repository.root
    (root / "docs").mkdir()
    (root / "docs" / "HOTFIX.md").write_text(DOCUMENT)
    (root / "README.md").write_text("# App\n")
    shelf = ImportFiles(root, made.services.settings.config_dir)
    made.services = replace(made.services, import_files=lambda: shelf)
    return made


def playbook(made: Stage) -> Path:
    """Where the playbook goes."""
    return made.repository.root / ".hotfix" / "playbook.toml"


async def top(pilot: Pilot[None], kind: type) -> None:
    """Wait until a screen of this kind is on top."""
    for _ in range(400):
        if isinstance(pilot.app.screen, kind):
            await pilot.pause()
            return
        await pilot.pause(0.02)
    raise AssertionError(f"no {kind.__name__}: {pilot.app.screen}")


async def told(pilot: Pilot[None], words: str) -> None:
    """Wait until the application says so."""
    app = pilot.app
    for _ in range(400):
        if any(words in " ".join(note.message.split()) for note in app._notifications):
            return
        await pilot.pause(0.02)
    raise AssertionError(words)


async def imported(app: HotfixApp, pilot: Pilot[None], *keys: str) -> None:
    """From home to the review of the likeliest document, these keys there, then w."""
    await pilot.pause()
    await pilot.press("i")
    await top(pilot, ChooseScreen)
    await pilot.press("enter")
    await top(pilot, ReviewScreen)
    await pilot.press(*keys, "w")


async def test_from_home_to_a_playbook_in_five_keys(made: Stage) -> None:
    """The likeliest document comes first; what was written is checked, and how to trust it is said."""
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await imported(app, pilot)
        await top(pilot, OutputScreen)
        assert "Written" in drawn(app)
        assert "hotfix playbook trust" in drawn(app)
    text = playbook(made).read_text()
    assert text.startswith("# Imported from HOTFIX.md, sha256 ")
    assert 'text = "Tell the team"' in text


async def test_what_is_left_out_stays_out_also_of_further_imports(made: Stage) -> None:
    """A decision of the review is an edit by hand: the next import keeps it."""
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await imported(app, pilot, "j", "j", "d")
        await top(pilot, OutputScreen)
    assert "tell-the-team" not in playbook(made).read_text()
    document = made.repository.root / "docs" / "HOTFIX.md"
    document.write_text(DOCUMENT + "- [ ] Have it read\n")
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await imported(app, pilot)
        await top(pilot, OutputScreen)
        assert "+ item “have-it-read”: added" in drawn(app)
    text = playbook(made).read_text()
    assert "have-it-read" in text
    assert "tell-the-team" not in text


@pytest.mark.parametrize(("answer", "kept"), [("y", "Tell them all"), ("d", "Tell the company")])
async def test_a_conflict_is_asked_entry_by_entry(made: Stage, answer: str, kept: str) -> None:
    """Yours and the document's stand one below the other."""
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await imported(app, pilot)
        await top(pilot, OutputScreen)
    mine = playbook(made).read_text().replace("Tell the team", "Tell them all")
    playbook(made).write_text(mine)
    document = made.repository.root / "docs" / "HOTFIX.md"
    document.write_text(DOCUMENT.replace("Tell the team", "Tell the company"))
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await imported(app, pilot)
        await top(pilot, ChooseScreen)
        assert "yours: Tell them all" in drawn(app)
        assert "document: Tell the company" in drawn(app)
        await pilot.press(answer)
        await top(pilot, OutputScreen)
    assert f'text = "{kept}"' in playbook(made).read_text()


async def test_esc_at_a_conflict_writes_nothing(made: Stage) -> None:
    """Everything stays as it was."""
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await imported(app, pilot)
        await top(pilot, OutputScreen)
    mine = playbook(made).read_text().replace("Tell the team", "Tell them all")
    playbook(made).write_text(mine)
    document = made.repository.root / "docs" / "HOTFIX.md"
    document.write_text(DOCUMENT.replace("Tell the team", "Tell the company"))
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await imported(app, pilot)
        await top(pilot, ChooseScreen)
        await pilot.press("escape")
        await told(pilot, "Nothing was written.")
    assert playbook(made).read_text() == mine


async def test_a_playbook_by_hand_is_not_touched(made: Stage) -> None:
    """It is said, and nothing is written."""
    playbook(made).parent.mkdir()
    playbook(made).write_text("schema = 1\n")
    app = made.app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await imported(app, pilot)
        await told(pilot, "was left as it is")
    assert playbook(made).read_text() == "schema = 1\n"


async def test_a_console_that_only_reads_imports_nothing(tmp_path: Path) -> None:
    """It says so."""
    app = stage(tmp_path, read_only=True).app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("i")
        await told(pilot, "nothing can be imported")


async def test_a_document_named_at_the_start_is_reviewed_at_once(made: Stage) -> None:
    """As `hotfix playbook import --review FILE` does."""
    app = HotfixApp(made.services, made.app().terminal, None, ("docs/HOTFIX.md", ""))
    async with app.run_test(size=WIDE) as pilot:
        await top(pilot, ReviewScreen)
        assert "Confirm the bug" in drawn(app)
