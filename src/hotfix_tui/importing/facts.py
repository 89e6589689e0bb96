"""What is said of one severity, from its row, its section or its label: times, meaning, examples, approvals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotfix_tui.importing import times
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.inline import label, labels, plain, unsigned
from hotfix_tui.importing.outline import Section

_LATER = re.compile(
    r"(?i)next (?:planned |scheduled |regular )?release|regular|backlog|normal|can wait|later|scheduled|planifi|geplant|próxim|следующ|sonraki|下一|次回|다음"
)
_NOW = re.compile(
    r"(?i)hotfix|immediate|now\b|emergency|urgent|sofort|immédiat|inmediat|imediat|немедлен|hemen|立即|即時|즉시"
)


def follows(text: str) -> bool | None:
    """Whether a hotfix follows from what is said; None where nothing is."""
    return False if _LATER.search(text) else True if _NOW.search(text) else None


_RESPOND = re.compile(
    r"(?i)respon|reaction|acknowledg|répons|reaktion|antwort|respuesta|resposta|risposta|реакц|yanıt|müdahale|响应|響應|応答|対応|初動|응답|대응"
)
_RESOLVE = re.compile(
    r"(?i)resol|fix|release|target|sla|timeline|time|deadline|lös|résol|resolu|behebung|risol|устран|решен|çözüm|süre|解决|修复|復旧|解決|해결|tempo|délai|zeit|plazo|prazo|срок|时限|期限"
)
_ACTION = re.compile(
    r"(?i)action|procedure|decision|process|massnahme|maßnahme|acción|ação|azione|действ|eylem|aksiyon|措施|处理|処置|조치"
)
_MEANING = re.compile(
    r"(?i)impact|descri|definition|meaning|situation|condition|criteri|beschreib|auswirk|descrip|impacto|impatto|opis|описан|влиян|açıklama|etki|描述|说明|定义|影响|説明|内容|定義|설명|영향|정의"
)
_TESTING = re.compile(r"(?i)test|prüf|prueba|teste|тест|测试|テスト|테스트")
_TELL = re.compile(r"(?i)communic|notif|kommunik|comunic|benachricht|уведом|bildirim|通知|連絡|通信|알림")
_APPROVE = re.compile(
    r"(?i)approv|genehm|approb|aprob|aprov|approvaz|одобр|onay|审批|批准|承認|승인|sign-off"
)
_EXAMPLE = re.compile(r"(?i)example|exampl|exempl|beispiel|ejemplo|esemp|пример|örnek|示例|例|예시")


class Facts:
    """What was found out about one severity."""

    def __init__(self, *, titles: bool = True) -> None:
        """Begin with nothing; `titles` lets a heading's own time count as the time to resolve."""
        self.titles = titles
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
        if self.titles:
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
            if (
                found
                and found.value
                and (_RESPOND.search(found.name) or _RESOLVE.search(found.name) or found.strong)
            ):
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
