"""The severities of a document: from headings, tables, lists or the choices of a template; codes before words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hotfix_tui.domain.record import record
from hotfix_tui.importing import times, words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.inline import label, labels, plain, signless, unsigned
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.understood import Origin, Severity

_CODE = re.compile(
    r"(?<![\w-])(?P<family>sev(?:erity)?|prio(?:rity)?|p|s|sévérité|priorité|gravité|schweregrad|prioridad|severidad|prioridade|severidade|"
    r"приоритет)(?P<gap>[\s_-]?)(?P<number>\d)(?P<more>\s*(?:-|–|—|to|bis|a|à|~|\.\.)\s*(?P=family)?[\s_-]?(?P<end>\d)(?!\d|[.:/]))?(?![\w/]|[.:]\d)",
    re.IGNORECASE,
)
_LEVELED = re.compile(r"^(?P<family>level|lvl|tier|class|niveau|nivel|nível|stufe|livello|poziom|уровень|seviye|category|cat|l|t)[\s_-]?(?P<number>\d|[IVX]{1,3}|[A-E])(?!\w)", re.IGNORECASE)
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
_SLASHED = re.compile(r"\s*(?:/|\||,|、|·|•)\s*")


@record(frozen=True, slots=True)
class Level:
    """A severity's label where it is classed."""

    id: str
    family: str
    """What codes of one scheme share; "word" for words."""
    rest: str
    """What stands beside the label: its name, without the code."""


@record(frozen=True, slots=True)
class Source:
    """A place that classes issues: a table, sibling headings, a list."""

    kind: str
    first: int
    levels: tuple[tuple[Level, Origin, object], ...]
    weight: int


def level_of(text: str, *, named: bool = False) -> list[Level]:
    """The severities that a cell, heading or label begins with; ranges give several. `named`: it is about severities."""
    said = signless(text)[:160]
    codes = list(_CODE.finditer(said))
    if codes and (codes[0].start() <= 2 or _in_brackets(said, codes[0]) or (named and codes[0].start() < 24)):
        return [level for found in codes[: 1 if not named else 6] for level in _expanded(found, said)]
    leveled = _LEVELED.match(said) if named else None
    if leveled:
        return [Level(leveled[0].strip(), leveled["family"].lower(), said[leveled.end() :].strip(" :-–—()"))]
    word = _WORD.match(said) or _CJK_WORD.match(said)
    if word and (named or len(said.split()) <= 8):
        return [Level(word["word"], "word", said[word.end() :].strip(" :-–—()"))]
    return []


def _in_brackets(said: str, found: re.Match[str]) -> bool:
    before = said[: found.start()].rstrip()
    return before.endswith(("(", "（", "[")) and len(before.split()) <= 5 and bool(_WORD.match(said) or _CJK_WORD.match(said))


def _expanded(found: re.Match[str], said: str) -> Iterator[Level]:
    family, gap, first = found["family"], found["gap"], int(found["number"])
    last = int(found["end"]) if found["end"] else first
    rest = (said[: found.start()] + " " + said[found.end() :]).strip(" :-–—()+（）")
    for number in range(first, last + 1 if last >= first else first + 1):
        yield Level(f"{family}{gap}{number}", _family(family), " ".join(rest.split()) if first == last else "")


def _family(text: str) -> str:
    """ "P", "Priority" and "prio" are one scheme; "S", "SEV" and "Severity" are another."""
    return "p" if text.lower().startswith("p") else "s" if text.lower().startswith("s") else text.lower()


def normal(id: str) -> str:
    """The id without case, dashes and blanks: what is compared."""
    return re.sub(r"[\s_-]", "", id).casefold()


def sources(document: Document) -> list[Source]:
    """Every place that classes issues."""
    found = [*_headings(document), *_tables(document), *_lists(document), *_choices(document)]
    return [source for source in found if len(_distinct(source)) >= 2]


def _distinct(source: Source) -> list[str]:
    return list(dict.fromkeys(normal(level.id) for level, _, _ in source.levels))


