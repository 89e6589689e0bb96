"""Words and marks that tell what kind of text a fence is, in many languages."""

from __future__ import annotations

import re

from hotfix_tui.domain.record import record

SUBJECT = re.compile(
    r"^\W*(?:subject|betreff|objet|asunto|assunto|oggetto|тема|konu|主题|主旨|件名|제목)\W*[:：]\s*(?P<text>.+)$",
    re.IGNORECASE | re.MULTILINE,
)
TITLE = re.compile(
    r"^\s*(?:title|titel|titre|título|titolo|заголовок|başlık|标题|タイトル|제목)\s*[:：]\s*(?P<text>.+)$",
    re.IGNORECASE | re.MULTILINE,
)
GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|hej|hei|beste|geachte|cześć|szanowni|dobrý den|kính gửi|xin chào|halo|yth|шановні|вітаємо|dear|team|all|hallo|liebe|bonjour|cher|hola|estimad|olá|prezad|caro|ciao|gentil|привет|здравствуйте|уважаем|merhaba|"
    r"sayın|大家好|尊敬的|各位|お世話|皆様|안녕하세요)\b|\b(?:we are (?:currently )?|we're |we have |we've |we apologi[sz]e|you may |please |thank you|"
    r"(?:sorry|inconvenience|entschuldig|désolé|excus|disculp|desculp|scusa|извин|özür)|wir (?:haben|sind|untersuchen)|nous (?:avons|sommes)|estamos|hemos|temos|мы |ekibimiz|我们|弊社|申し訳|ご不便|抱歉|죄송|불편|현재)",
    re.IGNORECASE | re.MULTILINE,
)
SHOUT = re.compile(r"^\s*[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\s*\S")
PLACEHOLDER = re.compile(
    r"\[[^\[\]\n]{1,60}\](?!\()|<(?!/|!)[^<>\n]{2,60}>|\{\{?[^{}\n]{1,40}\}?\}|#X{2,}|#(?:issue-)?number|\bX\.Y\.Z(?:\+\d)?|_{3,}|"
    r"\bYYYY-MM-DD\b|\bHH:MM\b|\$\{?[A-Z_]{3,}\}?|\bX+%|「[^」]{1,30}」|＿{2,}|％\w+％|%\w+%"
)
PROMISE = re.compile(
    r"(?i)(?:update|updates?:?|next update|nouvelles|aktualis|actualiz|atualiz|обновлен|güncelle|更新|再次|次回|업데이트)[^.\n]{0,40}?(?P<when>(?:within|in|every|innerhalb|dans|en|em|через|каждые)?\s*\d[^.\n]{0,30})"
)
TREE = re.compile(r"[├└│┌┐┘┬┴┼─▼►→↓]{1,}|--[->]|\|__|-->")
PULL = re.compile(r"(?i)pull[- ]?request|\bprs?\b|merge request|プルリク|풀 리퀘")
ISSUE = re.compile(
    r"(?i)\b(?:github |jira |gitlab )?(?:issue|ticket|bug report)s?\b|spec\b|root cause|findings|issueの|工单|イシュー|이슈"
)
COMMIT = re.compile(r"(?i)commit|コミット|提交|커밋")
CHANGELOG = re.compile(r"(?i)changelog|change log|変更履歴|更新日志|変更内容")
NOTES = re.compile(
    r"(?i)release notes?|github release|출시 노트|릴리즈 노트|notes de version|versionshinweise|notas de (?:la )?(?:versión|versão)|リリースノート|发布说明|릴리스 노트|announcement|advisory"
)
SENT = re.compile(
    r"(?i)e-?mail|slack|teams|discord|telegram|whatsapp|tweet|twitter|social|mastodon|blog|status ?page|statuspage|message|notice|notification|announce|"
    r"alert|banner|customer|user(?:s)? communication|stakeholder|press|newsletter|discussions?|reply|response to|broadcast|update to|in[- ]app|store|sms|what['’]s new|"
    r"courriel|nachricht|meldung|kunden|mensaje|correo|aviso|mensagem|comunicado|cliente|сообщени|письм|клиент|пользовател|mesaj|müşteri|duyuru|"
    r"邮件|消息|公告|通知|客户|用户|メール|メッセージ|お知らせ|告知|顧客|ユーザー|메일|메시지|공지|고객"
)
CHANNELS = (
    ("e-mail", re.compile(r"(?i)e-?mail|courriel|correo|письм|e-posta|邮件|メール|메일|^subject\b")),
    (
        "status page",
        re.compile(r"(?i)status ?-?page|statuspage|状态页|ステータスページ|statusseite|página de estado"),
    ),
    ("social media", re.compile(r"(?i)social|twitter|tweet|mastodon|linkedin|facebook")),
    ("chat", re.compile(r"(?i)slack|teams\b|discord|telegram|whatsapp|chat|#[a-z][\w-]+|war ?room")),
    ("discussions", re.compile(r"(?i)discussions?|forum|community")),
    ("release notes", NOTES),
    ("issue", re.compile(r"(?i)\bissues?\b|ticket")),
)
AUDIENCES = (
    ("beta testers", re.compile(r"(?i)beta[- ]?test")),
    ("customers", re.compile(r"(?i)customer|client|kunden|cliente|клиент|müşteri|客户|顧客|고객")),
    (
        "users",
        re.compile(
            r"(?i)\busers?\b|nutzer|utilisateur|usuari|пользоват|kullanıcı|用户|ユーザー|사용자|public"
        ),
    ),
    (
        "team",
        re.compile(
            r"(?i)\bteam\b|internal|engineering|équipe|equipo|equipe|команд|ekip|团队|チーム|팀|developers?"
        ),
    ),
    ("stakeholders", re.compile(r"(?i)stakeholder|management|executive|leadership|direction")),
)
BOX = re.compile(r"^\s*(?:(?:[-*+]|\d+[.)])\s+\[[ xX]\]|(?:[-*+]\s+)?[☐☑□▢⬜🔲])")
RECORD = re.compile(
    r"(?i)\blog\b|report|rapor|registro|relatório|rapport|bericht|отч[её]т|bug report|handoff|hand-off|hand over|register|protokoll|journal|justifi|报告|記録|보고서|기록"
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
