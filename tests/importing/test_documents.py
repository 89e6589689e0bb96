"""Documents written for the project, one per structure that matters, and the public ones where they are present."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.score import FIELDS, fits, wrong
from hotfix_tui.importing.spans import Placed
from hotfix_tui.importing.understanding import understand
from hotfix_tui.importing.understood import Understood

OWN = Path(__file__).parent / "documents"
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
EXPECTED = sorted((CORPUS / "expect").glob("*.json"))


def _own(name: str) -> Understood:
    return understand((OWN / f"{name}.md").read_bytes())


@pytest.mark.parametrize("name", sorted(path.stem for path in OWN.glob("*.md")))
def test_each_structure_is_understood(name: str) -> None:
    """Every field of every document of our own is right: steps in other languages, in lists, per severity, in chapters (X.14)."""
    expected = json.loads((OWN / "expect" / f"{name}.json").read_text())
    assert set(expected) >= {field for field, _ in FIELDS}
    assert wrong(_own(name), expected) == {}


@pytest.mark.skipif(not EXPECTED, reason="the public documents are not beside the project (../shared/corpus)")
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: str(path.stem))
def test_public_documents_are_understood_as_they_were_read(path: Path) -> None:
    """Every field of the public documents is what was read by hand."""
    document = understand((CORPUS / f"{path.stem}.md").read_bytes())
    assert wrong(document, json.loads(path.read_text())) == {}


def test_html_is_read_as_what_it_stands_for() -> None:
    """Headings, folds and tables written in HTML are headings, labels and tables; their entities and tags are read."""
    document = _own("folded-in-html")
    assert document.title == "Runbook of the ticket office"
    assert [(one.meaning, one.respond) for one in document.severities] == [
        ("No tickets at all", (15, 15)),
        ("Slow", (60, 60)),
    ]
    assert [one.role for one in document.contacts] == ["On call", "Cashier & gate"]
    assert [one.title for one in document.rollbacks] == ["Going back to the release before"]


def test_a_record_that_is_only_told_about_is_a_form() -> None:
    """Where a list names a file and what to write in it, its parts are a form to fill in (S2.TPL.3)."""
    form = next(one for one in _own("folded-in-html").templates if one.kind == "document")
    assert (form.title, form.channel) == ("Write it down", "known-faults.md")
    assert [line for line in form.body.split("\n") if line] == ["## Symptoms", "## Cause", "## What helped"]


def test_a_wrong_field_is_told() -> None:
    """The score tells a field that is wrong with what was understood, and accepts what an expectation lists besides."""
    document = _own("steps-in-a-list")
    assert wrong(document, {"contacts": 3}) == {"contacts": 0}
    assert wrong(document, {"contacts": 3, "contacts_alt": [0]}) == {}
    assert fits("severities", ["SEV-1"], {"severities": ["sev1"]})
    assert not fits("severities", ["SEV-1"], {"severities": ["sev2"]})


def test_every_entry_says_where_it_stands_and_why() -> None:
    """Each entry keeps its source lines, inside the document, and a reason."""
    for path in OWN.glob("*.md"):
        document = understand(path.read_bytes())
        last = document.text.count("\n") + 1
        entries: tuple[Placed, ...] = (
            *document.sections, *document.severities, *document.phases, *document.tasks, *document.commands,
            *document.templates, *document.rollbacks, *document.contacts, *document.rungs, *document.branches,
        )  # fmt: skip
        assert entries
        for entry in entries:
            assert 1 <= entry.origin.first <= entry.origin.last <= last, entry
            assert entry.origin.reason


def test_the_lines_of_an_entry_are_its_own() -> None:
    """The lines of a task, a phase and a fence begin with what was understood of them."""
    document = _own("steps-in-german")
    lines = document.text.split("\n")
    for task in document.tasks:
        assert task.source.split("(")[0].strip() in lines[task.origin.first - 1]
    for phase in document.phases:
        assert phase.title in lines[phase.origin.first - 1]
    for command in document.commands:
        assert lines[command.origin.first - 1].lstrip().startswith("```")
        assert lines[command.origin.last - 1].strip() == "```"


def test_what_a_person_decided_goes_first() -> None:
    """A heading whose role was changed is a phase, or none, whatever the rules say of it."""
    path = OWN / "steps-in-german.md"
    before = understand(path.read_bytes())
    second, ways = before.phases[1], next(s for s in before.sections if s.role == "rollback")
    after = understand(path.read_bytes(), {second.origin.first: "dropped", ways.origin.first: "phase"})
    assert [p.title for p in after.phases] == [before.phases[0].title, before.phases[2].title, ways.title]


def test_ids_stay_when_other_entries_change() -> None:
    """A second import gives an unchanged item the id that it had, also where others were put before it."""
    text = (OWN / "steps-in-german.md").read_text()
    before = {task.text: task.id for task in understand(text.encode()).tasks}
    changed = text.replace("- [ ] Meldung bestätigt", "- [ ] Ganz neu\n- [ ] Meldung bestätigt")
    after = {task.text: task.id for task in understand(changed.encode()).tasks}
    assert {text: after[text] for text in before} == before
    assert len(after) == len(before) + 1


def test_steps_in_bold_are_phases_too() -> None:
    """Where steps are labels in bold, they are the phases, with their times and items, and are looked at first."""
    phases = _own("steps-as-labels").phases
    assert [(p.name, p.minutes, len(p.items)) for p in phases] == [
        ("Constater", (5, 5), 0),
        ("Corriger", (0, 30), 2),
        ("Prévenir", None, 0),
    ]
    assert not any(p.origin.sure for p in phases)


def test_placeholders_are_found_in_every_notation() -> None:
    """`[text]`, `<text>`, `#XXX`, `X.Y.Z+1` and `____` are placeholders (X.9)."""
    body = "Subject: [HOTFIX] X.Y.Z+1\n\nHi <name>,\nplease read #XXX and tell us: ____\n"
    document = understand(f"# T\n\n## Templates\n\n```\n{body}```\n".encode())
    assert document.templates[0].placeholders == ("[HOTFIX]", "X.Y.Z+1", "<name>", "#XXX", "____")
