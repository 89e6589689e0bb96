"""What was chosen for a plan can be changed in its preview, and what was said once is known from then on."""

from __future__ import annotations

from pathlib import Path

from hotfix_tui.tui.screens.ask import AskScreen
from hotfix_tui.tui.screens.choose import ChooseScreen
from hotfix_tui.tui.screens.confirm import ConfirmScreen
from tests.git_fixtures import git
from tests.tui.console_fixtures import console, drawn, ready, shows, stage, what_is_shown_is_on_disk
from tests.tui.test_operating import answered, until

WIDE = (120, 36)


async def test_a_commit_s_untold_parts_are_told_before_it_runs(tmp_path: Path) -> None:
    """`c` in the preview lists what can be chosen, the message's words first; the plan is made anew with the answer,
    and the tag made later knows the issue without asking.
    """
    made = stage(tmp_path)
    made.repository.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    (made.repository.root / "unlock.py").write_text("mended\n")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.work.plan("commit", "")
        await shows(pilot, "the issue's number")
        await pilot.press("4", "2", "enter")
        await shows(pilot, "#42⏎⏎not told", "c changes what was chosen")
        await answered(pilot, "c", ConfirmScreen)
        await shows(pilot, "Change what?", "explanation  what was changed", "paths  the files")
        await pilot.press("slash", *"explan", "enter")
        await until(pilot, lambda: isinstance(app.screen, AskScreen), "the question")
        await pilot.press(*"the path is quoted", "enter")
        await shows(pilot, "path is quoted", "Press y to run it")

        await answered(pilot, "y", ConfirmScreen)
        await until(pilot, lambda: not app.work.busy and "Commit 1 file: done" in drawn(app), "the end")
        message = git(made.repository.root, "log", "-1", "--format=%B")
        assert "Fixes #42" in message
        assert "the path is quoted" in message
        what_is_shown_is_on_disk(made, app)
        app.work.plan("tag", "tagged")
        await shows(pilot, "what users see")
        await pilot.press(*"it crashes", "enter")
        await shows(pilot, "Fixes #42⏎⏎Critical", "Critical fix for it ", " crashes.⏎⏎See")


async def test_leaving_the_change_goes_back_to_the_plan(tmp_path: Path) -> None:
    """Esc in the list and esc in the question show the same plan again, and nothing was run."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("b")
        await answered(pilot, "c", ConfirmScreen)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen), "the list")
        await pilot.press("escape")
        await shows(pilot, "Create hotfix/v1.0.5 from v1.0.4", "Press y")
        await answered(pilot, "c", ConfirmScreen)
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen), "the list")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskScreen), "the question")
        await pilot.press(*"v1.0.3", "enter")
        await shows(pilot, "Create hotfix/v1.0.5 from v1.0.3")
        await answered(pilot, "escape", ConfirmScreen)
        assert console(app).present.incident.operations == {}


async def test_at_level_three_the_change_is_a_button(tmp_path: Path) -> None:
    """There every letter belongs to the typed word: tab goes to Change, and enter takes it."""
    made = stage(tmp_path)
    made.repository.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.work.plan("tag", "tagged", {"issue": "42", "symptom": "it crashes"})
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the plan")
        await pilot.pause(0.5)
        await pilot.press("c")
        await shows(pilot, "> c_")
        await pilot.press("tab", "tab", "tab", "enter")
        await shows(pilot, "Change what?", "symptom  what users see")


async def test_a_base_that_cannot_be_found_is_asked_for(tmp_path: Path) -> None:
    """Without a release tag the question tells why, and main will do."""
    made = stage(tmp_path)
    for tag in made.repository.git("tag").splitlines():
        made.repository.git("tag", "-d", tag)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        app.work.plan("branch", "branch", {"base": "latest-release", "branch": "hotfix/x"})
        await shows(pilot, "There is no release tag like v1.2.3 here", "where it starts: a tag, main")
        await pilot.press(*"main", "enter")
        await shows(pilot, "Create hotfix/x from main")
