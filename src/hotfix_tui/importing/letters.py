"""Texts that are written to be sent or filled in: what kind each is, for whom, and what is to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hotfix_tui.domain.record import record
from hotfix_tui.importing import times, words
from hotfix_tui.importing.blocks import Block
from hotfix_tui.importing.document import Document
from hotfix_tui.importing.fences import TEMPLATE, Part
from hotfix_tui.importing.ids import Ids
from hotfix_tui.importing.inline import label, plain, signless, title_of
from hotfix_tui.importing.outline import Section
from hotfix_tui.importing.runnable import SHELLS, is_runnable
from hotfix_tui.importing.understood import Origin, Template, TemplateKind

_SUBJECT = re.compile(r"^\W*(?:subject|betreff|objet|asunto|assunto|oggetto|тема|konu|主题|主旨|件名|제목)\W*[:：]\s*(?P<text>.+)$", re.IGNORECASE | re.MULTILINE)
_TITLE = re.compile(r"^\s*(?:title|titel|titre|título|titolo|заголовок|başlık|标题|タイトル|제목)\s*[:：]\s*(?P<text>.+)$", re.IGNORECASE | re.MULTILINE)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|team|all|hallo|liebe|bonjour|cher|hola|estimad|olá|prezad|caro|ciao|gentil|привет|здравствуйте|уважаем|merhaba|"
    r"sayın|大家好|尊敬的|各位|お世話|皆様|안녕하세요)\b|\b(?:we are (?:currently )?|we're |we have |we've |we apologi[sz]e|you may |please |thank you|"
    r"wir (?:haben|sind|untersuchen)|nous (?:avons|sommes)|estamos|hemos|temos|мы |ekibimiz|我们|弊社|현재)",
    re.IGNORECASE | re.MULTILINE,
)
_SHOUT = re.compile(r"^\s*[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\s*\S")
_PLACEHOLDER = re.compile(
    r"\[[^\[\]\n]{1,60}\](?!\()|<(?!/|!)[^<>\n]{2,60}>|\{\{?[^{}\n]{1,40}\}?\}|#X{2,}|#(?:issue-)?number|\bX\.Y\.Z(?:\+\d)?|_{3,}|"
    r"\bYYYY-MM-DD\b|\bHH:MM\b|\$\{?[A-Z_]{3,}\}?|\bX+%|「[^」]{1,30}」|＿{2,}|％\w+％|%\w+%"
)
_PROMISE = re.compile(
    r"(?i)(?:update|updates?:?|next update|nouvelles|aktualis|actualiz|atualiz|обновлен|güncelle|更新|再次|次回|업데이트)[^.\n]{0,40}?(?P<when>(?:within|in|every|innerhalb|dans|en|em|через|каждые)?\s*\d[^.\n]{0,30})"
)
_TREE = re.compile(r"[├└│┌┐┘┬┴┼─▼►→↓]{1,}|--[->]|\|__|-->")
_PULL = re.compile(r"(?i)pull[- ]?request|\bprs?\b|merge request|プルリク|풀 리퀘")
_ISSUE = re.compile(r"(?i)\b(?:github |jira |gitlab )?(?:issue|ticket|bug report)s?\b|spec\b|root cause|findings|issueの|工单|イシュー|이슈")
_COMMIT = re.compile(r"(?i)commit|コミット|提交|커밋")
_CHANGELOG = re.compile(r"(?i)changelog|change log|変更履歴|更新日志|変更内容")
_NOTES = re.compile(r"(?i)release notes?|notes de version|versionshinweise|notas de (?:la )?(?:versión|versão)|リリースノート|发布说明|릴리스 노트|announcement|advisory")
_SENT = re.compile(
    r"(?i)e-?mail|slack|teams|discord|telegram|whatsapp|tweet|twitter|social|mastodon|blog|status ?page|statuspage|message|notice|notification|announce|"
    r"alert|banner|customer|user(?:s)? communication|stakeholder|press|newsletter|discussions?|reply|response to|broadcast|update to|in[- ]app|store|sms|"
    r"courriel|nachricht|meldung|kunden|mensaje|correo|aviso|mensagem|comunicado|cliente|сообщени|письм|клиент|пользовател|mesaj|müşteri|duyuru|"
    r"邮件|消息|公告|通知|客户|用户|メール|メッセージ|お知らせ|告知|顧客|ユーザー|메일|메시지|공지|고객"
)
_CHANNELS = (
    ("e-mail", re.compile(r"(?i)e-?mail|courriel|correo|письм|e-posta|邮件|メール|메일|^subject")),
    ("status page", re.compile(r"(?i)status ?-?page|statuspage|状态页|ステータスページ|statusseite|página de estado")),
    ("social media", re.compile(r"(?i)social|twitter|tweet|mastodon|linkedin|facebook")),
    ("chat", re.compile(r"(?i)slack|teams\b|discord|telegram|whatsapp|chat|#[a-z][\w-]+|war ?room")),
    ("discussions", re.compile(r"(?i)discussions?|forum|community")),
    ("release notes", _NOTES),
    ("issue", re.compile(r"(?i)\bissues?\b|ticket")),
)
_AUDIENCES = (
    ("beta testers", re.compile(r"(?i)beta[- ]?test")),
    ("customers", re.compile(r"(?i)customer|client|kunden|cliente|клиент|müşteri|客户|顧客|고객")),
    ("users", re.compile(r"(?i)\busers?\b|nutzer|utilisateur|usuari|пользоват|kullanıcı|用户|ユーザー|사용자|public")),
    ("team", re.compile(r"(?i)\bteam\b|internal|engineering|équipe|equipo|equipe|команд|ekip|团队|チーム|팀|developers?")),
    ("stakeholders", re.compile(r"(?i)stakeholder|management|executive|leadership|direction")),
)
LOCAL_CHAT = re.compile(r"^\s*#\s*(?:in|im|dans|en|to|post in)\b.*#[\w-]+", re.IGNORECASE)


@record(frozen=True, slots=True)
class Around:
    """What stands around a text: the label right over it, the list item, the headings."""

    near: str
    """The label or item right over it."""
    path: tuple[str, ...]
    """The headings, the nearest first."""

    @property
    def said(self) -> str:
        """The nearest words: the label, else the heading."""
        return self.near or (self.path[0] if self.path else "")

    @property
    def all(self) -> str:
        """Everything that is said around."""
        return " / ".join((self.near, *self.path))


class LetterReader:
    """Finds the texts in fences, quotes, table cells and commands."""

    def __init__(self, document: Document, ids: Ids) -> None:
        self.document = document
        self.ids = ids
        self.found: list[Template] = []
        for section in (document.outline.top, *document.sections):
            path = tuple(s.title for s in (section, *section.above()) if s.index >= 0)
            self._blocks(section, tuple(section.blocks), path, "")
        self.found.sort(key=lambda template: template.origin.first)

    def _blocks(self, section: Section, blocks: tuple[Block, ...], path: tuple[str, ...], item: str) -> None:
        above = item
        for block in blocks:
            around = Around(above, path)
            if block.kind == "part" and block.part and block.part.kind == "fence":
                self._fence(section, block.part, around)
            elif block.kind == "quote":
                self._quote(section, block, around)
            elif block.kind == "table":
                self._table(section, block, around)
            elif block.kind == "list":
                for one in block.children:
                    self._blocks(section, one.children, path, _first_line(one.text) or above)
                    self._said(section, one, around)
            if block.kind == "paragraph" and not (item and block.text.startswith(item)):
                above = _above(block.text) or (item if item else "")
            elif block.kind not in ("part", "quote"):
                above = item

    def _fence(self, section: Section, part: Part, around: Around) -> None:
        kind = kind_of(part, around)
        if kind is None:
            if part.language in SHELLS or part.language in ("", "text"):
                self._commands(section, part, around)
            return
        self._add(section, part.text, around, kind, Origin(part.first, part.last, f"a text in a fence, under \"{plain(around.said)[:60]}\""))

    def _quote(self, section: Section, block: Block, around: Around) -> None:
        """A quote is a message where the words around say so."""
        text = "\n".join(b.text for b in block.walk() if b.kind == "paragraph")
        tells = _SENT.search(around.near) or words.about("template", around.all)
        about = words.about("communication", around.all) or words.about("template", around.all) or _SENT.search(around.said)
        if len(text) > 30 and about and tells and not _ISSUE.search(around.near):
            self._add(section, text, around, "message", Origin(block.first, block.last, "a quoted text to be sent"))

    def _table(self, section: Section, block: Block, around: Around) -> None:
        """Texts in the cells of a table of templates."""
        head = [plain(cell) for cell in block.rows[0]]
        column = next((n for n, cell in enumerate(head) if n and (words.about("template", cell) or re.search(r"(?i)message|text|wording|nachricht|mensaje|mensagem|сообщен|文案|文面|문구", cell))), None)
        if column is None:
            return
        for row, line in zip(block.rows[1:], block.row_lines[1:], strict=True):
            cell = row[column] if column < len(row) else ""
            if len(cell) >= 25 and (_quoted(cell) or _PLACEHOLDER.search(cell) or words.about("communication", around.all)):
                self._add(section, plain(cell).strip("\"“”"), Around(plain(row[0]), around.path), "message", Origin(line, line, "a text in a table of templates"))

    def _said(self, section: Section, item: Block, around: Around) -> None:
        """A list item that is a quoted message."""
        found = label(item.text)
        value = found.value if found else item.text
        if _quoted(value) and len(value) > 40 and (words.about("template", around.all) or words.about("communication", around.all)):
            near = found.name if found else around.near
            self._add(section, plain(value).strip("\"“”"), Around(near, around.path), "message", Origin(item.first, item.last, "a quoted text in a list of messages"))

    def _commands(self, section: Section, part: Part, around: Around) -> None:
        """Texts inside commands: a commit of several lines, a pull request's body, an issue's, a quoted notice."""
        for kind, pattern in _IN_COMMANDS:
            found = pattern.search(part.text)
            if found and (kind != "commit" or found["text"].count("\n") >= 3):
                line = part.first + 1 + part.text.count("\n", 0, found.start())
                self._add(section, found["text"], around, kind, Origin(line, line + found[0].count("\n"), "a text inside a command", sure=False))

    def _add(self, section: Section, text: str, around: Around, kind: TemplateKind, origin: Origin) -> None:
        subject = _SUBJECT.search(text) or _TITLE.search(text)
        title = title_of(around.near) if around.near else plain(around.path[0]) if around.path else kind
        promise = _PROMISE.search(text) if kind == "message" else None
        due = times.minutes(promise["when"]) if promise else None
        where = f"{around.near} {around.path[0] if around.path else ''} {text[:80]}"
        title = re.sub(r"^\[[ xX]\]\s*", "", title)
        title = times.without(title).rstrip(":：").strip()[:120] or kind
        self.found.append(
            Template(
                id=self.ids.new(title),
                title=title,
                kind=kind,
                body=text,
                subject=subject["text"].strip() if subject and kind in ("message", "document") else "",
                audience=next((name for name, pattern in _AUDIENCES if pattern.search(f"{around.near} {around.path[:1]}")), ""),
                channel=next((name for name, pattern in _CHANNELS if pattern.search(where)), "") if kind == "message" else "",
                placeholders=tuple(dict.fromkeys(m[0] for m in _PLACEHOLDER.finditer(text[:20_000])))[:40],
                promise=due[1] if due else None,
                section=section.title,
                origin=origin,
            )
        )


_IN_COMMANDS: tuple[tuple[TemplateKind, re.Pattern[str]], ...] = (
    ("commit", re.compile(r"git\s+commit\b[^\"\n]*-m\s+\"(?P<text>[^\"]*)\"")),
    ("pull-request", re.compile(r"gh\s+pr\s+create\b[^\"]*(?:\"[^\"]*\"[^\"]*)*?--body\s+\"(?P<text>[^\"]*)\"")),
    ("document", re.compile(r"gh\s+issue\s+create\b[^\"]*--title\s+\"(?P<text>[^\"]*)\"")),
    ("message", re.compile(r"^(?P<text>\"[^\"\n]{20,300}\")$", re.MULTILINE)),
)


def kind_of(part: Part, around: Around) -> TemplateKind | None:
    """What kind of text a fence is; None for code, output, configuration, diagrams and bare checklists."""
    text = part.text.strip()
    if not text or is_runnable(part.language, part.text):
        return None
    shell = part.language in SHELLS
    if shell and not _chat(text):
        return None
    if not shell and part.language not in TEMPLATE and part.language not in ("email", "eml", "html", "slack", "template", "mail"):
        return None
    if _is_drawing(text) or _is_list_of_boxes(text):
        return None
    return _by_words(text, around, part.language, shell=shell)


def _by_words(text: str, around: Around, language: str, *, shell: bool) -> TemplateKind | None:
    near, said = plain(around.near), plain(around.said)
    first = next((line for line in text.split("\n") if line.strip()), "")
    own = plain(first.lstrip("# "))
    mail = bool(_SUBJECT.search(text[:400]))
    if not mail and (words.about("postmortem", said) or words.about("postmortem", own)) and _is_form(text):
        return "postmortem"
    if _CHANGELOG.search(near or said) and not _NOTES.search(near or said):
        return "changelog"
    if _COMMIT.search(near or said) and not mail:
        return "commit"
    if _PULL.search(near or said) and not mail:
        return "pull-request"
    tells = bool(mail or _SENT.search(near) or _NOTES.search(said) or (_SENT.search(said) and (_GREETING.search(text) or _SHOUT.match(text) or _PLACEHOLDER.search(text))))
    sends = words.about("communication", around.all) or words.about("template", around.all)
    if _ISSUE.search(near or said) and not mail and not _NOTES.search(said) and not (tells and _SENT.search(near)):
        return "document" if _is_form(text) or _PLACEHOLDER.search(text) else None
    if tells or shell:
        return "message"
    if sends and (words.about("template", around.all) or _GREETING.search(text) or _SHOUT.match(text)) and not _is_output(text):
        return "message"
    if _GREETING.search(text) and _PLACEHOLDER.search(text) and len(text) > 80:
        return "message"
    return "document" if (words.about("template", said) and (language or _PLACEHOLDER.search(text))) or (language in ("markdown", "md") and _is_form(text)) else None


def _chat(text: str) -> bool:
    """Whether a shell's fence is a message after all: a channel in a comment, or a shout and fields."""
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and LOCAL_CHAT.match(lines[0]):
        return True
    free = [line for line in lines if not line.lstrip().startswith("#")]
    return bool(free) and bool(_SHOUT.match(free[0])) and sum(label(line) is not None for line in free) * 2 >= len(free)


