"""Looking from the console whether items are done: by a key, by itself, and what is shown of it; on a real repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.proof import proof
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.screens.confirm import ConfirmScreen
from hotfix_tui.tui.widgets.sheet import Sheet
from tests.git_fixtures import commit
from tests.tui.console_fixtures import Stage, console, drawn, ready, shows, stage, what_is_shown_is_on_disk
from tests.tui.test_operating import answered, until

WIDE, NARROW = (120, 36), (80, 24)
BRANCH = "hotfix/v1.0.5"


def state(app: HotfixApp, id: str) -> str:
    """How the item on the screen stands."""
    case = console(app).present
    item = case.playbook.item(id)
    assert item is not None
    return proof(item, case.incident.item(id)).state


async def on_item(pilot: Pilot[None], id: str) -> None:
    """Put the checklist's cursor on this item of the shown phase."""
    app = pilot.app
    assert isinstance(app, HotfixApp)
    pane = console(app).pane("checklist")
    await pilot.press("g")
    for _ in range(30):
        if pane.key == id:
            return
        await pilot.press("j")
        await pilot.pause()
    raise AssertionError(f"no {id}:\n{drawn(app)}")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_v_looks_and_the_item_says_what_was_seen(tmp_path: Path, size: tuple[int, int]) -> None:
    """Not yet, then it is so; nothing is ticked, and the sentence says how to."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await on_item(pilot, "branch")
        assert "v looks whether the branch starts from the base" in drawn(app)
        await pilot.press("v")
        await until(pilot, lambda: f"not yet: there is no branch {BRANCH}" in drawn(app), "what was seen")
        made.repository.git("branch", BRANCH, "v1.0.4")
        commit(made.repository.root, "more.py", "x\n")
        await pilot.press("v")
        await until(pilot, lambda: "space marks it done" in drawn(app), "that it is so")
        await until(pilot, lambda: "it is so" in drawn(app), "the row")
        assert state(app, "branch") == "to do"
        assert console(app).present.incident.item("branch").mark != "done"
        what_is_shown_is_on_disk(made, app)


async def test_what_is_ticked_is_proven_by_itself_and_turns_red(tmp_path: Path) -> None:
    """A tick is looked at at once; when it proves wrong later, the row, its reason and the header say so."""
    made = stage(tmp_path)
    made.repository.git("branch", BRANCH, "v1.0.4")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await on_item(pilot, "branch")
        await pilot.press("space")
        await until(pilot, lambda: state(app, "branch") == "proven", "the proof")
        await until(pilot, lambda: "proven 03:" in drawn(app), "the word")
        made.repository.git("branch", "-q", "-D", BRANCH)
        await pilot.press("R")
        await until(pilot, lambda: state(app, "branch") == "contradicted", "the contradiction")
        await until(pilot, lambda: "[!] 1.5" in drawn(app), "the red row")
        assert f"there is no branch {BRANCH}" in drawn(app)
        assert "1.5 Create the hotfix branch" in drawn(app).splitlines()[2], "the header's risk"
        await pilot.press("u")
        await until(pilot, lambda: state(app, "branch") == "to do", "the undone tick")
        what_is_shown_is_on_disk(made, app)


async def test_details_tell_the_value_and_when(tmp_path: Path) -> None:
    """What proves it, what was seen and at what time; and v looks from there, too."""
    made = stage(tmp_path)
    made.repository.git("branch", BRANCH, "v1.0.4")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await on_item(pilot, "branch")
        await pilot.press("enter")
        await until(pilot, lambda: "Check" in drawn(app), "the details")
        await pilot.press("v")
        await until(pilot, lambda: "space marks it done" in drawn(app), "that it is so")
        await pilot.press("enter")
        await until(pilot, lambda: "Proof" in drawn(app), "the details")
        assert f"to do, 03:14Z: {BRANCH} starts from v1.0.4" in drawn(app)


async def test_an_item_without_a_check_says_so(tmp_path: Path) -> None:
    """Only a person can say it."""
    app = stage(tmp_path).app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await on_item(pilot, "impact")
        await pilot.press("v")
        await until(pilot, lambda: "nobody but you can say whether it is done" in drawn(app), "the sentence")


async def test_a_command_is_shown_before_it_runs(tmp_path: Path) -> None:
    """Its exact words, then `y`; what it said is the output of a job, and its end the item's evidence."""
    made = with_command(tmp_path, "printf", "all passed")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await on_item(pilot, "critical-tests")
        await pilot.press("v")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the command")
        assert "$ printf 'all passed'" in drawn(app)
        await answered(pilot, "y", ConfirmScreen)
        await until(pilot, lambda: "space marks it done" in drawn(app), "the end")
        (piece,) = console(app).present.incident.item("critical-tests").evidence
        assert piece.text.startswith("all passed\nexit code 0 at ")
        assert not app.work.busy
        await pilot.press("l")
        await until(pilot, lambda: "all passed" in drawn(app), "the output")


