from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_fixtures import Cli, hotfix


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """`hotfix` in an empty folder."""
    return hotfix(tmp_path)
