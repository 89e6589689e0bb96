"""What was understood is written as TOML that loads, whatever was understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.importing.understanding import understand
from hotfix_tui.importing.understood import (
    BranchPattern,
    Command,
    Formats,
    Origin,
    Phase,
    Repair,
    Rollback,
    Section,
    Severity,
    Task,
    Template,
    Understood,
)
from hotfix_tui.importing.writing import write
from hotfix_tui.loading import read
from hotfix_tui.service.importing import imported
from tests.importing.understanding import understood

MINUTE = timedelta(minutes=1)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(understood())
def test_whatever_was_understood_loads(found: Understood) -> None:
    """No text, number or reference of a document can make a playbook that does not load."""
    playbook = read(write(found, "HOTFIX.md", "ab12"), "p.toml")
    assert len(playbook.severities) == max(1, len(found.severities))
    assert len(playbook.templates) == len(found.templates)


AT = Origin(41, 52, "a heading with a number")
GUESS = Origin(7, 7, "a word that may be a phase", sure=False)
CALL = Task("call", "Call the lead", "Call the lead", "Assess", origin=AT)
FIX = Understood(
    "Hot fixes",
    "",
    severities=(
        Severity("P0", "Critical", "all is down", (0, 15), (60, 240), hotfix=True, origin=AT),
        Severity("P1", "High", hotfix=False, origin=GUESS),
    ),
    phases=(Phase("p", "## 1. Assess (5-10 min)", "Assess", "1", (5, 10), items=(CALL,), origin=AT),),
    tasks=(CALL,),
)


def written(found: Understood) -> tuple[str, Playbook]:
    """The text and the playbook of it."""
    text = write(found, "docs/HOTFIX.md")
    return text, read(text, "p.toml")


def test_each_entry_says_where_it_is_from_and_where_nobody_was_sure() -> None:
    """The lines stand beside the header, as a comment."""
    text, _ = written(FIX)
    assert "[[phase]] # HOTFIX.md:41-52\n" in text
    assert "[[severity]] # HOTFIX.md:7 - look: a word that may be a phase\n" in text


def test_times_are_what_the_document_says() -> None:
    """A range of a phase is its least and its maximum; a severity's is the time to resolve."""
    _, playbook = written(FIX)
    phase, severity = playbook.phases[0], playbook.severities[0]
    assert [phase.least, phase.target, phase.maximum] == [5 * MINUTE, 5 * MINUTE, 10 * MINUTE]
    assert [severity.respond, severity.resolve_least, severity.resolve] == [
        15 * MINUTE,
        60 * MINUTE,
        240 * MINUTE,
    ]
    assert [one.decision for one in playbook.severities] == ["hotfix", "next-release"]


def test_one_question_chooses_the_severity() -> None:
    """A document that asks nothing can be declared with all the same."""
    _, playbook = written(FIX)
    assert [answer.text for answer in playbook.questions[0].answers] == ["P0: all is down", "P1: High"]
    assert [rule.severity for rule in playbook.rules] == ["P0", "P1"]


def test_an_empty_document_is_a_playbook_too() -> None:
    """It says what it made up."""
    text, playbook = written(Understood("", ""))
    assert [playbook.id, len(playbook.severities), len(playbook.phases)] == ["hotfix", 1, 1]
    assert "names no severity" in text
    assert "has no steps" in text


def test_only_a_plain_command_is_a_command() -> None:
    """What a shell would read, and what is to be filled in, stands as words; all commands stand on a card."""
    plain, filled = (
        Command("$ cargo test  --all\n", "bash", "Assess", AT),
        Command("git tag vX.Y.Z", "", "Assess", AT),
    )
    piped = Command("cat x | sh", "", "Assess", AT)
    tasks = tuple(replace(CALL, id=f"t{n}", commands=(c,)) for n, c in enumerate((plain, filled, piped)))
    found = replace(
        FIX, phases=(replace(FIX.phases[0], items=tasks),), tasks=tasks, commands=(plain, filled, piped)
    )
    _, playbook = written(found)
    assert [item.command for item in playbook.phases[0].items] == [("cargo", "test", "--all"), (), ()]
    assert [item.hint for item in playbook.phases[0].items] == ["", "`git tag vX.Y.Z`", "`cat x | sh`"]
    assert playbook.cards[0].lines == ("$ cargo test  --all", "git tag vX.Y.Z", "cat x | sh")


def test_the_same_words_give_the_same_ids_wherever_they_stand() -> None:
    """Importing a document again, into which something was put, changes no id of what was there."""
    before = {item.id for item in written(FIX)[1].all_items()}
    more = replace(CALL, id="new", text="Look around", origin=Origin(40, 40, ""))
    found = replace(FIX, phases=(replace(FIX.phases[0], items=(more, CALL)),), tasks=(more, CALL))
    assert [item.id for item in written(found)[1].phases[0].items] == ["new", *before]


