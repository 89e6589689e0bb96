from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from hotfix_tui.cli.pages import commands_page, configuration_page
from hotfix_tui.cli.root import hotfix
from tests.cli_fixtures import Cli

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", ["commands.md", "configuration.md"])
def test_the_pages_say_what_the_program_says(name: str) -> None:
    """docs/commands.md and docs/configuration.md are made from the program's own tables.

    To make them anew: UPDATE_DOCS=1 ./dev test tests/cli/test_docs.py
    """
    page = commands_page(hotfix) if name == "commands.md" else configuration_page()
    if os.environ.get("UPDATE_DOCS"):
        (DOCS / name).write_text(page)
    assert (DOCS / name).read_text() == page, "run: UPDATE_DOCS=1 ./dev test tests/cli/test_docs.py"


def test_the_example_configuration_is_one(cli: Cli) -> None:
    """What docs/configuration.md shows is accepted without a warning."""
    page = configuration_page()
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert tomllib.loads(example)
    (cli.data.parent / "config.toml").write_text(example)
    assert cli("config", "show", "--json").data["warnings"] == []
