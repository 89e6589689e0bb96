"""What the tests of git share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.git.working import Night


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A repository with a remote and an incident."""
    night = Night(tmp_path / "night")
    yield night
    night.close()
