"""A look that begins before anybody asks for what it finds."""

from __future__ import annotations

import threading

import pytest

from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.service.ahead import Ahead


def test_it_looks_at_once_and_keeps_nobody_waiting() -> None:
    """The look runs beside whoever began it; until it is done there is no answer, and asking for it waits."""
    begun, go_on = threading.Event(), threading.Event()

    def look() -> str:
        begun.set()
        go_on.wait(30)
        return "seen"

    ahead = Ahead(look)
    assert begun.wait(30)
    assert ahead.found is None
    go_on.set()
    assert ahead.answer() == "seen"
    assert ahead.found == "seen"


def test_a_failure_is_for_whoever_wants_the_answer() -> None:
    """Nothing is found, nothing is said, and the answer raises what looking raised."""

    def look() -> str:
        raise PortFailure("Git", "it does not work.", "Look: git --version")

    ahead = Ahead(look)
    with pytest.raises(PortFailure, match="it does not work"):
        ahead.answer()
    assert ahead.found is None
