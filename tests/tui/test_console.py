from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from hotfix_tui.domain import intents as i
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.filters import ControlFilter
from tests.tui.console_fixtures import console, drawn, ready, shows, stage, what_is_shown_is_on_disk, worked

WIDE = (120, 36)

ONLY_READS = "This console only reads. Start it without --read-only to change anything."


async def carried(app: HotfixApp, length: int) -> None:
    """Wait until so many entries are in the log on screen."""
    for _ in range(500):
        if console(app).present.length >= length:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"only {console(app).present.length} entries came")


async def test_space_marks_an_item_and_u_takes_it_back(tmp_path: Path) -> None:
    """What the screen shows as done is on disk; undo is a new entry, redo another."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        before = made.case.length
        await pilot.press("space")
        await carried(app, before + 1)
        assert console(app).present.incident.item("confirmed").mark == "done"
        await pilot.pause()
        assert "[x] 1.1" in drawn(app)
        what_is_shown_is_on_disk(made, app)
        await pilot.press("u")
        await carried(app, before + 2)
        assert console(app).present.incident.item("confirmed").mark == "open"
        await pilot.press("U")
        await carried(app, before + 3)
        assert console(app).present.incident.item("confirmed").mark == "done"
        what_is_shown_is_on_disk(made, app)


async def test_a_closed_gate_asks_for_its_reason(tmp_path: Path) -> None:
    """Entering a phase with open items asks why, and the answer is recorded."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("greater_than_sign")
        await pilot.pause(0.1)
        assert "Why go on all the same?" in drawn(app)
        await pilot.press(*"late", "enter")
        await carried(app, made.case.length + 2)
        assert console(app).present.incident.phase == "fix"
        assert console(app).present.incident.phases["fix"].reason == "late"
        what_is_shown_is_on_disk(made, app)


