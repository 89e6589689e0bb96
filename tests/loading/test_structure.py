from __future__ import annotations

import dataclasses
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from hotfix_tui.adapters.playbook_folders import BUILT_IN
from hotfix_tui.domain import playbook as schema
from hotfix_tui.domain.playbook import (
    Advice,
    Answer,
    Budget,
    Checklist,
    Condition,
    Flag,
    Item,
    Phase,
    Playbook,
    PostMortem,
    Question,
    Rollback,
    Rule,
    Severity,
    Step,
)
from hotfix_tui.loading import read
from hotfix_tui.loading.structure import WRONG, fields_of, structure

FULL = """\
schema = 1
id = "team"
title = "Ours"
use_when = ["it is down", "it leaks"]

[budget]
target = "1h30m"
maximum = "7d"
question = "Go on?"

[[severity]]
id = "SEV-1"
name = "Critical"
meaning = "it is down"
decision = "hotfix"
respond = "15m"
approvals = ["manager"]

[[flag]]
id = "telemetry"
text = "Telemetry touched?"

[[question]]
id = "down"
text = "Is it down?"
[[question.answer]]
key = "y"
text = "yes"

[[rule]]
when = { down = "y" }
severity = "SEV-1"
because = "It is down."
decision = "next-release"

[[checklist]]
id = "pre"
title = "Before"

[[phase]]
id = "fix"
title = "Fix"
minimum_wait = "90s"
when.severities = ["SEV-1"]
[phase.advice]
do = ["little"]
[[phase.step]]
number = 1
title = "Write it"
[[phase.item]]
id = "written"
text = "Write it"
checklist = "pre"
required = false
when = { flags = ["telemetry"] }
command = ["git", "diff", "$base"]
step = 1

[[rollback]]
id = "back"
title = "Back"
[[rollback.step]]
id = "revert"
text = "Revert"
irreversible = true

[postmortem]
questions = ["Why?"]
"""

MEANT = Playbook(
    id="team",
    title="Ours",
    use_when=("it is down", "it leaks"),
    budget=Budget(timedelta(minutes=90), timedelta(days=7), "Go on?"),
    severities=(
        Severity(
            "SEV-1",
            "Critical",
            "it is down",
            "hotfix",
            respond=timedelta(minutes=15),
            approvals=("manager",),
        ),
    ),
    flags=(Flag("telemetry", "Telemetry touched?"),),
    questions=(Question("down", "Is it down?", (Answer("y", "yes"),)),),
    rules=(Rule({"down": "y"}, "SEV-1", "It is down.", "next-release"),),
    checklists=(Checklist("pre", "Before"),),
    phases=(
        Phase(
            "fix",
            "Fix",
            minimum_wait=timedelta(seconds=90),
            when=Condition(severities=("SEV-1",)),
            steps=(Step(1, "Write it"),),
            advice=Advice(do=("little",)),
            items=(
                Item(
                    "written",
                    "Write it",
                    checklist="pre",
                    required=False,
                    when=Condition(flags=("telemetry",)),
                    command=("git", "diff", "$base"),
                    step=1,
                ),
            ),
        ),
    ),
    rollbacks=(Rollback("back", "Back", steps=(Item("revert", "Revert", irreversible=True),)),),
    postmortem=PostMortem(questions=("Why?",)),
)


def test_a_file_loads_to_exactly_what_it_says() -> None:
    """Every kind of value arrives where it belongs, and what is not written has its default."""
    assert read(FULL, "team.toml") == MEANT


@dataclass(frozen=True, slots=True)
class Wheel:
    """A record of a schema to come."""

    size: int


@dataclass(frozen=True, slots=True)
class Cart:
    """A record with a field of every kind that the loader knows."""

    name: str
    wheels: tuple[Wheel, ...] = ()
    spare: Wheel | None = None
    load: Literal["hay", "stone"] = "hay"
    rest: timedelta | None = None
    covered: bool = False
    labels: dict[str, str] = dataclasses.field(default_factory=dict)


def test_a_new_field_is_all_that_a_new_key_takes() -> None:
    """The records' own fields and types are the schema: nothing else is written down anywhere."""
    said: list[tuple[Any, str]] = []
    value = {
        "name": "c",
        "wheels": [{"size": 3}],
        "spare": {"size": 4},
        "load": "stone",
        "rest": "5m",
        "covered": True,
        "labels": {"a": "b"},
    }
    made = structure(Cart, value, (), lambda path, message: said.append((path, message)))
    assert (made, said) == (
        Cart("c", (Wheel(3),), Wheel(4), "stone", timedelta(minutes=5), covered=True, labels={"a": "b"}),
        [],
    )


def test_every_mistake_of_a_record_is_noted() -> None:
    """One mistake does not hide the next, at any depth."""
    said: list[str] = []
    value = {"wheels": [{"size": "x"}, {"size": 1, "color": "red"}], "rest": 5, "load": "gold"}
    assert structure(Cart, value, (), lambda path, message: said.append(message)) is WRONG
    assert len(said) == 5


def test_tables_of_the_schema_have_singular_names() -> None:
    """`[[severity]]`, `[[phase.item]]`: a table is one thing, and so is its name."""
    records = [r for r in vars(schema).values() if isinstance(r, type) and dataclasses.is_dataclass(r)]
    tables = {
        f.key
        for record in records
        for f in fields_of(record)
        if f.key != f.name or dataclasses.is_dataclass(f.shape)
    }
    assert "item" in tables
    assert {t for t in tables if t.endswith("s")} == {"alarms", "formats", "readiness"}


def test_reading_a_playbook_loads_nothing_heavy() -> None:
    """`hotfix status --line` reads a playbook each time a prompt is drawn."""
    script = (
        "import sys; from hotfix_tui.loading import read;"
        f"read(open({str(BUILT_IN / 'crates-cli.toml')!r}, encoding='utf-8').read(), 'x');"
        "print(*sorted({m.split('.')[0] for m in sys.modules} & "
        "{'tomlkit', 'difflib', 'textual', 'rich', 'git', 'click', 'logging', 'sqlite3', 'hypothesis'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
