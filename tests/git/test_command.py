"""The operation `command`: an item's own command, its exit code, its last words; nothing is claimed that nobody saw."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.intents import Close
from hotfix_tui.domain.playbook import Item, Phase
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.operations.plan import Plan
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.journal import Progress
from hotfix_tui.service.operations import OperationRunner
from hotfix_tui.service.unfinished import Unfinished
from tests.case_fixtures import PLAYBOOK, START, Desk
from tests.git_fixtures import Sandbox, sandbox

COMMAND = OPERATIONS["command"]
SCRIPT = '#!/bin/sh\necho one\necho "$1"\nexit ${2:-0}\n'
ITEMS = (
    Item("passes", "Run the tests", command=("./run.sh", "for $id; rm")),
    Item("fails", "Run them again", command=("./run.sh", "2 failed", "3")),
    Item("health", "It answers", kind="yes-no", command=("./run.sh", "ok")),
    Item("out", "Publish it", command=("./run.sh", "out"), irreversible=True),
    Item("absent", "Deploy", command=("no-such-program", "x")),
    Item("no-script", "Release", command=("./release.sh", "x")),
    Item("pushes", "Push it", command=("git", "push", "origin", "$branch")),
    Item("unknown", "Deploy $region", command=("./run.sh", "$region")),
    Item("by-hand", "Look at it"),
    Item("leaks", "Log in", command=("./run.sh", f"token=npm_{'a' * 36}")),
    Item("deletes", "Take the old files away", command=("rm", "-rf", "old")),
)


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A repository with a script."""
    made = sandbox(tmp_path / "box")
    (made.root / "run.sh").write_text(SCRIPT)
    (made.root / "run.sh").chmod(0o755)
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A playbook with commands."""
    desk = Desk(tmp_path / "data", replace(PLAYBOOK, phases=(Phase("work", "Work", items=ITEMS),)))
    yield desk
    desk.store.close()


def planned(desk: Desk, box: Sandbox, case: Case, item: str) -> Plan:
    """The plan for this item's command."""
    return COMMAND.plan(COMMAND.prepare(box.site, case.incident, desk.playbook, {"item": item}), box.site)


def run(desk: Desk, box: Sandbox, item: str, told: list[Progress] | None = None) -> Case:
    """The case after the item's command was run, and what was told meanwhile."""
    case = desk.declare()
    news = [] if told is None else told
    return OperationRunner(desk.incidents, open_runs=desk.open_runs).run(
        case,
        planned(desk, box, case, item),
        box.site,
        item=item,
        on_progress=news.append,
        cancelled=lambda: False,
    )


def test_a_secret_that_a_command_says_is_shown_nowhere(desk: Desk, box: Sandbox) -> None:
    """Neither while it runs, on a screen that others may look at, nor in what is kept of it."""
    told: list[Progress] = []
    case = run(desk, box, "leaks", told)
    (record,) = case.incident.operations.values()
    shown = [news.text for news in told if news.state == "line"]
    assert shown == ["one", "token=‹redacted:npm-token›"]
    assert "npm_a" not in f"{told}{record.steps[0].detail}{record.last_words}{case.incident.item('leaks')}"


def test_a_command_that_ends_well_ticks_its_item(desk: Desk, box: Sandbox) -> None:
    """Its exit code and last line are the evidence, all of its last lines are in the journal (S1.CMD.2, S3.CMD.1)."""
    case = run(desk, box, "passes")
    told = case.incident.item("passes")
    (record,) = case.incident.operations.values()
    assert (record.state, told.mark) == ("done", "done")
    assert told.evidence[-1].text == f"exit code 0: for {case.id}; rm"
    assert record.steps[0].detail == f"one\nfor {case.id}; rm"


def test_a_command_that_fails_leaves_its_item_open(desk: Desk, box: Sandbox) -> None:
    """With its last words, and nothing to be gone on with: it is simply run again."""
    case = run(desk, box, "fails")
    (record,) = case.incident.operations.values()
    assert (record.state, case.incident.item("fails").mark) == ("failed", "open")
    assert record.detail == "Run them again: 2 failed"


def test_a_question_is_not_answered_by_a_command(desk: Desk, box: Sandbox) -> None:
    """What it said is shown with the item; whether that is a yes, a person says."""
    case = run(desk, box, "health")
    told = case.incident.item("health")
    assert (told.mark, told.value) == ("open", "")
    assert told.evidence[-1].text == "exit code 0: ok"