def _headings(document: Document) -> Iterator[Source]:
    for around in (document.outline.top, *document.sections):
        inside = around.inside
        named = any(words.about("severity", s.title) for s in (around, *around.above()) if s.title)
        levels = [(level, _origin(s), s) for s in inside for level in level_of(s.title, named=False)[:4]]
        if not levels:
            continue
        codes = [one for one in levels if one[0].family != "word"]
        chosen = codes if len({normal(c[0].id) for c in codes}) >= 2 else levels if named else []
        if not chosen and len(levels) >= 2 and len(levels) == len(inside):
            chosen = levels
        if chosen:
            plain_ones = sum(words.about("template", s.title) or words.about("rollback", s.title) for s in inside)
            weight = (100 if named else 80) - 40 * (plain_ones > 0)
            yield Source("headings", inside[0].first, tuple((a, b, c) for a, b, c in chosen), weight)


def _origin(section: Section) -> Origin:
    return Origin(section.first, section.last, "a heading that begins with a severity")


def _tables(document: Document) -> Iterator[Source]:
    for section, block in _with_tables(document):
        head, body = block.rows[0], block.rows[1:]
        about = [words.about("severity", cell) or bool(re.fullmatch(r"(?i)\W*(sev|prio|p)\W*", plain(cell))) for cell in head]
        near = any(words.about("severity", s.title) for s in (section, *section.above()) if s.title)
        leveled = [bool(re.search(r"(?i)\blevel|niveau|nivel|nível|stufe|уровень|seviye|livello|等级|级别|級別|レベル|단계", plain(cell))) for cell in head]
        column = next((n for n, yes in enumerate(about) if yes), None)
        if column is None and near:
            column = next((n for n, yes in enumerate(leveled) if yes), 0)
        sure = column is not None
        if column is None and leveled and not any(words.about("contact", c) for c in head):
            column = 0
        if column is None or any(words.about("contact", c) or words.about("escalation", c) for c in head[:1]):
            continue
        levels = []
        for row, line in zip(body, block.row_lines[1:], strict=True):
            cell = row[column] if column < len(row) else ""
            for level in level_of(cell, named=sure) or (_any_word(cell) if sure and column == 0 else []):
                levels.append((level, Origin(line, line, "a row of the table of severities"), (head, row)))
        codes = {normal(level.id) for level, _, _ in levels if level.family != "word"}
        if not sure and len(codes) < 2:
            continue
        weight = (95 if column == 0 else 60) + 10 * near - 30 * (len(levels) < len(body)) - 25 * _is_of_others(head, column)
        yield Source("table", block.first, tuple(levels), weight if sure else 75)


def _is_of_others(head: Sequence[str], column: int) -> bool:
    """Whether the severity is only a property of what the table lists: risks, alerts, tests."""
    first = plain(head[0])
    return column > 0 and bool(re.search(r"(?i)risk|alert|error|metric|check|vulnerab|service|component|test|bug|file|task|finding", first))


def _any_word(cell: str) -> list[Level]:
    """In the first column of a table of severities any short text is one."""
    said = signless(cell)
    return [Level(said, "word", "")] if said and len(said.split()) <= 3 and re.search(r"[^\W\d_]", said) else []


def _with_tables(document: Document) -> Iterator[tuple[Section, Block]]:
    for section, top in document.everything():
        for block in top.walk():
            if block.kind == "table" and len(block.rows) > 1:
                yield section, block


def _lists(document: Document) -> Iterator[Source]:
    for section in (document.outline.top, *document.sections):
        near = any(words.about("severity", s.title) for s in (section, *section.above()) if s.title)
        for kind, first, lines in _runs(section):
            over = near or kind == "named"
            found = [(level, Origin(line, last, "a list of severities"), text) for line, last, text in lines for level in _labelled(text, over)]
            codes = [one for one in found if one[0].family != "word"]
            if len({normal(one[0].id) for one in codes}) >= 2:
                yield Source("list", first, tuple(codes), 70 + 15 * over)
            elif over and len({normal(one[0].id) for one in found}) >= 2:
                yield Source("list", first, tuple(found), 65)


def _runs(section: Section) -> Iterator[tuple[str, int, list[tuple[int, int, str]]]]:
    """Lists, and paragraphs that follow each other, as lines."""
    labelled: list[tuple[int, int, str]] = []
    before = ""
    for block in section.blocks:
        if block.kind == "list":
            named = words.about("severity", before.split("\n")[-1]) if before else False
            lines = [(item.first, item.last, item.text) for item in block.children]
            if not any(re.match(r"\[[ xX]\]", text) for _, _, text in lines):
                yield "named" if named else "", block.first, lines
        if block.kind == "paragraph":
            before = block.text
            rows = block.text.split("\n")
            labelled += [(block.first + n, block.first + n, row) for n, row in enumerate(rows)]
    if labelled:
        yield "", labelled[0][0], labelled