def test_a_condition_becomes_a_fact_to_ask_for_once() -> None:
    """Severities are conditions of their own; "if needed" depends on nothing that could be asked."""
    conditions = ("if telemetry-related", "IF telemetry-related", "if needed", "IF P0")
    tasks = tuple(
        replace(CALL, id=f"t{n}", condition=said, severities=("P0",) if "P0" in said else ())
        for n, said in enumerate(conditions)
    )
    _, playbook = written(replace(FIX, phases=(replace(FIX.phases[0], items=tasks),), tasks=tasks))
    assert [flag.text for flag in playbook.flags] == ["telemetry-related?"]
    assert [item.when.flags for item in playbook.phases[0].items] == [("telemetry-related",)] * 2 + [(), ()]
    assert playbook.phases[0].items[3].when.severities == ("P0",)
    assert playbook.phases[0].items[2].hint == "if needed"


def test_twins_stand_in_the_phase_of_theirs_and_are_not_asked_twice() -> None:
    """Marking one marks both; the summary's one is not required."""
    short = replace(
        CALL, id="short", text="Lead called", twin="call", section="Summary", origin=Origin(90, 90, "")
    )
    _, playbook = written(replace(FIX, tasks=(CALL, short)))
    assert [(item.id, item.twin, item.required) for item in playbook.phases[0].items] == [
        ("call", "", True),
        ("short", "call", False),
    ]


def test_boxes_outside_of_the_steps_are_kept_and_may_be_left_open() -> None:
    """They have a phase of their own at the end."""
    other = replace(CALL, id="other", section="Team", origin=Origin(90, 90, ""))
    _, playbook = written(replace(FIX, tasks=(CALL, other)))
    assert [phase.id for phase in playbook.phases] == ["assess", "other-checklists"]
    assert not playbook.phases[1].items[0].required


def test_placeholders_of_messages_are_to_be_filled_in() -> None:
    """Whatever notation; other dollars are dollars."""
    body = "Hi [Name], <what happened> in vX.Y.Z+1 costs $5, {{link}}\n"
    known = ("[Name]", "<what happened>", "vX.Y.Z+1", "{{link}}")
    _, playbook = written(
        replace(FIX, templates=(Template("t", "Note", "message", body, placeholders=known, origin=AT),))
    )
    assert playbook.templates[0].body == "Hi $name, $what_happened in v$fix costs $$5, $link\n"


@pytest.mark.parametrize(
    ("pattern", "form"),
    [
        ("hotfix/vX.Y.Z", "hotfix/v$fix"),
        ("hotfix/issue-{number}-{short-description}", "hotfix/issue-$issue-$slug"),
        ("hotfix/<version>", "hotfix/$fix"),
        ("hotfix/${ISSUE_ID}_fix", "hotfix/${issue}_fix"),
    ],
)
def test_a_branch_pattern_is_filled_from_the_incident(pattern: str, form: str) -> None:
    """Version, number of the issue and short words have names that an incident knows."""
    _, playbook = written(replace(FIX, branches=(BranchPattern(pattern, "master", AT),)))
    assert playbook.git.branch == form
    assert [playbook.git.base, playbook.git.main] == ["main", "master"]


def test_an_example_of_a_message_is_nobodys_next_message() -> None:
    """Only a form in which something is to be filled in is offered; the example stays as a comment."""
    text, playbook = written(replace(FIX, formats=Formats(commit="fix: a crash", tag="Hotfix: <what>")))
    assert [playbook.formats.commit, playbook.formats.tag] == ["", "Hotfix: $what"]
    assert "# The document's example for “commit”: fix: a crash\n" in text


def test_what_has_no_place_is_told_at_the_end() -> None:
    """Headings under which nothing was taken, and what was mended in reading."""
    text = "# A\n\nprose\n\n## B\n\nmore\n"
    sections = (Section("A", 1, "", -1, Origin(1, 7, "")), Section("B", 2, "", 0, Origin(5, 7, "")))
    made, _ = written(
        Understood("A", text, sections=sections, repairs=(Repair("bom", 1, 1, "a mark taken off"),))
    )
    ending = made[made.index("# --- in the document") :].splitlines()
    assert ending[2:] == [
        "# HOTFIX.md:1-4  A",
        "# HOTFIX.md:5-7  B",
        "# HOTFIX.md:1  mended in reading: a mark taken off",
    ]


