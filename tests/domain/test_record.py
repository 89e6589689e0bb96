"""Records behave as the frozen dataclasses that type checkers take them for."""

from __future__ import annotations

import dataclasses
import operator
import subprocess
import sys
from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest

from hotfix_tui.domain.record import record


@record(frozen=True, slots=True)
class Point:
    """Two numbers and what is said of them."""

    x: int
    y: int = 2
    tags: dict[str, str] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


@record(frozen=True, slots=True)
class Deep(Point):
    """A point below the ground."""

    depth: float = 0.5


@record(frozen=True, slots=True)
class Empty:
    """Nothing at all."""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same shape, by the standard library."""

    x: int
    y: int = 2
    tags: dict[str, str] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


def test_made_as_a_dataclass_is() -> None:
    """Places, names, defaults and fresh factories."""
    assert (Point(1).x, Point(1).y, Point(1).tags) == (1, 2, {})
    assert Point(1).tags is not Point(1).tags
    assert Point(1, 3, secret="s") == Point(x=1, y=3, secret="s")
    assert Deep(1, depth=4).depth == 4
    assert Empty() == Empty()


@pytest.mark.parametrize(
    ("args", "given"),
    [((), {}), ((1, 2, {}, "", 5), {}), ((1,), {"x": 2}), ((1,), {"z": 2})],
    ids=["missing", "too many", "twice", "unknown"],
)
def test_wrong_arguments_are_refused(args: tuple[object, ...], given: dict[str, object]) -> None:
    """What the standard class refuses is refused here."""
    for shape in (Point, Twin):
        with pytest.raises(TypeError):
            shape(*args, **given)  # type: ignore[arg-type]


@record(frozen=True, slots=True, order=True)
class Ranked:
    """A place, and what breaks a tie."""

    place: int
    tie: int = 0


def test_ordered_by_the_first_field_then_the_next() -> None:
    """All four comparisons agree with those of the values, as the standard class's do."""
    values = [(place, tie) for place in range(3) for tie in range(3)]
    for compare in (operator.lt, operator.le, operator.gt, operator.ge):
        for left in values:
            for right in values:
                assert compare(Ranked(*left), Ranked(*right)) == compare(left, right)
    assert max(Ranked(1, 5), Ranked(2)) == Ranked(2)


def test_only_what_has_an_order_is_ordered() -> None:
    """Another class, or a record without an order, is refused rather than compared."""
    pairs: tuple[tuple[Any, Any], ...] = (
        (Point(1), Point(2)),
        (Ranked(1), Point(2)),
        (Ranked(1), (1, 0)),
    )
    for left, right in pairs:
        with pytest.raises(TypeError):
            operator.lt(left, right)


def test_values_never_change() -> None:
    """No attribute can be set, added or removed."""
    point = Point(1)
    with pytest.raises(FrozenInstanceError):
        point.x = 5  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del point.x
    with pytest.raises(FrozenInstanceError):
        point.other = 5  # type: ignore[attr-defined]
    assert not hasattr(point, "__dict__")


def test_equal_by_class_and_values() -> None:
    """Equal values of one class are equal and have one hash; a subclass is another class."""
    assert Point(1) == Point(1)
    assert Point(1) != Point(2)
    assert Point(1) != Deep(1)
    assert Point(1) != object()
    assert hash(Deep(1, tags=())) == hash(Deep(1, tags=()))  # type: ignore[arg-type]
    assert len({Empty(), Empty()}) == 1


def test_the_tools_of_dataclasses_work() -> None:
    """fields, replace, repr and pattern matching."""
    assert [f.name for f in dataclasses.fields(Deep)] == ["x", "y", "tags", "secret", "depth"]
    assert replace(Deep(1), x=7) == Deep(7)
    assert repr(Point(1, secret="no")) == repr(Twin(1, secret="no")).replace("Twin", "Point")
    match Point(1, 9):
        case Point(x, y):
            assert (x, y) == (1, 9)


def test_no_immutable_class_pays_for_compiled_methods() -> None:
    """Importing the domain compiles no method of any class."""
    source = (
        "import dataclasses, sys\n"
        "made = []\n"
        "real = dataclasses._create_fn\n"
        "dataclasses._create_fn = lambda name, *a, **k: (made.append(name), real(name, *a, **k))[1]\n"
        "import hotfix_tui.domain.playbook, hotfix_tui.domain.events, hotfix_tui.domain.intents\n"
        "print(made)"
    )
    found = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True).stdout
    assert found == "[]\n"