def _labelled(text: str, named: bool) -> list[Level]:
    found = label(text.split("\n")[0])
    if found is None or not (found.strong or named or _CODE.match(found.name)):
        return []
    return level_of(found.name, named=False)[:4]


def _choices(document: Document) -> Iterator[Source]:
    """ "**Severity**: P0 / P1 / P2" in a template or form."""
    lines = [(part.first + 1 + n, row) for part in document.fences for n, row in enumerate(part.text.split("\n"))]
    lines += [(n, row) for n, row in enumerate(document.lines, 1) if ":" in row or "：" in row]
    for number, row in lines:
        found = label(re.sub(r"^[\s>*+-]*(?=\S)", "", row, count=1) if row.lstrip().startswith(("-", ">", "+")) else row)
        if not found or not words.about("severity", found.name) or len(found.value) > 160:
            continue
        options = [o for o in _SLASHED.split(re.sub(r"\[[ xX]?\]|[\[\]()☐□]", " ", plain(found.value))) if o.strip()]
        levels = [one for option in options for one in level_of(option.strip(), named=False)[:4]]
        if len(levels) >= 2 and len(options) <= 8:
            yield Source("choices", number, tuple((one, Origin(number, number, "the choices of a field"), row) for one in levels), 40)


def read(document: Document) -> tuple[Severity, ...]:
    """The severities in the document's order, each with what is said about it."""
    found = sources(document)
    if not found:
        return ()
    best = max(found, key=lambda source: (source.weight, -source.first))
    order: dict[str, Level] = {}
    origins: dict[str, Origin] = {}
    family = best.levels[0][0].family
    for source in [best, *(s for s in found if s is not best and s.weight >= 60 and family != "word")]:
        for level, origin, _ in source.levels:
            if level.family != family:
                continue
            order.setdefault(normal(level.id), level)
            origins.setdefault(normal(level.id), origin)
    keys = sorted(order) if family != "word" and set(order) - set(_distinct(best)) else list(order)
    return tuple(_about(key, order[key], origins[key], found) for key in keys)


def _about(key: str, level: Level, origin: Origin, found: Sequence[Source]) -> Severity:
    """A severity with what all sources say of it."""
    facts = _Facts()
    names = [level.rest] if level.rest else []
    for source in found:
        for one, _, where in source.levels:
            if normal(one.id) != key:
                continue
            if one.rest and not names:
                names.append(one.rest)
            if isinstance(where, Section):
                facts.section(where)
            elif isinstance(where, tuple):
                facts.row(*where)
            elif isinstance(where, str):
                said = label(where.split("\n")[0])
                facts.meaning = facts.meaning or (plain(said.value) if said else "")
                facts.time("", said.value if said else "")
    name = re.split(r"\s[-–—:]\s|\s*[(（]", names[0])[0].strip() if names else ""
    return Severity(
        id=level.id,
        name=name or level.id,
        meaning=facts.meaning,
        respond=facts.respond,
        resolve=facts.resolve,
        resolve_text=facts.resolve_text,
        action=facts.action,
        hotfix=_hotfix(f"{facts.action} {facts.resolve_text} {names[0] if names else ''}"),
        examples=tuple(facts.examples),
        approvals=tuple(facts.approvals),
        testing=facts.testing,
        communication=facts.communication,
        origin=origin,
    )


_LATER = re.compile(r"(?i)next (?:planned |scheduled |regular )?release|regular|backlog|normal|can wait|later|scheduled|planifi|geplant|próxim|следующ|sonraki|下一|次回|다음")
_NOW = re.compile(r"(?i)hotfix|immediate|now\b|emergency|urgent|sofort|immédiat|inmediat|imediat|немедлен|hemen|立即|即時|즉시")


def _hotfix(text: str) -> bool | None:
    return False if _LATER.search(text) else True if _NOW.search(text) else None


