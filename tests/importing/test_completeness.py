"""Everything that a document says is in the playbook, or is told at its end."""

from __future__ import annotations

from hotfix_tui.domain.playbook import Item, Playbook
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
