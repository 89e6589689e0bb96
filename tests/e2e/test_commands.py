"""Every command of the five playbooks runs as it stands there: its own argv, in the repository, and its words as evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotfix_tui.domain.intents import Declare
from hotfix_tui.domain.playbook import Item
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.service.operations import OperationRunner
from tests.case_fixtures import Desk
from tests.e2e.releasing import playbook
from tests.git.programs import Program, on_path
from tests.git_fixtures import sandbox

NAMES = ("desktop-app", "npm-package", "crates-cli", "beta-protocol", "web-service")
SAYS = "print('all is well')"


def commands(name: str) -> list[Item]:
    """The items that name a command of another program than git, each command once."""
    every = [item for item in playbook(name).all_items() if item.command and item.command[0] != "git"]
    return list({item.command: item for item in every}.values())


def outside(
    box_root: Path, home: Path, items: list[Item], monkeypatch: pytest.MonkeyPatch
) -> dict[str, Program]:
    """Stand-ins for the programs on the PATH and for the scripts of the repository."""
    names = {item.command[0] for item in items}
    found = dict(on_path(monkeypatch, home, **{name: SAYS for name in names if "/" not in name}))
    for name in names:
        if "/" in name:
            place = box_root / name
            found[name] = Program(place.parent, place.name, SAYS)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Builds, tests, scripts, publishing, deploying, watching and proving (S1.CMD.1-2, S2.CMD.1-4, S3.CMD.1-2, S4.CMD.1, X.13)."""
    box, items = sandbox(tmp_path / "box"), commands(name)
    programs = outside(box.root, tmp_path / "bin", items, monkeypatch)
    desk = Desk(tmp_path / "data", playbook(name))
    severity = desk.playbook.severities[0].id
    wanted = Declare("x", severity=severity, reason="x", base="v1.0.4", fix="1.0.5", branch="hotfix/v1.0.5")
    case = desk.incidents.declare(desk.playbook, wanted)
    operation, runner = OPERATIONS["command"], OperationRunner(desk.incidents, open_runs=desk.open_runs)
    for item in items:
        choice = {"item": item.id, "issue": "12", "number": "12"}
        given = operation.prepare(box.site, case.incident, desk.playbook, choice)
        plan = operation.plan(given, box.site)
        assert not plan.blocked
        assert plan.level == (3 if item.irreversible else 2)
        case = runner.run(
            case, plan, box.site, item=item.id, on_progress=lambda news: None, cancelled=lambda: False
        )
        assert case.incident.item(item.id).evidence[-1].text == "exit code 0: all is well"
        assert programs[item.command[0]].calls[-1] == list(plan.steps[0].argv[1:])
    assert len(case.incident.operations) == len(items)
    desk.store.close()
