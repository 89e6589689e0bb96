"""Cards for kinds of emergency: headings that name what is broken are cards where they are no steps."""

from __future__ import annotations

import pytest

from hotfix_tui.importing.understanding import understand

_CARD = "\n1. Look.\n2. Restart it.\n"
CARDS = {
    "beside a procedure": (
        f"# Incidents\n## Response\n### Phase 1: Detect\nx\n### Phase 2: Fix\ny\n## Known incidents\n### Database down{_CARD}### API outage{_CARD}### Queue stuck{_CARD}### Rotating keys{_CARD}",
        ["Database down", "API outage", "Queue stuck"],
    ),
    "numbered, and nothing else": (
        f"# Handbuch\n## 1. Ausfall der Datenbank{_CARD}## 2. API nicht erreichbar{_CARD}## 3. Timeout beim Login{_CARD}## 4. Kundendaten{_CARD}",
        ["Ausfall der Datenbank", "API nicht erreichbar", "Timeout beim Login", "Kundendaten"],
    ),
}  # fmt: skip
NO_CARDS = {
    "two alone": f"# T\n## Database down{_CARD}## API outage{_CARD}",
    "nothing to do below": "# T\n## Database down\nx\n## API outage\ny\n## Queue stuck\nz\n",
    "about the tool": f"# T\n## Troubleshooting\n### Push fails{_CARD}### Build fails{_CARD}### Tag lost{_CARD}",
    "steps": f"# T\n## Step 1: Fix what is down{_CARD}## Step 2: Restart the failed{_CARD}## Step 3: Find what was lost{_CARD}",
}  # fmt: skip


@pytest.mark.parametrize("case", CARDS)
def test_headings_that_name_what_is_broken_are_kinds_of_emergency(case: str) -> None:
    """Each with what is done, and what is numbered as they are is one as well."""
    text, titles = CARDS[case]
    found = understand(text.encode()).scenarios
    assert [one.title for one in found] == titles
    assert all(one.actions == ("Look.", "Restart it.") for one in found)


@pytest.mark.parametrize("case", NO_CARDS)
def test_a_heading_with_a_fault_in_it_is_not_always_one(case: str) -> None:
    """Neither a few of them, nor empty ones, nor help with the tool, nor the steps themselves."""
    assert understand(NO_CARDS[case].encode()).scenarios == ()