def test_what_cannot_be_undone_is_typed(desk: Desk, box: Sandbox) -> None:
    """Level 3, with a line after it; the others leave the console as well: level 2."""
    case = desk.declare()
    final = planned(desk, box, case, "out")
    assert (final.level, final.word) == (3, "out")
    assert final.steps[0].final
    assert planned(desk, box, case, "passes").level == 2


@pytest.mark.parametrize(
    ("item", "said"),
    [("unknown", "region"), ("by-hand", "no item with a command"), ("nothing", "no item with a command")],
)
def test_what_cannot_run_is_refused(desk: Desk, box: Sandbox, item: str, said: str) -> None:
    """In one sentence, before anything is shown."""
    with pytest.raises(Refused, match=said):
        planned(desk, box, desk.declare(), item)


def test_a_missing_program_blocks(desk: Desk, box: Sandbox) -> None:
    """It is told before somebody says yes."""
    assert planned(desk, box, desk.declare(), "absent").blocked == (
        "no-such-program is not here: install it, or add it to the PATH",
    )
    assert planned(desk, box, desk.declare(), "no-script").blocked == (
        "./release.sh is not here: no program of this repository is called so",
    )


def test_a_push_tells_what_it_leaves_here(desk: Desk, box: Sandbox) -> None:
    """Changes that are in no commit are not pushed along, which nobody should find out in the morning."""
    case = desk.declare(branch="hotfix/v1.0.5")
    left = "the work tree has changes that are in no commit"
    assert left not in [one.text for one in planned(desk, box, case, "pushes").findings]
    (box.root / "unlock.py").write_text("fixed\n")
    (told,) = [one for one in planned(desk, box, case, "pushes").findings if one.text == left]
    assert not told.blocks


def test_what_was_interrupted_is_never_taken_back(desk: Desk, box: Sandbox) -> None:
    """Nobody can tell what it did: it can be run again or left."""
    (box.root / "run.sh").write_text("#!/bin/sh\necho begun\nexec sleep 60\n")
    case = desk.declare()
    plan = planned(desk, box, case, "passes")
    told: list[str] = []
    runner = OperationRunner(desk.incidents, open_runs=desk.open_runs)
    case = runner.run(
        case,
        plan,
        box.site,
        on_progress=lambda news: told.append(news.text),
        cancelled=lambda: "begun" in told,
    )
    (record,) = case.incident.operations.values()
    assert (record.state, record.steps[0].state) == ("running", "unknown")
    left = Unfinished(record.run, plan, ())
    with pytest.raises(Refused, match="has no way back"):
        runner.undo(case, left, box.site, on_progress=lambda news: None)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("#!/bin/sh\necho last\nsetsid sleep 5 &\nexit 1\n", "left behind, still holding its output: pid "),
        ("#!/bin/sh\nno-such-program\n", "exit code 127: it, or what it starts, was not found"),
        ("#!/bin/sh\nkill -9 $$\n", "killed by signal 9: by somebody, or for want of memory"),
        (
            "#!/no/such/shell\n",
            "./run.sh cannot be started: it is here, and what its first line names to run it",
        ),
    ],
)
def test_why_it_failed_is_in_the_journal(desk: Desk, box: Sandbox, script: str, said: str) -> None:
    """In the sentence that says most."""
    (box.root / "run.sh").write_text(script)
    (record,) = run(desk, box, "passes").incident.operations.values()
    assert record.state == "failed"
    assert said in record.steps[0].detail


def test_old_output_of_what_is_closed_goes_away(desk: Desk, box: Sandbox) -> None:
    """Thirty days after it ran, when the next one has run; that of an open incident stays, however old it is."""
    first = run(desk, box, "passes")
    (old,) = (desk.folder / "runs").iterdir()
    long_ago = (START - timedelta(days=31)).timestamp()
    for path in (*old.rglob("*"), old):
        os.utime(path, (long_ago, long_ago))
    run(desk, box, "passes")
    assert old.exists()
    desk.incidents.ask(first, Close("it was none"))
    run(desk, box, "passes")
    assert not old.exists()
    assert len(list((desk.folder / "runs").iterdir())) == 2


def test_a_command_that_is_final_by_its_own_words_is_typed(desk: Desk, box: Sandbox) -> None:
    """Also where the playbook does not say so: what deletes or publishes is confirmed by typing, and says why."""
    case = desk.declare()
    plan = planned(desk, box, case, "deletes")
    (step,) = plan.steps
    assert (step.level, plan.word) == (3, "deletes")
    assert step.final == "what it deletes is gone"
    (harmless,) = planned(desk, box, case, "passes").steps
    assert (harmless.level, harmless.final) == (2, "")
