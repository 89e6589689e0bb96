from __future__ import annotations

from datetime import timedelta

import pytest

from hotfix_tui.domain.intents import FillField, MarkMilestone, Resolve
from hotfix_tui.domain.postmortem import render
from tests.playbooks.test_every_playbook import declared

MARKED = {
    "S0": (("detected", "acknowledged", "beta-released", "released"), ["1h", "2h", "3h"]),
    "S1": (("detected", "released"), ["1h", "1h", "1h"]),
    "S3": (("acknowledged", "fixed", "released"), ["1h", "2h", "3h"]),
    "S4": (("began", "detected", "released", "verified"), ["1h", "3h", "3h", "1h"]),
}
"""The moments that a source measures between, an hour apart, and what each of its metrics then took."""


def part(text: str, heading: str) -> list[list[str]]:
    """The cells of the table under that heading, without its two first lines."""
    lines = text.split(f"## {heading}")[1].split("\n## ", maxsplit=1)[0].strip().splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("source", MARKED)
def test_what_a_playbook_measures_stands_in_the_post_mortem(source: str) -> None:
    """From moment to moment, as the playbook names them (S0.MET.1, S1.MET.1, S3.MET.1, S4.MET.1)."""
    moments, took = MARKED[source]
    scene = declared(source)
    for milestone in moments:
        scene.now += timedelta(hours=1)
        scene.ask(MarkMilestone(milestone))
    scene.ask(Resolve())
    rows = part(render(scene.incident, scene.playbook, scene.now).text, "Metrics")
    assert [row[1] for row in rows] == took
    assert [row[0] for row in rows] == [metric.title for metric in scene.playbook.metrics]


def test_the_criteria_of_success_are_answered_in_the_post_mortem() -> None:
    """Six, each with its answer; 75 % is not the 80 % that are wanted (S3.MET.2, S3.MET.3)."""
    scene = declared("S3")
    for field in scene.playbook.criteria:
        scene.ask(FillField(field.id, "75" if field.kind == "number" else "yes"))
    rows = part(render(scene.incident, scene.playbook, scene.now).text, "Success criteria")
    assert [row[1:] for row in rows] == [
        ["yes", "met"],
        ["yes", "met"],
        ["yes", "met"],
        ["75", "**missed**: is 75, below 80 %"],
        ["yes", "met"],
        ["yes", "met"],
    ]
