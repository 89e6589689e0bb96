"""Durations as people write them, in many languages, as whole minutes (least, most)."""

from __future__ import annotations

import re
from functools import lru_cache

from hotfix_tui.importing.understood import Minutes

_UNITS: tuple[tuple[float, str, str], ...] = (
    (
        1 / 60,
        r"s|secs?|seconds?|sekunden?|sek|secondes?|segundos?|secondi|сек(?:унд[аы]?)?|saniye|sn",
        "秒钟?|秒鐘|초",
    ),
    (
        1,
        (
            r"m|mins?|minutes?|minuten?|minutos?|minuti|minuto|minut[ay]?|minuter|minutter|menit|phút|dakika|dk|"
            r"мин(?:ут[аы]?)?|хв(?:илин[аи]?)?|mn"
        ),
        "分钟|分鐘|分間|分|분",
    ),
    (
        60,
        (
            r"h|hrs?|hours?|stunden?|std|heures?|horas?|ore|ora|uur|uren|godzin[ay]?|godz|saat|sa|час(?:а|ов)?|ч|годин[аи]?|"
            r"timmar(?:na)?|timme|timer|jam|giờ|hodin[ay]?"
        ),
        "小时|小時|時間|시간",
    ),
    (
        1440,
        (
            r"d|days?|tagen?|tage|tag|jours?|j|días?|dias?|giorni|giorno|dagen|dagar(?:na)?|dag|dni|dzień|день|дня|дней|дні(?:в)?|"
            r"gün|hari|ngày|calendar days?|business days?|working days?|werktagen?|jours ouvrés|días hábiles|dias úteis|рабочих дней"
        ),
        "日間|(?<!月)天|(?<=\\d)日(?!\\d)|일",
    ),
    (
        10080,
        (
            r"w|wks?|weeks?|wochen?|semaines?|semanas?|settiman[ae]|we(?:ek|ken)|tydzień|tygodn(?:ie|i)|недел[яиьюе]|недель|"
            r"тиж(?:день|ні|нів)|hafta|veckor|vecka|minggu|tuần"
        ),
        "週間|周|週|주일?",
    ),
    (
        43200,
        r"months?|monate?n?|mois|meses|mes|mês|mesi|maanden|miesięcy|miesiące|месяц(?:а|ев)?",
        "个月|個月|ヶ月|か月|개월",
    ),
)
_LATIN = "|".join(f"(?P<u{n}>{latin})(?![^\\W\\d_])" for n, (_, latin, _) in enumerate(_UNITS))
_OTHER = "|".join(f"(?P<o{n}>{other})" for n, (_, _, other) in enumerate(_UNITS))
_UNIT_TEXT = f"(?:{'|'.join(latin for _, latin, _ in _UNITS)})(?![^\\W\\d_])|{'|'.join(other for _, _, other in _UNITS)}"
_UNIT = re.compile(f"(?:{_LATIN}|{_OTHER})\\.?", re.IGNORECASE)
_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_TO = r"(?:-|→|–|—|‑|−|~|〜|～|至|到|から|/|to|and|bis|à|a|y|al|tot|do|до|ila|ile|e|och|til|đến)"
_SPAN = re.compile(
    rf"(?<![\w.:])(?:t\s?\+\s?)?(?P<low>{_NUMBER})(?:\s?\+)?(?:[\s-]?(?P<lowunit>{_UNIT_TEXT})\.?)?"
    rf"(?:\s?{_TO}\s?(?:t\s?\+\s?)?(?P<high>{_NUMBER})(?:\+)?[\s-]?(?P<unit>{_UNIT_TEXT}))?",
    re.IGNORECASE,
)
_MORE = re.compile(rf"\s?(?P<low>{_NUMBER})\s?(?P<unit>{_UNIT_TEXT})?", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:<|≤|⩽|＜|&lt;=?|within(?: the)?(?: first| next)?|first|(?:de )?första|(?:de )?første|next|under|less than|max(?:imum)?\.?(?: of)?:?|up to|no more than|"
    r"at most|not exceed(?:ing)?|inside|by|innerhalb(?: von| der ersten)?|binnen|unter|bis zu|höchstens|in den ersten|"
    r"(?:en )?moins de|sous|d'ici|dans les(?: premières)?|jusqu'à|(?:en )?menos de|dentro de(?: las)?|hasta|máx(?:imo)?\.?(?: de)?:?|"
    r"(?:em )?até|entro(?: le)?|meno di|massimo|maximaal|do|w ciągu|poniżej|maks\.?|до|в течение(?: первых)?|менее|не более|"
    r"протягом|en fazla|ilk|不超过|少于|最多|最大|最長|小于|최대|inom|max)\s*(?:~|≈|ca\.?|about|approx\.?)?\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^\s*\)?\s*(?:max(?:imum|imal)?\b|tops\b|or less\b|at most\b|以内|以內|内|內|之内|이내|이하|içinde|kadar|まで|未満|maks|máx|"
    r"au maximum|hoechstens|höchstens|limit\b)",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"(?i)(?<![^\W\d_])(?:max(?:imum|imal|\.)?|at most|no more than|up to|höchstens|maximal|máx(?:imo|\.)?|не более|最大|最多|최대)\s?"
    rf"(?P<value>{_NUMBER})(?:\s?(?P<unit>{_UNIT_TEXT})|(?=\s*(?:[)\]）,;]|$)))"
)
"""An upper bound, whose unit may stand before it."""
_WORDED = re.compile(r"\b(?:an|one|half an|half a) (hour|minute|day|week)\b", re.IGNORECASE)
_WORDED_MINUTES = {"hour": 60, "minute": 1, "day": 1440, "week": 10080}
_POINT = re.compile(r"(?i)(?<![^\W\d_])t\s?[-+−–]\s?$")
"""What stands before a point of time, which is no duration: "T+48h"."""
_MINUTES_FIRST = re.compile(
    r"(?i)\bminutes?\s(?P<span>\d{1,3}\s?[-–—]\s?\d{1,3})(?!\s?[-–—\d]|\s?(?:min|m\b|h))"
)
"""A range behind its unit: "Minute 5-10"."""
_IN_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,80})[)）\]】]")
LONGEST = 400


