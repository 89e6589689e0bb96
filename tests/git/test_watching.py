"""The workflows that a pushed tag starts are watched: expected against elapsed time, slow, stuck, failed (S2.CMD.1, S2.CMD.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hotfix_tui.adapters.clock import FrozenClock
from hotfix_tui.adapters.site import site_of
from hotfix_tui.domain.playbook import GitRules, Item, Phase
from hotfix_tui.domain.workflows import WorkflowRun, expected, pace
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.ports import Site
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.operations import OperationRunner
from hotfix_tui.service.watching import WorkflowWatch
from tests.case_fixtures import PLAYBOOK, START, Desk
from tests.git.programs import GH, Program, on_path
from tests.git_fixtures import Sandbox, commit, sandbox

ITEMS = (
    Item(
        "publish",
        "Publish",
        check="workflow-green",
        command=("gh", "run", "list", "--workflow=publish.yml"),
        estimate=timedelta(minutes=7),
    ),
    Item("others", "Others", check="workflow-green", estimate=timedelta(minutes=15)),
)
TEAM = replace(
    PLAYBOOK,
    phases=(Phase("out", "Out", items=ITEMS),),
    git=GitRules(tag_push_triggers="the publish workflow"),
)


@pytest.fixture
def gh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A forge to talk to."""
    return on_path(monkeypatch, tmp_path / "bin", gh=GH)["gh"]


@pytest.fixture
def box(tmp_path: Path) -> Sandbox:
    """A fix with its tag, which nobody has pushed."""
    box = sandbox(tmp_path / "box")
    box.git("switch", "-q", "-c", "hotfix/v1.0.5", "v1.0.4")
    commit(box.root, "fix.py", "fixed\n")
    box.git("tag", "-a", "-m", "1.0.5", "v1.0.5")
    return box


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A service over an empty database."""
    desk = Desk(tmp_path / "data", TEAM)
    yield desk
    desk.store.close()


def pushed(desk: Desk, box: Sandbox) -> Case:
    """The incident whose tag is pushed."""
    case, push = desk.declare(), OPERATIONS["push"]
    given = push.prepare(box.site, case.incident, TEAM, {"branch": "none", "tag": "v1.0.5"})
    runner = OperationRunner(desk.incidents)
    plan = push.plan(given, box.site)
    return runner.run(case, plan, box.site, on_progress=lambda p: None, cancelled=lambda: False)


def later(box: Sandbox, seconds: float) -> Site:
    """The site so many seconds later."""
    return site_of(box.repository, FrozenClock(START + timedelta(seconds=seconds)))


def flow(name: str, status: str, conclusion: str = "") -> dict[str, str]:
    """A run that began with the incident."""
    return {
        "workflowName": name,
        "name": name,
        "status": status,
        "conclusion": conclusion,
        "createdAt": "2026-11-21T03:14:00Z",
        "url": f"https://forge/{name}",
    }


def test_a_run_is_held_against_the_time_that_it_should_take() -> None:
    """Its own item's estimate, else the longest one; past it slow, past twice of it stuck (S2.CMD.3)."""
    times = expected(TEAM)
    assert times == {"publish": timedelta(minutes=7), "": timedelta(minutes=15)}
    run = WorkflowRun("Publish", "in_progress", "", START, "")
    told = [pace(run, times, START + timedelta(minutes=at)).text for at in (5, 8, 15)]
    assert told == [
        "Publish: in_progress, 5m of 7m",
        "Publish: in_progress, 8m of 7m, slow",
        "Publish: in_progress, 15m of 7m, stuck",
    ]
    other = WorkflowRun("Docs", "queued", "", START, "")
    assert pace(other, times, START + timedelta(minutes=14)).late == ""
    assert pace(replace(run, status="completed", conclusion="failure"), times, START).late == "failed"


def test_nothing_is_asked_before_a_tag_is_pushed(desk: Desk, box: Sandbox, gh: Program) -> None:
    """An incident without a pushed tag costs the forge nothing."""
    watch = WorkflowWatch()
    assert watch.look(box.site, desk.declare()).lines == ()
    assert gh.calls == []


def test_it_is_asked_in_the_background_and_not_more_often_than_every_ten_seconds(
    desk: Desk, box: Sandbox, gh: Program
) -> None:
    """A look answers at once with what is known; the answer comes with a later one, and the end is not asked for again (S2.CMD.1)."""
    case, watch = pushed(desk, box), WorkflowWatch()
    gh.knows(runs=[flow("Publish", "in_progress"), flow("Docs", "completed", "success")])
    first = watch.look(later(box, 0), case)
    assert "no workflow has run" in first.lines[0]
    watch.wait(20)
    assert watch.look(later(box, 9), case).lines == ("Publish: in_progress, 0m of 7m", "Docs: success")
    assert len(gh.wrote("run", "list")) == 1
    (asked,) = gh.wrote("run", "list")
    assert asked[2:4] == ["--commit", box.git("rev-parse", "v1.0.5^{commit}")]
    watch.look(later(box, 900), case)
    watch.wait(20)
    late = watch.look(later(box, 905), case)
    assert [(risk.text, risk.level) for risk in late.risks] == [
        ("Publish: in_progress, 15m of 7m, stuck", "over")
    ]
    gh.knows(runs=[flow("Publish", "completed", "success")])
    watch.look(later(box, 920), case)
    watch.wait(20)
    assert watch.look(later(box, 940), case).lines == ("Publish: success",)
    watch.wait(20)
    assert len(gh.wrote("run", "list")) == 3


def test_a_forge_that_does_not_answer_is_a_line(desk: Desk, box: Sandbox, gh: Program) -> None:
    """What was known before stays, and the trouble is told beside it."""
    case, watch = pushed(desk, box), WorkflowWatch()
    gh.knows(broken="\x1b[31mplease run: gh auth login")
    watch.look(later(box, 0), case)
    watch.wait(20)
    lines = watch.look(later(box, 5), case).lines
    assert "gh is not logged in here." in lines[-1]
    assert "\x1b" not in "".join(lines)


def test_a_forge_that_stays_away_is_asked_more_and_more_seldom(desk: Desk, box: Sandbox, gh: Program) -> None:
    """The time between two questions doubles up to five minutes, and is short again once it answers (row 62)."""
    case, watch = pushed(desk, box), WorkflowWatch()
    gh.knows(broken="error connecting to the forge")
    asked = []
    for at in (0, 10, 19, 20, 50, 59, 60, 139, 140, 299, 300, 599, 600):
        before = len(gh.calls)
        watch.look(later(box, at), case)
        watch.wait(20)
        asked += [at] * (len(gh.calls) - before)
    assert asked == [0, 20, 60, 140, 300, 600]
    gh.knows(broken="", runs=[flow("Publish", "in_progress")])
    for at in (900, 910):
        watch.look(later(box, at), case)
        watch.wait(20)
    assert len(gh.calls) == len(asked) + 2
