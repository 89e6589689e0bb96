"""Pictures: what a screen looks like, kept as SVG in snapshots/ and compared by `snap_compare`.

A picture lies at snapshots/<the test module's path under tests/>/<the test's name>.svg. Every test that uses
`snap_compare` is marked `picture` by itself; `./dev snap` takes them anew.
"""

from __future__ import annotations

import os
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_textual_snapshot

if TYPE_CHECKING:
    from syrupy.location import PyTestLocation

ROOT = Path(__file__).resolve().parents[1]


class TopLevelSVG(pytest_textual_snapshot.SVGImageExtension):  # type: ignore[misc]  # the plugin ships no types
    """Keeps the pictures in one folder at the top, where a person finds and leafs through them."""

    file_extension = "svg"  # the name that later versions of the plugin's base read

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        """The folder of the pictures of one test module."""
        module = Path(test_location.filepath).resolve().relative_to(ROOT / "tests")
        return str(ROOT / "snapshots" / module.with_suffix(""))


pytest_textual_snapshot.SVGImageExtension = (
    TopLevelSVG  # the fixture looks it up by this name when it is used
)


def pinned_textual() -> str:
    """The version of Textual with which the pictures were taken."""
    pin = re.search(r"^textual==(\S+)", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert pin is not None, "constraints.txt does not pin textual"
    return pin[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests with pictures; with another Textual than theirs they are skipped, but never in CI.

    Even a patch release of Textual may draw a border differently: that says nothing about our change.
    """
    have, pinned = version("textual"), pinned_textual()
    other = have != pinned and not os.environ.get("CI")
    for item in items:
        if "snap_compare" in getattr(item, "fixturenames", ()):
            item.add_marker("picture")
            if other:
                why = f"the pictures were taken with Textual {pinned}, this is {have}"
                item.add_marker(pytest.mark.skip(reason=why))