def _is_form(text: str) -> bool:
    """Whether a text has headings or several labels: something to fill in."""
    lines = text.split("\n")
    heads = sum(bool(re.match(r"\s*#{1,6}\s", line)) for line in lines)
    return heads >= 2 or sum(label(line) is not None for line in lines) >= 3


def _is_drawing(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    drawn = sum(bool(_TREE.search(line)) for line in lines)
    return drawn * 5 >= len(lines) * 2 and not _GREETING.search(text)


def _is_list_of_boxes(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and all(re.match(r"\s*(?:[-*+]\s*)?(?:\[[ xX]?\]|[☐☑□▢⬜🔲])", line) for line in lines)


def _is_output(text: str) -> bool:
    return bool(re.match(r"(?i)\s*(?:\d+:|error|traceback|expected|http/|\{|\[?\d{4}-\d\d-\d\d)", text))


def _quoted(text: str) -> bool:
    return bool(re.match(r"^\s*[\"“„«「『]", plain(text)))


def _first_line(text: str) -> str:
    return text.split("\n")[0].strip()


def _above(text: str) -> str:
    """The label over what follows: a paragraph's last line, where it ends with a colon or is emphasised."""
    line = text.split("\n")[-1].strip()
    if line.endswith((":", "：")) or line.startswith(("**", "__", "*")):
        return line if len(line) < 160 else ""
    return line if len(line) < 60 and signless(line).endswith((":", "：")) else ""


def _sections(document: Document) -> Iterator[Section]:
    yield document.outline.top
    yield from document.sections