async def test_the_console_stays_with_the_phase_that_ran_last(tmp_path: Path) -> None:
    """Once the incident is closed no phase runs; the checklist and the cursor among the phases stay where they were."""
    made = worked(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        assert console(app).pane("phases").key == "fix"
        await pilot.press("1")
        console(app).ask(i.Resolve("the users say so"))
        await carried(app, made.case.length + 1)
        console(app).ask(i.Close(reason="it is a test"))
        for _ in range(200):
            if console(app).present.incident.status == "closed":
                break
            await pilot.pause(0.01)
        await pilot.pause()
        assert console(app).present.incident.phase == ""
        assert console(app).pane("phases").key == "fix"
        assert "Checklist  phase 2 " in drawn(app)
        assert "not the running phase" not in drawn(app)


async def test_a_note_is_dated_back(tmp_path: Path) -> None:
    """`@03:10` at the beginning of a note is when it happened."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("a", *"@03:10 seen first", "enter")
        await carried(app, made.case.length + 1)
        newest = console(app).present.incident.log[-1]
        assert newest.happened_at.strftime("%H:%M") == "03:10"
        what_is_shown_is_on_disk(made, app)


async def test_a_note_s_moment_is_read_back_while_it_is_typed(tmp_path: Path) -> None:
    """Yesterday is said to be yesterday, a wrong time is said to be one before enter, and enter does not take it."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("a", *"@25:00 seen")
        await pilot.pause(0.1)
        assert "“@25:00” is no time" in drawn(app)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert made.store.length(made.case.id) == made.case.length
        await pilot.press("ctrl+u", *"@03:30 seen")
        await pilot.pause(0.1)
        assert "will be written at 03:30Z yesterday" in drawn(app)
        await pilot.press("enter")
        await carried(app, made.case.length + 1)
        assert console(app).present.incident.log[-1].happened_at.day == 20


@pytest.mark.parametrize("pane", ["triage", "phases", "checklist", "git", "log", "story"])
async def test_severity_changes_with_a_reason_and_the_clocks_follow(pane: str, tmp_path: Path) -> None:
    """`-` lowers the severity, whichever pane has the keys; P1 has no clock to resolve by."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        console(app).show_pane(pane)
        await pilot.press("minus")
        await pilot.pause(0.1)
        await pilot.press(*"workaround", "enter")
        await carried(app, made.case.length + 1)
        assert console(app).present.incident.severity == "P1"
        view = console(app).view
        assert view is not None
        assert view.glance.clocks.resolve is None


async def test_questions_answered_again_are_kept_and_shown(tmp_path: Path) -> None:
    """`t`, enter: the new answers are on disk and in the triage pane, and are where the next round begins."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("t", "enter")
        await pilot.pause(0.1)
        await pilot.press("n")  # no danger after all
        await pilot.press("enter")
        await carried(app, made.case.length + 1)
        assert console(app).present.incident.answers["danger"] == "n"
        pane = console(app).pane("triage")
        await pilot.pause()
        assert any(row.text.endswith("  no") for row in pane.rows), [row.text for row in pane.rows]
        what_is_shown_is_on_disk(made, app)


async def test_the_branch_is_made_in_the_background(tmp_path: Path) -> None:
    """B shows the plan, y runs it; the item is ticked with its evidence and git has the branch."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("b")
        for _ in range(300):
            await pilot.pause(0.02)
            if "Will run" in drawn(app):
                break
        assert "git branch" in drawn(app)
        for _ in range(500):
            await pilot.pause(0.02)
            if "Will run" in drawn(app):  # the dialog is deaf for its first 400 ms
                await pilot.press("y")
            if console(app).present.incident.item("branch").mark == "done":
                break
        assert any(line.startswith("hotfix/v1.0.5 ") for line in made.repository.branches())
        assert console(app).present.incident.item("branch").evidence
        await ready(pilot)
        what_is_shown_is_on_disk(made, app)


async def test_what_another_process_writes_is_seen(tmp_path: Path) -> None:
    """A second writer's entry comes by the same assignment."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        made.ask(i.MarkItem("impact", "done", value="many"))
        await carried(app, made.case.length)
        assert console(app).present.incident.item("impact").value == "many"
        what_is_shown_is_on_disk(made, app)


async def test_an_update_after_the_end_starts_no_clock(tmp_path: Path) -> None:
    """S records that it was sent, and says no more."""
    made = stage(tmp_path)
    made.ask(i.Close("done by others"))
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("S")
        await carried(app, made.case.length + 1)
        await pilot.pause()
        assert "update recorded" in drawn(app)
        assert "clock starts" not in drawn(app)


def exported(folder: Path) -> list[Path]:
    """The post-mortems that were written."""
    return list(folder.rglob("post-mortem-*"))


async def test_a_console_that_only_reads_writes_nothing(tmp_path: Path) -> None:
    """--read-only refuses with a sentence."""
    made = stage(tmp_path, read_only=True)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("space")
        await pilot.pause(0.1)
        assert "only reads" in drawn(app)
        assert made.store.length(made.case.id) == made.case.length
        await pilot.press("p")
        await ready(pilot)
        await pilot.press("x")
        await ready(pilot)
    assert not exported(tmp_path)


async def test_a_console_that_only_reads_declares_nothing(tmp_path: Path) -> None:
    """Neither an incident nor a drill begins from the list of incidents: the sentence comes before the questions."""
    app = stage(tmp_path, read_only=True).app(home=True)
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        for key in "nD":
            await pilot.press(key)
            await pilot.pause()
            assert len(app.screen_stack) == 1
        assert [told.message for told in app._notifications] == [ONLY_READS] * 2


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
async def test_the_net_has_nothing_to_catch(tmp_path: Path, size: tuple[int, int]) -> None:
    """On ordinary data every text was cleaned before it was drawn."""
    ControlFilter.caught = 0
    app = worked(tmp_path).app()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for key in "012345":
            await pilot.press(key)
            await pilot.pause()
    assert ControlFilter.caught == 0


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 16)], ids=["120x36", "80x24", "60x16"])
async def test_the_way_out_never_drops_from_the_footer(tmp_path: Path, size: tuple[int, int]) -> None:
    """Commands, help and back are there at every size, in every pane."""
    app = worked(tmp_path).app()
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for key in "012345":
            await pilot.press(key)
            await pilot.pause()
            last = drawn(app).splitlines()[-1]
            assert all(word in last for word in (": commands", "? help", "q back")), last


async def test_keys_can_be_remapped(tmp_path: Path) -> None:
    """`[keys]` names a binding's id; the old key does nothing any more."""
    made = stage(tmp_path)
    settings = replace(made.services.settings, keys={"toggle": "x"})
    made.services = replace(made.services, settings=settings)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("space")
        await pilot.pause(0.1)
        assert made.store.length(made.case.id) == made.case.length
        await pilot.press("x")
        await carried(app, made.case.length + 1)
        assert console(app).present.incident.item("confirmed").mark == "done"