def minutes(text: str) -> Minutes | None:
    """The first duration of a text; None where there is none."""
    text = _MINUTES_FIRST.sub(r"\g<span> min", text[:LONGEST])
    if not any(map(str.isdigit, text)):
        return _worded(text)
    for found in _SPAN.finditer(text):
        span = _span(found, text)
        if span is not None:
            return span
    return _worded(text)


def at_most(title: str) -> int | None:
    """The minutes that a title allows beside the usual ones: 20 in "15 minutes, max 20"; None where it does not."""
    text = title[:LONGEST]
    usual, found = of_title(title), _MOST.search(text)
    if usual is None or found is None:
        return None
    before = [one["unit"] or one["lowunit"] for one in _SPAN.finditer(text[: found.start()])]
    unit = found["unit"] or next(filter(None, reversed(before)), None)
    value = round(_number(found["value"]) * _factor(unit)) if unit else 0
    return value if value > usual[1] else None


@lru_cache(5000)
def of_title(title: str) -> Minutes | None:
    """The duration in a heading: the one in brackets before any other."""
    for inside in reversed(_IN_BRACKETS.findall(title[:LONGEST])):
        found = minutes(inside)
        if found is not None:
            return found
    return minutes(title)


def without(text: str) -> str:
    """The text without a duration in brackets or behind a dash."""
    return _IN_BRACKETS.sub(lambda found: "" if minutes(found[1]) else found[0], text).strip()


def _span(found: re.Match[str], text: str) -> Minutes | None:
    low, unit, last = found["low"], found["unit"], found.end()
    if unit is None:
        if found["lowunit"] is None or _POINT.search(text[: found.start("low")]):
            return None
        least = _number(low) * _factor(found["lowunit"])
        least, last = _and_more(text, found.end(), least, found["lowunit"])
        return _bounded(least, text, found.start(), last)
    most = _number(found["high"]) * _factor(unit)
    least = _number(low) * _factor(found["lowunit"] or unit)
    if least > most:
        return None
    return (round(least), round(most)) if most >= 1 else (0, 1)


def _and_more(text: str, at: int, least: float, unit: str) -> tuple[float, int]:
    """The smaller part added, as in "1 h 30" and "1 hour 30 minutes"."""
    more = _MORE.match(text, at)
    factor = _factor(unit)
    if not more or factor <= 1 or (more["unit"] is None and text[at : at + 1].isspace()):
        return least, at
    inner = _factor(more["unit"]) if more["unit"] else factor / 60
    if inner >= factor:
        return least, at
    return least + _number(more["low"]) * inner, more.end()


def _bounded(value: float, text: str, start: int, end: int) -> Minutes:
    most = max(1, round(value))
    upper = _BEFORE.search(text[max(0, start - 40) : start]) or _AFTER.match(text[end : end + 20])
    return (0, most) if upper else (most, most)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _factor(unit: str) -> float:
    found = _UNIT.fullmatch(unit)
    if found is None:
        return 1
    name = found.lastgroup or "u1"
    return _UNITS[int(name[1:])][0]


def _worded(text: str) -> Minutes | None:
    found = _WORDED.search(text)
    if not found:
        return None
    value = _WORDED_MINUTES[found[1].lower()] // (2 if "half" in found[0].lower() else 1)
    return _bounded(value, text, found.start(), found.end())
