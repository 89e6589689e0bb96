"""A step that edits files: shown line by line, written whole, taken back to the byte, never over others' work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotfix_tui.domain.errors import Refused
from hotfix_tui.operations.plan import Edit, Plan, PlannedStep, Standing, edited
from hotfix_tui.operations.showing import told
from hotfix_tui.service.journal import Progress
from hotfix_tui.service.operations import OperationRunner
from hotfix_tui.service.unfinished import Unfinished
from tests.case_fixtures import Desk
from tests.git_fixtures import Sandbox, sandbox

EDITS = (
    Edit("unlock.py", b"three\n", b"four\r\n"),
    Edit("VERSION", None, b"1.0.5\n"),
)
STEP = PlannedStep(
    "write",
    "Write the version",
    (),
    "writes",
    "changes 2 files",
    edited(EDITS, "2 files say 1.0.5"),
    edits=EDITS,
)
PLAN = Plan("edit", "Write the version", "", {}, (STEP,))


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fresh repository."""
    return sandbox(tmp_path / "box")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database."""
    desk = Desk(tmp_path / "data")
    yield desk
    desk.store.close()


def run(desk: Desk, box: Sandbox, plan: Plan = PLAN) -> str:
    """How the operation stands after it was run on a new incident."""
    told: list[Progress] = []
    case = OperationRunner(desk.incidents).run(
        desk.declare(), plan, box.site, on_progress=told.append, cancelled=lambda: False
    )
    (record,) = case.incident.operations.values()
    return record.state


def test_the_lines_that_change_are_shown() -> None:
    """With their numbers, and clean; a new file says that it is one."""
    edit = Edit("a", b"one\ntwo\nthree\n", b"one\n2\x1b[31m\nthree\n")
    step = PlannedStep("x", "", (), "writes", "", edited((edit,), ""), edits=(edit, EDITS[1]))
    first, *lines, last = told(step)
    assert first == "edit a"
    assert lines[0] == "    2 - two"
    assert lines[1].startswith("    2 + 2")
    assert "\x1b" not in lines[1]
    assert last == "edit VERSION (a new file, 1 lines)"


def test_files_are_written(desk: Desk, box: Sandbox) -> None:
    """To the byte; running it again finds it done."""
    assert run(desk, box) == "done"
    assert (box.root / "unlock.py").read_bytes() == b"four\r\n"
    assert (box.root / "VERSION").read_bytes() == b"1.0.5\n"
    assert STEP.look(box.site).state == "done"


def test_files_are_taken_back(desk: Desk, box: Sandbox) -> None:
    """To the byte, the new one goes away; half of it is taken back as well."""
    fails = PlannedStep(
        "no", "Fail", ("git", "no-such"), "reads", "", lambda site: Standing("not-done", "never")
    )
    assert run(desk, box, Plan("edit", "Write", "", {}, (STEP, fails))) == "running"
    case = desk.only()
    (record,) = case.incident.operations.values()
    left = Unfinished(record.run, PLAN, ((STEP, STEP.look(box.site)),))
    case = OperationRunner(desk.incidents).undo(case, left, box.site, on_progress=lambda news: None)
    assert (box.root / "unlock.py").read_bytes() == b"three\n"
    assert not (box.root / "VERSION").exists()


def test_others_work_is_not_written_over(desk: Desk, box: Sandbox) -> None:
    """What is neither before nor after is somebody's work: the step is in conflict and writes nothing."""
    (box.root / "unlock.py").write_text("mine\n")
    assert run(desk, box) == "failed"
    assert (box.root / "unlock.py").read_text() == "mine\n"
    assert not (box.root / "VERSION").exists()
    case = desk.only()
    (record,) = case.incident.operations.values()
    assert "unlock.py was changed by somebody else" in record.detail
    with pytest.raises(Refused, match="has ended already"):
        OperationRunner(desk.incidents).undo(
            case, Unfinished(record.run, PLAN, ()), box.site, on_progress=lambda news: None
        )
