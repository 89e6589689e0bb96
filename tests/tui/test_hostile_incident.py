from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from hotfix_tui.domain import intents as i
from hotfix_tui.domain.codec import encode, seal
from hotfix_tui.domain.events import Body, Declared, Draft, Event, Unknown
from hotfix_tui.tui.app import HotfixApp
from hotfix_tui.tui.filters import ControlFilter
from tests.tui.console_fixtures import Stage, drawn, ready, worked

EVIL = "[/x] [red]\x1b]52;c;ZXZpbA==\x07\x1b[31m\x9b1m\r\n\u202egnp\u200b\ud800\x08"
"""Markup, a clipboard, colours, a line end, text turned round, something hidden, half a character, a step back."""

KEPT = {
    "item",
    "phase",
    "mark",
    "milestone",
    "run",
    "step",
    "outcome",
    "operation",
    "form",
    "digest",
    "source",
    "decision",
    "playbook",
    "repository",
    "template",
}
"""Fields that other things are found by; with another value there is nothing to draw."""

WORDS = re.compile(
    r'^(\s*(?:title|text|short|summary|hint|why|done_when|note|name|label|address|phone|channel|audience|delegate|subject)\s*=\s*)"((?:[^"\\]|\\.)*)"',
    re.MULTILINE,
)
TOML_EVIL = "[/x] [red]\\u001B]52;c;ZXZpbA==\\u0007\\u001B[31m\\u009B1m\\u202Egnp\\u200B\\u0008"


def evil(value: Any) -> Any:
    """The text with everything hostile behind it; what is no text stays."""
    if isinstance(value, str):
        return value + EVIL if value else value
    return value


def spoiled(body: Body) -> Body:
    """The body as a hostile writer would have written it."""
    if isinstance(body, Unknown):
        return body
    changes = {f.name: evil(getattr(body, f.name)) for f in fields(body) if f.name not in KEPT}
    if isinstance(body, Declared):
        changes |= {
            "source": WORDS.sub(rf'\1"\2{TOML_EVIL}"'.replace("\\u", "\\\\u"), body.source),
            "digest": "e" * 64,
        }
    return replace(body, **changes)


def resealed(event: Event, prev: str) -> Event:
    """The event with a spoiled body, by a hostile person on a hostile machine."""
    return seal(
        Draft(spoiled(event.body), event.happened_at),
        incident=event.incident,
        writer=event.writer,
        seq=event.seq,
        prev=prev,
        stamp=event.stamp,
        now=event.recorded_at,
        by=evil(event.by),
    )


def spoil(made: Stage) -> None:
    """Give the incident another past, in which every text was hostile."""
    old, new = made.store.logs[made.case.id], list[tuple[Event, bytes]]()
    for event, _ in old:
        another = resealed(event, new[-1][0].id if new else "")
        new.append((another, encode(another)))
    made.store.logs[made.case.id] = new
    made.case = made.services.incidents.open(made.case.id)


async def shows(pilot: Pilot[None], words: str) -> None:
    """Wait until the words are on the screen."""
    assert isinstance(pilot.app, HotfixApp)
    for _ in range(300):
        await pilot.pause(0.01)
        if words in drawn(pilot.app):
            return
    raise AssertionError(f"{words!r} did not come:\n{drawn(pilot.app)}")


async def pressed(pilot: Pilot[None], keys: str) -> str:
    """Everything that was on the screen after each of these keys; the net caught nothing."""
    app, seen = pilot.app, ""
    assert isinstance(app, HotfixApp)
    for key in keys.split():
        await pilot.press(key)
        await pilot.pause()
        seen += drawn(app)
        assert ControlFilter.caught == 0, f"after {key}:\n{drawn(app)}"
    return seen


async def test_no_text_of_an_incident_needs_the_net(tmp_path: Path) -> None:
    """Every text that somebody else wrote is hostile: each is drawn cleaned, at every size, and the net stays empty."""
    made = worked(tmp_path)
    made.ask(i.ChangeSeverity("P1", "not so bad"), i.AssignRole("lead", "kim"))
    spoil(made)
    ControlFilter.caught = 0
    app = made.app()
    async with app.run_test(size=(120, 36)) as pilot:
        await ready(pilot)
        seen = await pressed(pilot, "1 3 5 question_mark escape colon escape")
        made.later(seconds=1)
        await pilot.resize_terminal(52, 14)
        await shows(pilot, "this window is 52x14")
        made.later(seconds=1)
        await pilot.resize_terminal(80, 24)
        await shows(pilot, ": commands")
        seen += await pressed(pilot, "0 1 3 4 5 2 enter escape E escape p escape q")
    assert app.last_words == ""
    assert seen.count("[/x] [red]") > 50
    assert "<U+202E>gnp<U+200B>" in seen
