"""What an item's value may be: each kind of item takes its own answers, and keeps them in one spelling."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from hotfix_tui.domain.errors import NeedsAnswer
from hotfix_tui.domain.playbook import Field, Item
from hotfix_tui.domain.text import clean

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)*|[.,][0-9]+) ?%?")
_GROUPS = re.compile(r",(?=[0-9]{3}(?:[^0-9]|$))")
_YES_NO = {"y": "yes", "yes": "yes", "n": "no", "no": "no"}


def accepted_value(item: Item | Field, value: str) -> str:
    """The value as it is kept; an empty one stays empty.

    Raises: NeedsAnswer when the item's kind takes no such value.
    """
    rule = _RULES.get(item.kind)
    if rule is None or not value:
        return value
    kept = rule.spelling(item, value)
    if not kept:
        raise NeedsAnswer("value", f"{item.text}: “{clean(value, 40)}” is not {rule.wanted(item)}.")
    return kept


def shortfall(item: Item | Field, value: str) -> str:
    """How the value fails what is expected of it, such as "is yes, not no"; empty when it is good or none is asked."""
    if not value:
        return ""
    if item.expect and value.casefold() != item.expect.casefold():
        return f"is {value}, not {item.expect}"
    number = _amount(value)
    if number is None:
        return ""
    unit = f" {item.unit}" if item.unit else ""
    if item.at_least is not None and number < item.at_least:
        return f"is {value}, below {item.at_least:g}{unit}"
    if item.below is not None and number >= item.below:
        return f"is {value}, not below {item.below:g}{unit}"
    if item.at_most is not None and number > item.at_most:
        return f"is {value}, above {item.at_most:g}{unit}"
    return ""


def _amount(value: str) -> float | None:
    """The number written as `value`; a comma before exactly three digits groups thousands, another one is a point."""
    text = _GROUPS.sub("", value.rstrip("% ")).replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None


def question(item: Item | Field) -> str:
    """What to ask for when the item is done and no value was given; empty when it takes none."""
    asked = _ASKED.get(item.kind, "")
    if item.kind == "recurring" and (item.at_least, item.at_most, item.below) != (None, None, None):
        asked = _ASKED["number"]
    return f"{asked[:-1]}: {_list(item)}?" if item.kind == "choice" and item.choices else asked


class _Rule(NamedTuple):
    spelling: Callable[[Item | Field, str], str]
    """The value in the spelling that is kept; empty when it is none of this kind."""
    wanted: Callable[[Item | Field], str]


def _number(item: Item | Field, value: str) -> str:
    return value if _NUMBER.fullmatch(value) else ""


def _yes_no(item: Item | Field, value: str) -> str:
    return _YES_NO.get(value.lower(), "")


def _choice(item: Item | Field, value: str) -> str:
    if not item.choices:
        return value  # nothing to hold it against
    return next((choice for choice in item.choices if choice.casefold() == value.casefold()), "")


def _list(item: Item | Field) -> str:
    return " or ".join(item.choices)


_RULES: dict[str, _Rule] = {
    "yes-no": _Rule(_yes_no, lambda item: "yes or no"),
    "number": _Rule(_number, lambda item: "a number"),
    "choice": _Rule(_choice, lambda item: f"one of: {', '.join(item.choices)}"),
}

_ASKED: dict[str, str] = {
    "yes-no": "yes or no?",
    "number": "which number?",
    "choice": "which one?",
    "text": "what is it?",
    "approval": "who approved?",
}
