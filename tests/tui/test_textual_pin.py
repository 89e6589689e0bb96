from __future__ import annotations

import ast
import hashlib
import importlib
import inspect
import os
import pkgutil
import signal
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from textual import events
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget

from hotfix_tui import tui
from hotfix_tui.tui.driver import SafeDriver
from hotfix_tui.tui.guard import OUTPUT_THREAD
from hotfix_tui.tui.safe_app import SafeApp

ROOT = Path(__file__).resolve().parents[2]
ADVICE = "read the new Textual beside src/hotfix_tui/tui, repair, then correct the table (docs/adr/0002)"

REPLACED = {
    (LinuxDriver, "write"): "b78a34033db5",
    (LinuxDriver, "close"): "c32293a24c1a",
    (LinuxDriver, "_sigcont_application"): "1d7463a74df1",
    (LinuxDriver, "run_input_thread"): "d796af6d69db",
    (App, "_fatal_error"): "2474616cec7f",
    (App, "panic"): "9c4a264c909e",
    (App, "get_line_filters"): "8f245224fb57",
}
"""What SafeDriver and SafeApp put their own in place of, with the beginning of the digest of Textual's source."""

LEANT_ON = {
    (LinuxDriver, "__init__"): "671887bbf938",
    (LinuxDriver, "start_application_mode"): "7c41f5ba11a8",
    (LinuxDriver, "stop_application_mode"): "9a7e99c8d4bd",
    (LinuxDriver, "disable_input"): "6154c5a7c174",
    (LinuxDriver, "process_message"): "685f4c56ecfc",
    (LinuxDriver, "_sigtstp_application"): "26c3c19ce181",
    (LinuxDriver, "_run_input_thread"): "d2ef22cc2c97",
    (LinuxDriver, "_enable_mouse_support"): "cf01052c1f34",
    (LinuxDriver, "_patch_lflag"): "724b63b5ce23",
    (LinuxDriver, "_patch_iflag"): "e70a9724d90c",
    (Driver, "suspend_application_mode"): "20cef4924da3",
    (Driver, "resume_application_mode"): "f223590ce241",
    (WriterThread, "run"): "314021aab4f5",
    (XTermParser, "parse"): "a5834ad1def8",
    (Parser, "feed"): "390106cde019",
    (Parser, "tick"): "44606084ad3b",
    (App, "on_event"): "3dbf14d69491",
    (Screen, "_forward_event"): "edd1065a4a2d",
    (Widget, "_forward_event"): "66c264581d9b",
    (Screen, "_on_screen_resume"): "f39caa8ec442",
    (Screen, "_refresh_layout"): "889715478130",
    (Screen, "_screen_resized"): "9ac8cd9df563",
    (Screen, "_on_update"): "8d962c0761dd",
    (Screen, "_on_layout"): "55209a37fad6",
    (ScrollView, "_size_updated"): "1606ca15d939",
    (Widget, "refresh"): "b1ce3392c9c0",
    (Widget, "_check_refresh"): "ad1c8196be97",
    (Widget, "_exchange_repaint_regions"): "a2d797888f08",
    (Widget, "_set_dirty"): "9c280366b898",
    (App, "_handle_exception"): "baea2e7f88e7",
    (App, "_close_messages_no_wait"): "f5db7e8fd40a",
}
"""What stays Textual's own and has to go on doing what it did."""

OVERRIDDEN = {
    ("RowView", "_size_updated"),
    ("Appearing", "_screen_resized"),
    ("SafeDriver", "_sigcont_application"),
    ("SafeApp", "_fatal_error"),
    ("SafeApp", "_return_code"),
}
"""The private names that ours and Textual's classes share on purpose."""


def digest(owner: type, name: str) -> str:
    """The beginning of the digest of a method's source."""
    return hashlib.sha256(inspect.getsource(getattr(owner, name)).encode()).hexdigest()[:12]


def test_textual_is_within_the_pin() -> None:
    """The installed Textual is the one that pyproject.toml allows, within one minor release."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pins = [Requirement(line) for line in project["dependencies"] if line.startswith("textual")]
    (pin,) = pins
    assert pin.specifier.contains(version("textual")), f"textual {version('textual')} is not within {pin}"
    upper = [part.version.split(".") for part in pin.specifier if part.operator == "<"]
    lower = [part.version.split(".") for part in pin.specifier if part.operator == ">="]
    assert len(upper) == len(lower) == 1
    assert upper[0][0] == lower[0][0]
    assert int(upper[0][1]) == int(lower[0][1]) + 1


def test_the_words_about_this_test_name_it() -> None:
    """Who reads pyproject.toml, the driver or ADR 0002 finds this file under the name that they say."""
    name = Path(__file__).relative_to(ROOT).as_posix()
    for path in ("pyproject.toml", "src/hotfix_tui/tui/driver.py", "docs/adr/0002-textual-pinned-tightly.md"):
        assert name in (ROOT / path).read_text(), f"{path} does not name {name}"


@pytest.mark.parametrize(
    ("owner", "name", "known"),
    [(owner, name, known) for table in (REPLACED, LEANT_ON) for (owner, name), known in table.items()],
    ids=lambda value: value.__name__ if isinstance(value, type) else str(value),
)
def test_what_we_stand_on_has_not_moved(owner: type, name: str, known: str) -> None:
    """Each method of Textual's that ours replaces or leans on reads as it did when ours was written."""
    assert hasattr(owner, name), f"{owner.__name__}.{name} is gone: {ADVICE}"
    now = digest(owner, name)
    assert now == known, f"{owner.__name__}.{name} reads otherwise now ({now}): {ADVICE}"