def test_a_way_back_of_commands_is_a_step_for_each_line() -> None:
    """Its comment says what it does; a plain command can be taken, another one stands as words."""
    text = "# 1. Look around\ngit log --oneline -5\ngit diff *.py\ngit push origin main # to everybody\n"
    way = Rollback("**Going back**", commands=(Command(text, "bash", "Going back", AT),), origin=AT)
    _, playbook = written(replace(FIX, rollbacks=(way,)))
    assert playbook.rollbacks[0].title == "Going back"
    assert [(step.text, step.command, step.hint) for step in playbook.rollbacks[0].steps] == [
        ("Look around", ("git", "log", "--oneline", "-5"), ""),
        ("git diff *.py", (), ""),
        ("to everybody", ("git", "push", "origin", "main"), ""),
    ]


def test_a_command_over_several_lines_is_one_step_and_what_deletes_is_final() -> None:
    """An open quote and a here-document belong to their command; a step that nobody can take back says so."""
    text = '# Look at it\npython -c "\nimport json\nprint(1)\n"\ncat <<EOF\nrm -rf all\nEOF\n# Take it away\nrm -rf old\n'
    way = Rollback("Going back", commands=(Command(text, "bash", "Going back", AT),), origin=AT)
    _, playbook = written(replace(FIX, rollbacks=(way,)))
    steps = playbook.rollbacks[0].steps
    assert [(step.text, step.command, step.irreversible) for step in steps] == [
        ("Look at it", (), False),
        ("cat <<EOF …", (), False),
        ("Take it away", ("rm", "-rf", "old"), True),
    ]


@pytest.mark.parametrize(
    ("script", "kind", "pointer"),
    [
        ("git revert --no-edit abc", "revert", ""),
        ("git tag -d v1.2.4\ncargo yank --version 1.2.4", "delete-tag-and-yank", ""),
        ("npm dist-tag add app@1.2.3 latest", "channel-pointer", ""),
        ("sed -i s/1.2.4/1.2.3/ dist/latest-mac.yml", "channel-pointer", "dist/latest-mac.yml"),
        ("git checkout v1.2.3\nnpm run deploy:production", "redeploy-tag", ""),
        ("systemctl stop app", "", ""),
    ],
)
def test_the_kind_of_a_way_back_is_told_by_its_commands(script: str, kind: str, pointer: str) -> None:
    """What the pane rehearses and the operation does; a way that nothing tells is gone by hand."""
    text = f"# Fix\n\n## Rollback\n\n```bash\n{script}\n```\n"
    _, playbook = written(understand(text.encode()))
    assert [(way.kind, way.pointer) for way in playbook.rollbacks] == [(kind, pointer)]


def test_a_long_document_is_written_lean_rather_than_refused() -> None:
    """A thousand phases load; without lines and names of checklists, and it says so."""
    data = b"".join(
        b"## Phase %d: Do the thing %d (5 min)\n\n- [ ] item %d\n\n" % (n, n, n) for n in range(1000)
    )
    new = imported(understand(data), data, "HOTFIX.md")
    assert len(new.playbook.phases) == 1000
    assert "It is a long document" in new.text


@pytest.mark.parametrize(
    ("written_as", "id"),
    [("P0", "P0"), ("SEV 1", "SEV-1"), ("CRÍTICO", "CRITICO"), ("심각", "S1"), ("?!", "S1")],
)
def test_a_severity_keeps_the_documents_own_word(written_as: str, id: str) -> None:
    """Where it can be an id; else it is counted."""
    _, playbook = written(replace(FIX, severities=(Severity(written_as, written_as, origin=AT),)))
    assert [one.id for one in playbook.severities] == [id]


def test_what_a_branchs_name_needs_is_asked_for() -> None:
    """The number of the issue is nothing that an incident knows by itself."""
    _, playbook = written(
        replace(FIX, branches=(BranchPattern("hotfix/<team name>-{number}-<slug>", "", AT),))
    )
    assert [(field.id, field.text) for field in playbook.intake] == [
        ("team-name", "Team name"),
        ("issue", "Issue"),
    ]


def test_examples_of_a_severity_are_no_tasks() -> None:
    """A list under a label that names examples or a severity is told beside the phase; another one is asked for."""
    text = "## Assess\n\n**Not P0**:\n- It is slow\n\nThen:\n- Tell the team"
    unsure = [Origin(n, n, "an item of a list", sure=False) for n in (4, 7)]
    phase = replace(
        FIX.phases[0],
        items=(),
        todo=(("It is slow", unsure[0]), ("Tell the team", unsure[1])),
        origin=Origin(1, 7, ""),
    )
    made, playbook = written(replace(FIX, text=text, phases=(phase,), tasks=()))
    assert [(item.text, item.required) for item in playbook.phases[0].items] == [("Tell the team", False)]
    assert "# HOTFIX.md:4  It is slow\n" in made
