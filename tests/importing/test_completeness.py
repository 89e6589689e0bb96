"""Everything that a document says is in the playbook, or is told at its end."""

from __future__ import annotations

from hotfix_tui.domain.playbook import Item, Playbook
from hotfix_tui.importing.reviewing import entries, settled
from hotfix_tui.importing.understanding import understand
from hotfix_tui.importing.writing import write
from hotfix_tui.loading import read

END = "# --- in the document, and not in this playbook"


def of(text: str) -> tuple[Playbook, list[str]]:
    """The playbook of a document, and what is told at its end."""
    made = write(understand(text.encode()), "HOTFIX.md")
    return read(made, "p.toml"), made.partition(END)[2].splitlines()[2:]


def phase_items(*body: str) -> tuple[Item, ...]:
    """The items of a phase with these lines."""
    return (
        of(
            "\n".join(
                ("# T", "", "## Phase 1: Ship", "", *body, "", "## Phase 2: Tell", "", "- [ ] tell them")
            )
        )[0]
        .phases[0]
        .items
    )


def test_a_script_beside_boxes_is_asked_for_too() -> None:
    """Operation by operation, where it has several; what nobody can take back says so; boxes stay where they stand."""
    items = phase_items(
        "```sh",
        "npm version patch",
        'git commit -am "release"',
        "git push origin main --tags  # NO WAY BACK",
        "./smoke.sh",
        "```",
        "- [ ] watch the errors",
    )
    assert [(item.text, item.operation, item.irreversible) for item in items] == [
        ("npm version patch", "bump", False),
        ('git commit -am "release"', "commit", False),
        ("NO WAY BACK", "push", True),
        ("./smoke.sh", "", False),
        ("watch the errors", "", False),
    ]
    assert items[2].hint == "`git push origin main --tags # NO WAY BACK`"


def test_a_script_that_does_one_thing_is_one_item() -> None:
    """What only looks goes with what it looks at."""
    items = phase_items(
        "```sh", "git fetch --tags", "git switch -c hotfix/1 v1.0.0", "```", "- [ ] CI is green"
    )
    assert [(item.text, item.operation) for item in items] == [("Ship", "branch"), ("CI is green", "")]


def test_commands_that_are_set_in_by_blanks_are_asked_for() -> None:
    """They are counted nowhere, and need no fence."""
    text = "# T\n\n## Phase 1: Ship\n\nNow:\n\n    ./deploy.sh prod\n\n## Phase 2: Tell\n\n- [ ] tell them\n"
    assert [item.command for item in of(text)[0].phases[0].items] == [("./deploy.sh", "prod")]
    assert understand(text.encode()).commands == ()


def test_plain_items_beside_boxes_may_be_left_open() -> None:
    """Those among boxes and those that say what to do; what only explains is told at the end, what stands in a box is its note."""
    text = (
        "# T\n\n## Phase 1: Look\n\n- [ ] read the page\n  - it is in the wiki\n- rollback or fix?\n\nBesides:\n\n"
        "- Decide who speaks\n- nothing is urgent here\n\n## Phase 2: Tell\n\n- [ ] tell them\n"
    )
    playbook, told = of(text)
    assert [(item.text, item.required) for item in playbook.phases[0].items] == [
        ("read the page", True),
        ("rollback or fix?", False),
        ("Decide who speaks", False),
    ]
    assert told == ["# HOTFIX.md:12  - nothing is urgent here"]


def test_lines_that_no_entry_keeps_are_told_at_the_end() -> None:
    """Also under headings of which something was taken; labels, times, heads of tables and comments say nothing."""
    text = (
        "# T\n\nSummary of it.\n\n## Phase 1: Branch\n\n**Duration**: 5 min\n\n```sh\ngit switch -c hotfix/1 v1.0.0\n```\n"
        "Wait for the pipeline (5m).\nIt is slow.\n\n<!-- keep in sync\nwith the wiki -->\n\n## Phase 2: Tell\n\n- [ ] tell them (if P0)\n\nTODO: who else?\n\n"
        "## Contacts\n\n| Role | Phone |\n|---|---|\n| Lead | +49 151 000000 |\n"
    )
    assert of(text)[1] == [
        "# HOTFIX.md:12-13  Wait for the pipeline (5m). It is slow.",
        "# HOTFIX.md:22  TODO: who else?",
    ]


def test_what_is_struck_out_is_not_asked_for() -> None:
    """It is told at the end; what is struck out in part stays."""
    playbook, told = of(
        "# T\n\n## Phase 1: Ask\n\n- [x] ~~Ask Bob~~ (he left)\n- [ ] ~~Call~~ write to Kim\n\n## Phase 2: Tell\n\n- [ ] tell them\n"
    )
    assert [item.text for item in playbook.phases[0].items] == ["Call write to Kim"]
    assert told == ["# HOTFIX.md:5  - [x] ~~Ask Bob~~ (he left)"]


def test_a_heading_that_somebody_takes_for_a_way_back_has_its_lines_as_steps() -> None:
    """What says when is its trigger; nothing of it is lost, though it has no list and no command."""
    text = "# T\n\n## Phase 1: Ship\n\n- [ ] ship it\n\n## If all fails\n\nIf the page is red:\nPress the red button\nand shout.\n"
    found = understand(text.encode())
    (heading,) = (one for one in entries(found) if one.kind == "heading" and one.title == "If all fails")
    made = write(settled(found, {heading.key: "rollback"}), "HOTFIX.md")
    (way,) = read(made, "p.toml").rollbacks
    assert way.triggers == ("If the page is red",)
    assert [step.text for step in way.steps] == ["Press the red button", "and shout."]
    assert END not in made
