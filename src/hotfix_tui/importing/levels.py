"""The severity that a cell, heading or label begins with: codes before words, in many languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.domain.record import record
from hotfix_tui.importing.inline import signless

CODE = re.compile(
    r"(?<![\w-])(?P<family>sev(?:erity)?|prio(?:rity)?|p|s|sévérité|priorité|gravité|schweregrad|prioridad|severidad|prioridade|severidade|"
    r"приоритет)(?P<gap>[\s_-]?)(?P<number>\d)(?P<more>\s*(?:-|–|—|to|bis|a|à|~|\.\.)\s*(?P=family)?[\s_-]?(?P<end>\d)(?!\d|[.:/]))?(?![\w/]|[.:]\d)",
    re.IGNORECASE,
)
_LEVELED = re.compile(
    r"^(?P<family>level|lvl|tier|class|niveau|nivel|nível|stufe|livello|poziom|уровень|seviye|category|cat|l|t)[\s_-]?(?P<number>\d|[IVX]{1,3}|[A-E])(?!\w)",
    re.IGNORECASE,
)
_GRADED = re.compile(
    r"^第?(?P<number>[1-5１-５一二三四五])(?P<family>级|級|급|등급)(?:(?=事件|事故|故障|问题|問題|障碍|障害|告警|缺陷|响应)|(?![\u3040-\u9fff\uac00-\ud7af]))"
)
_WORDS = (
    r"critical|crit|blocker|severe|emergency|catastrophic|urgent|high|major|serious|significant|medium|moderate|minor|normal|low|trivial|"
    r"cosmetic|informational|info|warning|standard|very high|highest|lowest|"
    r"kritisch|dringend|schwerwiegend|hoch|mittel|niedrig|gering|normal|leicht|"
    r"critique|urgente?|bloquante?|majeure?|élevée?|haute?|moyenne?|modérée?|mineure?|faible|basse?|"
    r"crític[oa]|alt[oa]|grave|medi[oa]|médi[oa]|moderad[oa]|baj[oa]|baix[oa]|menor|mayor|leve|"
    r"critic[oa]|medio|bass[oa]|moderat[oa]|hoog|gemiddeld|laag|krytyczn[yae]|wysoki[ae]?|średni[ae]?|niski[ae]?|pilny|"
    r"критическ\w+|критичн\w+|высок\w+|средн\w+|низк\w+|серьезн\w+|серьёзн\w+|блокирующ\w+|незначительн\w+|висок\w+|середн\w+|низьк\w+|"
    r"kritik|acil|yüksek|orta|düşük|önemli|kritisk|hög|medel|låg|kritická?|vysoká?|střední|nízká?|nghiêm trọng|cao|trung bình|thấp|tinggi|sedang|rendah"
)
_WORD = re.compile(rf"^(?P<word>{_WORDS})(?![\w-])", re.IGNORECASE)
_CJK_WORD = re.compile(
    r"^(?P<word>致命的?|严重|嚴重|紧急|緊急|重大|重要|中等?|高|低|一般|轻微|輕微|軽微|普通|クリティカル|치명적?|심각|긴급|높음|중간|보통|낮음|경미)(?![\u3040-\u9fff\uac00-\ud7af])"
)


@record(frozen=True, slots=True)
class Level:
    """A severity's label where it is classed."""

    id: str
    family: str
    """What codes of one scheme share; "word" for words."""
    rest: str
    """What stands beside the label: its name, without the code."""


def level_of(text: str, *, named: bool = False) -> list[Level]:
    """The severities that a cell, heading or label begins with; ranges give several. `named`: it is about severities."""
    said = signless(text)[:160]
    codes = list(CODE.finditer(said))
    if codes and (codes[0].start() <= 2 or _in_brackets(said, codes[0]) or (named and codes[0].start() < 24)):
        return [level for found in codes[: 1 if not named else 6] for level in _expanded(found, said)]
    leveled = (_LEVELED.match(said) or _GRADED.match(said)) if named else None
    if leveled:
        return [
            Level(leveled[0].strip(), leveled["family"].lower(), said[leveled.end() :].strip(" :：-–—()（）"))
        ]
    word = _WORD.match(said) or _CJK_WORD.match(said)
    if word and (named or len(said.split()) <= 8):
        return [Level(word["word"], "word", said[word.end() :].strip(" :-–—()"))]
    return []


def _in_brackets(said: str, found: re.Match[str]) -> bool:
    before = said[: found.start()].rstrip()
    return (
        before.endswith(("(", "（", "["))
        and len(before.split()) <= 5
        and bool(_WORD.match(said) or _CJK_WORD.match(said))
    )


def _expanded(found: re.Match[str], said: str) -> Iterator[Level]:
    family, gap, first = found["family"], found["gap"], int(found["number"])
    last = int(found["end"]) if found["end"] else first
    rest = (said[: found.start()] + " " + said[found.end() :]).strip(" :-–—()+（）")
    for number in range(first, last + 1 if last >= first else first + 1):
        yield Level(
            f"{family}{gap}{number}", _family(family), " ".join(rest.split()) if first == last else ""
        )


def _family(text: str) -> str:
    """P, Priority and prio are one scheme; S, SEV and Severity are another."""
    return "p" if text.lower().startswith("p") else "s" if text.lower().startswith("s") else text.lower()


def normal(id: str) -> str:
    """The id without case, dashes and blanks: what is compared."""
    return re.sub(r"[\s_-]", "", id).casefold()
