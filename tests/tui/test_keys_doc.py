from __future__ import annotations

import os
from pathlib import Path

from hotfix_tui.tui.commands import COMMANDS, shown

DOC = Path(__file__).resolve().parents[2] / "docs" / "keys.md"
HEAD = """# Keys

Made from the command table; `hotfix keys` prints the same. The id is the name to use in `[keys]` of the configuration.
Commands without a key are in the palette (`:`). The level says how a command confirms: 0 not at all, 1 with `y`,
2 with `y` while Cancel has the focus, 3 by a typed word.

| scope | key | id | does | level |
|---|---|---|---|---|
"""


def test_the_keys_are_documented() -> None:
    """docs/keys.md is the command table. To make it anew: UPDATE_DOCS=1 ./dev test tests/tui/test_keys_doc.py."""
    rows = [
        f"| {c.scope} | {' '.join(f'`{shown(key)}`' for key in c.keys)} | {c.id} | {c.help} | {c.level} |"
        for c in COMMANDS
    ]
    page = HEAD + "\n".join(rows) + "\n"
    if os.environ.get("UPDATE_DOCS"):
        DOC.write_text(page)
    assert DOC.read_text() == page, "run: UPDATE_DOCS=1 ./dev test tests/tui/test_keys_doc.py"


def test_no_key_is_two_commands_at_once() -> None:
    """Every id is used once, and in each pane a key is one command."""
    assert len({c.id for c in COMMANDS}) == len(COMMANDS)
    panes = {c.scope for c in COMMANDS} - {"everywhere", "console", "home"}
    live: list[set[str]] = [*({"everywhere", "console", str(pane)} for pane in panes), {"everywhere", "home"}]
    for here in live:
        keys = [key for c in COMMANDS if c.scope in here for key in c.keys]
        assert sorted(keys) == sorted(set(keys)), here