async def test_a_command_is_shown_the_same_whichever_key_runs_it(tmp_path: Path) -> None:
    """`v` runs what `r` runs, so that neither knows more of what it changes, or asks for less."""
    app = with_command(tmp_path, "printf", "all passed").app()
    shown = dict[str, str]()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await on_item(pilot, "critical-tests")
        for key in ("r", "v"):
            await pilot.press(key)
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen), "the command")
            screen = app.screen
            assert isinstance(screen, ConfirmScreen)
            shown[key] = "\n".join(sheet.text for sheet in screen.query(Sheet)).partition("Will run")[2]
            assert "level 2: hotfix cannot see what it changes" in drawn(app)
            await pilot.press("escape")
            await shows(pilot, "Cancelled: nothing ran.")
    assert shown["r"] == shown["v"]
    assert "which hotfix cannot see" in shown["v"]


def with_command(folder: Path, *argv: str) -> Stage:
    """The incident in its test phase, whose first item with a command has this one."""
    source = folder / "config" / "playbooks" / "crates-cli.toml"
    source.parent.mkdir(parents=True)
    from hotfix_tui.adapters.playbook_folders import BUILT_IN

    text = (BUILT_IN / "crates-cli.toml").read_text()
    start = text.index('id = "critical-tests"')
    first, rest = text[:start], text[start:]
    end = rest.index("\n", rest.index("\ncommand = ") + 1) if "command = [\n" not in rest[:1200] else 0
    begin = rest.index("\ncommand = ") + 1
    end = end or rest.index("]\n", begin) + 1
    words = ", ".join(f'"{word}"' for word in argv)
    source.write_text(first + rest[:begin] + f"command = [{words}]" + rest[end:])
    made = stage(folder, playbook="crates-cli")
    made.ask(i.EnterPhase("test", reason="the rest is done"))
    return made


async def test_all_are_looked_at_without_their_commands(tmp_path: Path) -> None:
    """`V` counts what is so, and names what would run a command; it asks the remote, too."""
    app = stage(tmp_path).app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("V")
        await until(pilot, lambda: "run a command: v on each" in drawn(app), "the count")
        assert " are so" in drawn(app)


async def test_reading_only_records_nothing(tmp_path: Path) -> None:
    """The look is told all the same; nothing is looked at by itself, and no command is offered."""
    made = stage(tmp_path, read_only=True)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        length = console(app).present.length
        await on_item(pilot, "branch")
        await pilot.press("v")
        await until(pilot, lambda: "not yet: there is no branch" in drawn(app), "what was seen")
        assert made.store.length(made.case.id) == length


async def test_what_an_operation_did_on_the_remote_is_proven_at_once(tmp_path: Path) -> None:
    """After the merge its item is no mere claim: the remote is asked, and the risk that the fix is not back is gone."""
    made = stage(tmp_path)
    box = made.repository
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    commit(box.root, "fix.py", "fixed\n", "the fix")
    app = made.app()
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        app.work.plan("merge-back", "merged")
        await answered(pilot, "y", ConfirmScreen)
        await shows(pilot, "proven: hotfix/v1.0.5")
        incident = console(app).present.incident
        assert state(app, "merged") == "proven"
        assert "origin has main at" in next(iter(incident.operations.values())).detail
        what_is_shown_is_on_disk(made, app)


async def test_not_yet_goes_when_it_is_done_another_way(tmp_path: Path) -> None:
    """By R, also where only the remote can say so: the item is still open, and `it is so`."""
    made = stage(tmp_path, playbook="npm-package")
    made.ask(i.EnterPhase("branch", reason="the rest was done by phone"))
    box = made.repository
    app = made.app()
    async with app.run_test(size=(120, 50)) as pilot:
        await ready(pilot)
        pushed = next(x for p in made.case.playbook.phases for x in p.items if x.check == "pushed")
        await on_item(pilot, pushed.id)
        await pilot.press("v")
        await shows(pilot, "not yet: ")
        box.git("switch", "-q", "-c", BRANCH, "v1.0.4")
        commit(box.root, "fix.py", "fixed\n", "the fix")
        box.git("push", "-q", "origin", BRANCH)
        await pilot.press("R")
        await shows(pilot, "it is so")
        assert state(app, pushed.id) == "to do"
        what_is_shown_is_on_disk(made, app)
