"""A whole incident by command line, on a real repository with a bare remote."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotfix_tui.domain.applying import items, phases
from hotfix_tui.domain.incident import fold
from hotfix_tui.domain.intents import StartOperation, StartStep
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.wiring import open_services, open_store, read_playbook, read_settings
from tests.cli_fixtures import Cli
from tests.git_fixtures import Sandbox, commit, sandbox

VALUES = {"text": "about 300", "number": "300", "yes-no": "yes", "choice": ""}


def at(minutes: int) -> str:
    """A moment of the night, so many minutes after 03:14."""
    total = 3 * 60 + 14 + minutes
    return f"2026-11-21T{total // 60:02d}:{total % 60:02d}:00Z"


def test_a_whole_incident_by_command_line(tmp_path: Path) -> None:
    """Declare, triage, branch, items, notes, phases with a reason, resolve, close, export: all of it, end to end."""
    box = sandbox(tmp_path / "box")
    cli = Cli(box.root, tmp_path / "data")
    found = cli(
        "declare", "Unlock crash", "--answer", "danger=y", "--started", "-10m", "--json", now=at(0)
    ).data
    id = found["id"]
    assert (found["base"], found["fix"], found["branch"]) == ("v1.0.4", "1.0.5", "hotfix/v1.0.5")
    assert cli("note", "@03:08 the alert came", now=at(1)).code == 0
    assert cli("milestone", "acknowledged", now=at(2)).code == 0
    make_the_branch(cli, box)
    work_the_checklist(cli, box)
    assert cli("resolve", "users confirm", now=at(90)).code == 0
    assert "it is not resolved" not in cli("close", now=at(91)).err
    assert cli("close", "--reason", "the rest waits for the morning", now=at(91)).code == 0
    assert cli("status", now=at(91)).code == 3
    assert cli("export", id, now=at(95)).code == 0
    reads_well((box.root / f"post-mortem-{id}.md").read_text(), id)
    assert len(cli("log", id, "--json").data["events"]) == length_on_disk(cli, id)


def make_the_branch(cli: Cli, box: Sandbox) -> None:
    """The plan shows the exact commands and needs a yes; then git has the branch, and the item its evidence."""
    looked = cli("run", "branch", "--dry-run", now=at(3))
    assert f"$ git branch --no-track hotfix/v1.0.5 {box.release}" in looked.out
    assert cli("run", "branch", now=at(3)).code == 5
    assert box.git("branch", "--show-current") == "main"
    done = cli("run", "branch", "--yes", "--json", now=at(4)).data
    assert (done["outcome"], box.git("branch", "--show-current")) == ("done", "hotfix/v1.0.5")
    assert "1.5" in cli("log").out
    (box.root / "unlock.py").write_text("dirty\n")
    blocked = cli("run", "branch", "--branch", "hotfix/other", "--yes", now=at(4))
    assert (blocked.code, "tree not clean" in blocked.err) == (5, True)
    commit(box.root, "unlock.py", "fixed\n", "fix: unlock")


def work_the_checklist(cli: Cli, box: Sandbox) -> None:
    """Every item of every phase; one is skipped and one phase is entered early, with reasons."""
    playbook = read_playbook(
        (Path(__file__).parents[2] / "src/hotfix_tui/playbooks/crates-cli.toml").read_text()
    )
    minute = 5
    for number, phase in enumerate(playbook.phases, start=1):
        if number > 1:
            entered = cli(
                "phase", "next", *(("--reason", "the fix is obvious") if number == 3 else ()), now=at(minute)
            )
            assert entered.code == 0, entered.err
        for item in phase.items:
            minute += 1
            if item.operation == "branch" or item.id == "tests-added":
                continue
            words = ["done", item.id, "--evidence", f"seen by {item.id}"]
            words += ["--value", VALUES[item.kind]] if item.kind in VALUES else []
            answer = (
                cli("skip", item.id, "--reason", "no changelog here", now=at(minute))
                if item.id == "changelog"
                else cli(*words, now=at(minute))
            )
            assert answer.code == 0, answer.err
    box.git("push", "-q", "origin", "hotfix/v1.0.5")
    told = cli("status", now=at(minute)).out
    assert "hotfix/v1.0.5, 1 commit on v1.0.4" in told
    assert "pushed" in told


def reads_well(text: str, id: str) -> None:
    """Everything that happened is in the document."""
    assert text.startswith(f"# Post-mortem {id}: Unlock crash")
    for words in (
        "the alert came",
        "the fix is obvious",
        "no changelog here",
        "seen by critical-tests",
        "the rest waits for the morning",
        "hotfix/v1.0.5",
    ):
        assert words in text, words


def length_on_disk(cli: Cli, id: str) -> int:
    """How many events fold to the state that was shown."""
    settings = read_settings({}, cli.environment, cli.folder)
    store = open_store(settings)
    try:
        events = store.read(id).events
    finally:
        store.close()
    incident = fold(events)
    assert incident is not None
    assert incident.status == "closed"
    playbook = read_playbook(incident.declared.source)
    assert all(items(incident, phase) for phase in phases(incident, playbook))
    return len(events)


@pytest.mark.parametrize(
    ("way", "outcome", "branches"),
    [("resume", "done", 2), ("undo", "undone", 1), ("leave", "left", 2)],
)
def test_an_operation_that_was_killed_is_taken_up_again(
    tmp_path: Path, way: str, outcome: str, branches: int
) -> None:
    """A journal without an outcome is shown with what git says, and continued, undone or left by one command."""
    box = sandbox(tmp_path / "box")
    cli = Cli(box.root, tmp_path / "data")
    id = cli("declare", "x", "--answer", "danger=y").out.strip()
    services = open_services(read_settings({}, cli.environment, cli.folder))
    case, site = services.incidents.open(id), services.find_site(box.root)
    operation = OPERATIONS["branch"]
    plan = operation.plan(operation.prepare(site, case.incident, case.playbook, {}), site)
    begun = StartOperation("r1", "branch", plan.title, dict(plan.parameters), ("create", "switch"))
    case = services.incidents.ask(case, begun)
    services.incidents.ask(case, StartStep("r1", "create", plan.steps[0].argv))
    services.close()
    box.git(*plan.steps[0].argv[1:])
    shown = cli("op", "unfinished")
    assert "done: Create hotfix/v1.0.5" in shown.out
    assert "not-done: Switch to hotfix/v1.0.5" in shown.out
    assert cli("run", "branch", "--yes").code == 5
    assert cli("op", way, "--json").data["outcome"] == outcome
    assert len(box.branches()) == branches
    assert cli("op", "unfinished").out == ""