@pytest.mark.parametrize("ours", [SafeDriver, SafeApp])
def test_the_tables_name_all_that_is_replaced(ours: type) -> None:
    """Nothing of Textual's is replaced unwatched, actions and handlers of events aside."""
    theirs = ours.__mro__[1]
    replaced = {
        name for name in vars(ours) if callable(vars(ours)[name]) and callable(getattr(theirs, name, None))
    }
    public_hooks = {name for name in replaced if name.startswith(("action_", "on_", "__"))}
    watched = {name for owner, name in REPLACED if issubclass(theirs, owner)}
    assert replaced - public_hooks == watched


@pytest.mark.parametrize("ours", [SafeDriver, SafeApp])
def test_every_private_name_is_there(ours: type) -> None:
    """What the driver and the application read from `self._…` is set by Textual or by themselves."""
    used = {
        node.attr
        for node in ast.walk(tree_of(ours))
        if isinstance(node, ast.Attribute) and is_self(node.value) and is_private(node.attr)
    }
    known = set[str]().union(*(names_of(base) for base in ours.__mro__ if source_of(base)))
    assert used, "the scan found nothing: it is broken"
    assert not used - known, f"gone from Textual: {used - known}. {ADVICE}"


def test_no_private_name_of_textual_is_taken_unawares() -> None:
    """No class of ours gives a private name of its base another meaning, but for those named above."""
    clashes = {
        (ours.__name__, name)
        for ours in our_classes()
        for name in names_of(ours)
        if is_private(name) and any(name in names_of(base) for base in ours.__mro__ if is_textual(base))
    }
    assert clashes == OVERRIDDEN, f"rename ours: {clashes - OVERRIDDEN}"


def test_the_output_thread_writes_what_is_queued_until_its_end(tmp_path: Path) -> None:
    """Queueing behind `write`, and `None` as the last word, is how SafeDriver never waits for a terminal."""
    with (tmp_path / "terminal").open("w+") as file:
        writer = WriterThread(file)
        assert writer.name == OUTPUT_THREAD
        assert writer.daemon, "a stuck terminal must not hold the interpreter"
        assert writer._queue.maxsize == MAX_QUEUED_WRITES > 0, (
            "a stalled terminal must fill it, not the memory"
        )
        writer.start()
        for text in ("one ", "two", None):
            writer._queue.put_nowait(text)
        writer.join(5)
        assert not writer.is_alive()
        assert file.seek(0) == 0
        assert file.read() == "one two"


def test_the_parser_takes_text_and_gives_messages() -> None:
    """`feed` and `tick` are all that the input stream asks of the parser of keys."""
    parser = XTermParser(False)
    given: list[Message] = [*parser.feed("a\x1b[B"), *parser.tick()]
    assert [message.key for message in given if isinstance(message, events.Key)] == ["a", "down"]


async def test_the_driver_listens_where_it_can_be_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Input is a file number, output is stderr, and the end of input is an event: SafeDriver asks for all three."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTSTP, signal.SIGCONT)}
    ours, other = os.openpty()
    try:
        with os.fdopen(other, "r+b", buffering=0, closefd=False) as stdin:
            monkeypatch.setattr("sys.__stdin__", stdin)
            driver = SafeDriver(App[None]())
            assert driver.fileno == other
            assert driver.input_tty
            assert not driver.exit_event.is_set()
            assert signal.getsignal(signal.SIGCONT) == driver._sigcont_application
            driver.write("nothing listens yet")
            assert not driver.drained()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(ours)
        os.close(other)


# --- reading the sources


def is_self(node: ast.expr) -> bool:
    """Whether the expression is `self`."""
    return isinstance(node, ast.Name) and node.id == "self"


def is_private(name: str) -> bool:
    """Whether the name has one underscore at its beginning."""
    return name.startswith("_") and not name.startswith("__")


def is_textual(owner: type) -> bool:
    """Whether the class is Textual's."""
    return owner.__module__.partition(".")[0] == "textual"


def our_classes() -> Iterator[type]:
    """Every class of the package tui that stands on one of Textual's."""
    for info in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        module = importlib.import_module(info.name)
        for thing in vars(module).values():
            if inspect.isclass(thing) and thing.__module__ == module.__name__ and any_textual(thing):
                yield thing


def any_textual(owner: type) -> bool:
    """Whether a base of the class is Textual's."""
    return any(is_textual(base) for base in owner.__mro__)


@lru_cache
def classes_of(module: ModuleType) -> dict[str, ast.ClassDef]:
    """Every class that the module's source defines at its top, by name."""
    source = inspect.getsource(module)
    return {node.name: node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)}


def source_of(owner: type) -> ast.ClassDef | None:
    """Where the class is defined, if that is in Textual or ours."""
    if owner.__module__.partition(".")[0] not in {"textual", "hotfix_tui"}:
        return None
    return classes_of(importlib.import_module(owner.__module__)).get(owner.__name__)


def tree_of(owner: type) -> ast.ClassDef:
    """Where the class is defined."""
    found = source_of(owner)
    assert found is not None
    return found


@lru_cache
def names_of(owner: type) -> frozenset[str]:
    """What the class defines in its body or sets on `self`."""
    tree = source_of(owner)
    if tree is None:
        return frozenset()
    names: set[str] = set()
    for node in tree.body:
        names |= _defined(node)
    for part in ast.walk(tree):
        if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store) and is_self(part.value):
            names.add(part.attr)
    return frozenset(names)


def _defined(node: ast.stmt) -> set[str]:
    """The names that one statement of a class's body defines."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    targets: list[Any] = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}