_RESPOND = re.compile(r"(?i)respon|reaction|acknowledg|répons|reaktion|antwort|respuesta|resposta|risposta|реакц|yanıt|müdahale|响应|響應|応答|対応|初動|응답|대응")
_RESOLVE = re.compile(r"(?i)resol|fix|release|target|sla|timeline|time|deadline|lös|résol|resolu|behebung|risol|устран|решен|çözüm|süre|解决|修复|復旧|解決|해결|tempo|délai|zeit|plazo|prazo|срок|时限|期限")
_ACTION = re.compile(r"(?i)action|procedure|decision|process|massnahme|maßnahme|acción|ação|azione|действ|eylem|aksiyon|措施|处理|処置|조치")
_MEANING = re.compile(r"(?i)impact|descri|definition|meaning|situation|condition|criteri|beschreib|auswirk|descrip|impacto|impatto|opis|описан|влиян|açıklama|etki|描述|说明|定义|影响|説明|内容|定義|설명|영향|정의")
_TESTING = re.compile(r"(?i)test|prüf|prueba|teste|тест|测试|テスト|테스트")
_TELL = re.compile(r"(?i)communic|notif|kommunik|comunic|benachricht|уведом|bildirim|通知|連絡|通信|알림")
_APPROVE = re.compile(r"(?i)approv|genehm|approb|aprob|aprov|approvaz|одобр|onay|审批|批准|承認|승인|sign-off")
_EXAMPLE = re.compile(r"(?i)example|exampl|exempl|beispiel|ejemplo|esemp|пример|örnek|示例|例|예시")


class _Facts:
    """What was found out about one severity."""

    def __init__(self) -> None:
        self.meaning = self.resolve_text = self.action = self.testing = self.communication = ""
        self.respond: tuple[int, int] | None = None
        self.resolve: tuple[int, int] | None = None
        self.examples: list[str] = []
        self.approvals: list[str] = []

    def row(self, head: Sequence[str], row: Sequence[str]) -> None:
        """A row of a table."""
        for name, cell in zip(head, row, strict=False):
            self.fact(plain(name), cell)

    def section(self, section: Section) -> None:
        """What stands below a severity's heading."""
        self.time("resolve", " ".join(re.findall(r"[(（][^()（）]*[)）]", section.title)), weak=True)
        over = ""
        for block in section.blocks:
            if block.kind == "paragraph":
                for found in labels(block.text):
                    self.fact(found.name, found.value)
                first = unsigned(block.text)
                if not labels(block.text) and not self.meaning:
                    self.meaning = first[:300]
                over = block.text.split("\n")[-1]
            elif block.kind == "list":
                self._items(block, over)

    def _items(self, block: Block, over: str) -> None:
        is_example = not over or bool(_EXAMPLE.search(over))
        for item in block.children:
            found = label(item.text.split("\n")[0])
            if found and found.value and (_RESPOND.search(found.name) or _RESOLVE.search(found.name) or found.strong):
                self.fact(found.name, found.value)
            elif is_example and len(self.examples) < 12:
                self.examples.append(unsigned(item.text)[:200])

    def fact(self, name: str, value: str) -> None:
        """One labelled fact."""
        said = plain(value)
        if not said:
            return
        if _EXAMPLE.search(name):
            self.examples += [part.strip() for part in re.split(r"[;,、]", said) if part.strip()][:8]
        elif _APPROVE.search(name):
            self.approvals += [part.strip() for part in re.split(r"\s\+\s|,|&", said)]
        elif _TESTING.search(name):
            self.testing = self.testing or said
        elif _TELL.search(name):
            self.communication = self.communication or said
        elif _RESPOND.search(name):
            self.time("respond", said)
        elif _ACTION.search(name):
            self.action = self.action or said
        elif _MEANING.search(name):
            self.meaning = self.meaning or said
        elif _RESOLVE.search(name):
            self.time("resolve", said)

    def time(self, what: str, value: str, *, weak: bool = False) -> None:
        """A time, where it has one; words about it otherwise."""
        found = times.minutes(value)
        if what == "respond":
            self.respond = self.respond or found
            if found is None and not self.resolve_text and value and not self.resolve:
                self.action = self.action or value
        elif what == "resolve":
            self.resolve = self.resolve or found
            if found is None and value and not weak and not self.resolve:
                self.resolve_text = self.resolve_text or value