async def test_q_goes_home_and_back_in(tmp_path: Path) -> None:
    """Q leaves the console for the list, enter opens it again where it was."""
    made = worked(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("q")
        for _ in range(200):
            await pilot.pause(0.02)
            if made.case.id in drawn(app):
                break
        assert "Open incidents" in drawn(app), drawn(app)
        assert made.case.id in drawn(app), drawn(app)
        await pilot.press("enter")
        for _ in range(200):
            await pilot.pause(0.02)
            if app.console_screen is not None:
                break
        assert console(app).present.id == made.case.id


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
async def test_ascii_mode_draws_only_ascii(tmp_path: Path, size: tuple[int, int]) -> None:
    """Every pane, help and the palette."""
    app = worked(tmp_path, title="Überlauf … “quoted” 漢字").app(ascii=True)
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        for key in ("0", "1", "2", "3", "4", "5", "question_mark"):
            await pilot.press(key)
            await pilot.pause()
            filtered = app.get_line_filters()[-1]
            strips = app.screen._compositor.render_strips()
            text = "".join(strip.apply_filter(filtered, app.background_colors[1]).text for strip in strips)
            assert text.isascii(), [c for c in text if not c.isascii()]


async def test_a_narrow_screen_cuts_no_explanation(tmp_path: Path) -> None:
    """At 80 columns every word about the item is read, with its versions filled in, and nothing is said twice."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("2")
        for _ in range(4):
            for item in (line for line in console(app).pane("checklist").rows if line.key):
                assert "…" not in item.text
            told = [line.text for line in console(app).pane("checklist").rows if not line.key]
            assert told
            assert not any("…" in line or "$fix" in line or "$base" in line for line in told)
            assert all(len(line) <= 78 for line in told)
            await pilot.press("]")
            await pilot.pause()


@pytest.mark.parametrize("back", ["z", "escape"])
async def test_a_zoomed_pane_gives_the_screen_back(back: str, tmp_path: Path) -> None:
    """Zoomed, one pane and the tabs are in sight; `z` or esc brings the others back, wherever one went meanwhile."""
    app = worked(tmp_path).app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("5", "z")
        await shows(pilot, "[5 Story]", gone="─ 3 Git")
        await pilot.press("2")
        await shows(pilot, "[2 Checklist]", gone="─ 3 Git")
        await pilot.press(back)
        await shows(
            pilot, "─ 0 Triage", "─ 1 Phases", "━ 2 Checklist", "─ 3 Git", "─ Jobs", gone="[2 Checklist]"
        )


async def test_the_keys_come_back_after_a_window_that_was_too_small(tmp_path: Path) -> None:
    """While only the four answers fit, a key marks nothing that nobody sees; at a larger size the same pane hears again."""
    made = worked(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.resize_terminal(50, 12)
        await shows(pilot, "hotfix needs 60x16")
        await pilot.press("space")
        await pilot.pause(0.1)
        assert made.store.length(made.case.id) == made.case.length
        await pilot.resize_terminal(*WIDE)
        await shows(pilot, "━ 2 Checklist")
        await pilot.press("space")
        await carried(app, made.case.length + 1)
        what_is_shown_is_on_disk(made, app)


async def test_the_step_between_phases_stands_first_in_the_footer(tmp_path: Path) -> None:
    """Once nothing of the phase is open, `>` is what the footer begins with; on the last phase it resolves, then closes."""
    made = stage(tmp_path)
    for item in ("confirmed", "no-workaround", "approach", "branch"):
        made.ask(i.MarkItem(item, "done"))
    made.ask(i.MarkItem("impact", "done", value="9"))
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await shows(pilot, " > next phase  space done", "> begins it")
        console(app).ask(i.EnterPhase("close", reason="it is a test"))
        await pilot.press("greater_than_sign")
        await shows(pilot, "How do you know that users are well again?")
        await pilot.press(*"they say so", "enter")
        await shows(pilot, "RESOLVED")
        await pilot.press("greater_than_sign")
        await shows(pilot, "Why close it all the same?")
        await pilot.press(*"a test", "enter")
        await shows(pilot, "CLOSED", "p shows it")
        what_is_shown_is_on_disk(made, app)


async def test_an_undo_says_what_it_took_back(tmp_path: Path) -> None:
    """So does the redo; and what a reason was asked for says what became of it."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("s", *"it is known", "enter")
        await shows(pilot, "skipped: Confirm that it is a P0   u undoes")
        await pilot.press("u")
        await shows(pilot, "undone: skipped: 1.1 Confirm that it is a P0 (because: it is known)   U redoes")
        await pilot.press("U")
        await shows(pilot, "redone: skipped: 1.1 Confirm that it is a P0 (because: it is known)")
        what_is_shown_is_on_disk(made, app)


async def test_a_milestone_is_dated_back(tmp_path: Path) -> None:
    """`m` asks when it was; enter means now, and a time that cannot be is not taken."""
    made = stage(tmp_path)
    made.later(minutes=20)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("m", "enter")
        await shows(pilot, "When was it: detected?", "03:34Z, now")
        await pilot.press("ctrl+u", *"-25m")
        await shows(pilot, "03:09Z, 25m ago")
        await pilot.press("enter")
        await shows(pilot, "detected, 03:09Z, 25m ago")
        assert f"{console(app).present.incident.milestones['detected']:%H:%M}" == "03:09"
        await pilot.press("m", "down", "enter")
        await shows(pilot, "When was it: acknowledged?")
        await pilot.press("enter")
        await shows(pilot, "acknowledged, 03:34Z, now")
        what_is_shown_is_on_disk(made, app)


async def test_the_newest_line_stays_in_sight_when_a_note_comes_above_it(tmp_path: Path) -> None:
    """A note that was dated back pushes the story down; whoever looks at its end sees its end, and is told the time."""
    made = worked(tmp_path)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        story = console(app).pane("story")
        assert story.scroll_offset.y == story.max_scroll_y > 0
        await pilot.press("a", *"@03:01 first report", "enter")
        await shows(pilot, "noted at 03:01Z, 48m ago")
        await pilot.pause()
        assert story.scroll_offset.y == story.max_scroll_y


async def test_a_narrow_screen_says_what_is_at_risk(tmp_path: Path) -> None:
    """The line at the bottom tells the risks that the header counts; the triage pane tells each of them in full."""
    made = stage(tmp_path)
    app = made.app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        seen = await shows(pilot, "RISK ▲2", " ▲ 1.1 blocks phase 2 · 1.2 blocks phase 2")
        assert "target 15m" in seen
        await pilot.press("0")
        await shows(pilot, "▲ 1.1 blocks phase 2  ", "▲ 1.2 blocks phase 2  ", "S ends it")


# --- triage


async def test_both_ends_of_the_checklists_are_told(tmp_path: Path) -> None:
    """`[` and `]` say so where they lead nowhere."""
    app = stage(tmp_path).app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("left_square_bracket")
        await shows(pilot, "This is the first checklist.")
        for _ in console(app).present.playbook.phases:
            await pilot.press("right_square_bracket")
        await shows(pilot, "This is the last checklist; [ goes back.")


async def test_the_item_under_the_cursor_stays_in_sight_at_the_end(tmp_path: Path) -> None:
    """However much advice stands below it, `G` shows only as much of it as leaves the item there."""
    made = stage(tmp_path, playbook="web-service")
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        pane = console(app).pane("checklist")
        for phase in made.case.playbook.phases:
            await pilot.press("G")
            await pilot.pause()
            last = next(row.text for row in pane.rows if row.key == pane.key)
            assert last.split()[1] in drawn(app), (phase.id, drawn(app))
            top, cursor = (
                pane.scroll_offset.y,
                pane.rows.index(next(r for r in pane.rows if r.key == pane.key)),
            )
            assert top <= cursor < top + pane.size.height, phase.id
            await pilot.press("right_square_bracket")
            await pilot.pause()


async def test_every_followed_log_is_named(tmp_path: Path) -> None:
    """Also the one that has no line yet."""
    made = stage(tmp_path)
    other = tmp_path / "worker.log"
    other.write_text("")
    logs = (*made.services.settings.log_files, other)
    made.services = replace(made.services, settings=replace(made.services.settings, log_files=logs))
    app = made.app()
    async with app.run_test(size=(160, 36)) as pilot:
        await ready(pilot)
        assert "following app.log and worker.log" in str(console(app).pane("log").border_title)


async def test_a_drill_is_one_in_a_small_window_too(tmp_path: Path) -> None:
    """Nobody takes it for the real thing."""
    made = stage(tmp_path)
    loaded = made.services.library.load("")
    wanted = i.Declare("Practice", answers={"danger": "y"}, source=loaded.source, drill=True)
    made.case = made.services.incidents.declare(loaded.playbook, wanted)
    app = made.app()
    async with app.run_test(size=(50, 12)) as pilot:
        await shows(pilot, "hotfix needs 60x16", f"DRILL {made.case.incident.severity} {made.case.id}")


async def test_the_decision_is_what_the_answers_say(tmp_path: Path) -> None:
    """Also where a severity that asks for a hotfix has a rule that does not; the incident goes on."""
    made = stage(tmp_path, playbook="npm-package")
    level = next(rule for rule in made.case.playbook.rules if rule.decision == "next-release")
    made.ask(i.ChangeSeverity(level.severity, "it is none", {**level.when, "impact": "i"}))
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        triage = console(app).pane("triage").text
        assert "next release" in triage
        assert "hotfix now" not in triage
        assert made.case.incident.status == "active"


async def test_a_clock_that_has_ended_tells_how_it_came_out(tmp_path: Path) -> None:
    """Nothing is left of a time that stands still; and no clock is said to start where none runs."""
    made = stage(tmp_path, playbook="npm-package")
    made.later(minutes=20)
    made.ask(i.Resolve(""))
    made.later(hours=3)
    app = made.app()
    async with app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        triage = console(app).pane("triage").text
        assert "resolve within the limit by " in triage
        assert "respond nobody answered" in triage
        assert " left" not in triage
        await pilot.press("S")
        seen = await shows(pilot, "update recorded")
        assert "its clock starts again" not in seen
        assert "respond answered" in console(app).pane("triage").text
        what_is_shown_is_on_disk(made, app)
