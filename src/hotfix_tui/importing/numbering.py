"""The numbers that headings begin with, in every form: "Step 1:", "1️⃣", "第一阶段", "IV.", "2.3", "Шаг 2"."""

from __future__ import annotations

import re
from functools import lru_cache

from hotfix_tui.domain.record import record
from hotfix_tui.importing import words
from hotfix_tui.importing.inline import unsigned
from hotfix_tui.importing.times import minutes

_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_CIRCLED = (
    {chr(0x2460 + n): f"{n + 1}. " for n in range(20)}
    | {chr(0x2776 + n): f"{n + 1}. " for n in range(10)}
    | {"🔟": "10. "}
)
_CHINESE = {sign: n for n, sign in enumerate("零一二三四五六七八九十")}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_NUM = r"\d{1,4}(?:\.\d{1,3}){0,3}"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^第(?P<num>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<word>步骤?|阶段|階段|部分|部|章|节|節|段階|回|단계)[\s:：、.．—-]*(?P<rest>.*)$",
        (
            r"^(?P<word>步骤|步驟|阶段|階段|ステップ|フェーズ|手順|工程|단계|시나리오|场景|情景|シナリオ|方案|方法|案例|선택지|옵션|パターン|ケース)\s?"
            r"(?P<num>[一二三四五六七八九十]{1,3}|\d{1,2}|[A-F])[\s:：、.．—)-]*(?P<rest>.*)$"
        ),
        r"^(?P<num>\d{1,2})\s?(?P<word>단계|段階)[\s:：、.．—)-]*(?P<rest>.*)$",
        r"^(?P<num>[一二三四五六七八九十]{1,3})(?P<word>)[、.．)]\s*(?P<rest>.*)$",
        (
            rf"^(?P<word>[^\W\d_][\w'’-]{{1,20}}(?:\s[^\W\d_][\w'’-]{{1,20}})?)\s(?:n[°ºo]\.?\s?|№\s?|nr\.?\s?|#)?(?P<num>{_NUM}|[IVX]{{1,4}}|[A-H])"
            r"(?:(?<=\d)[a-z](?![a-z]))?\s*(?:[:：.)\]–—|-]+\s*|\s+(?=\S)|$)(?P<rest>.*)$"
        ),
        r"^(?P<num>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\s+(?P<word>)(?P<rest>[^\W\d_].*)$",
        rf"^[\[(（【]?(?P<num>{_NUM})(?:[a-z](?![a-z]))?(?:[.):：、．\]）】–—-]+\s*|\s+[–—-]\s+)(?P<word>)(?P<rest>\S.*)$",
        r"^(?P<num>[IVX]{1,5})[.)]\s+(?P<word>)(?P<rest>\S.*)$",
        r"^(?P<num>[A-H])[.)]\s+(?P<word>)(?P<rest>\S.*)$",
        r"^(?P<word>[A-Z])(?P<num>\d{1,2})(?:\s?[:：.)、．]+\s*|\s+[–—-]+\s+)(?P<rest>\S.*)$",
    )
)


_RANGE = re.compile(r"\d{1,3}\s?[-–—~]\s?\d{1,3}\s?[^\W\d]")
_STEP = re.compile(r"^(?P<word>[^\W\d_]{3,12})\s(?P<num>\d{1,2})\s*[:：.)–—-]+\s*(?P<rest>\S.*)$")


@record(frozen=True, slots=True)
class Numbered:
    """What a title begins with, and the rest of it."""

    word: str
    """The word before the number, in small letters; "" for a bare number."""
    text: str
    """The number as written."""
    place: int
    """Its last part as a number: 3 for "2.3"."""
    prefix: str
    """Its other parts: "2" for "2.3"."""
    rest: str
    """The title behind it."""
    kind: str
    """ "step" for a phase or step, "choice" for an option or scenario, "" for a bare number, "other" for any other word."""


@lru_cache(5000)
def numbered(title: str) -> Numbered | None:
    """The number that a title begins with; None where it has none."""
    text = _KEYCAP.sub(r"\1", title) if "\u20e3" not in title else _KEYCAP.sub(r"\1. ", title)
    for sign, number in _CIRCLED.items():
        if sign in text:
            text = text.replace(sign, number)
    text = unsigned(text)[:200]
    if _RANGE.match(text) and minutes(text[:40]):
        return None  # a time: "0-15 minutes"
    for pattern in _PATTERNS:
        found = pattern.match(text)
        if found:
            made = _made(found)
            if made is not None:
                return made
    return None


def _made(found: re.Match[str]) -> Numbered | None:
    word, num, rest = found["word"].casefold(), found["num"], found["rest"].strip()
    if (
        word
        and re.fullmatch(r"[A-H]", num)
        and not words.about("choice", word)
        and not words.about("step", word)
    ):
        return None
    if not word and re.fullmatch(r"\d+", num) and int(num) > 60:
        return None
    parts = num.split(".")
    place = _value(parts[-1])
    if not word:
        inner = _STEP.match(rest)
        if inner and words.about("step", inner["word"]):  # "2. Step 1 — build it" is step 1
            return Numbered(
                inner["word"].casefold(), inner["num"], _value(inner["num"]), "", inner["rest"], "step"
            )
        ordinal = re.match(r"^(?P<word>[^\W\d_]+)\s*[:：–—-]?\s+(?P<rest>\S.*)$", rest)
        if (
            ordinal
            and words.about("step", ordinal["word"])
            and len(ordinal["word"]) < 12
            and ":" in rest[:20]
        ):
            word, rest = ordinal["word"].casefold(), ordinal["rest"]
    return Numbered(word, num, place, ".".join(parts[:-1]), rest, _kind(word))


def _kind(word: str) -> str:
    if not word:
        return ""
    if words.about("step", word):
        return "step"
    return "choice" if words.about("choice", word) else "other"


def _value(text: str) -> int:
    if text.isdigit() and text.isascii():
        return int(text)
    if text and all(char in _ROMAN for char in text) and text not in ("C", "D"):
        total = 0
        for char, after in zip(text, [*text[1:], ""], strict=True):
            value = _ROMAN[char]
            total += -value if after and _ROMAN[after] > value else value
        return total
    if len(text) == 1 and text.isascii():
        return ord(text.upper()) - 64
    if "十" in text:
        left, _, right = text.partition("十")
        return _CHINESE.get(left, 1) * 10 + _CHINESE.get(right, 0)
    return _CHINESE.get(text[:1], 0)
