"""One contact of a labelled line or of a table's row: who, and how to reach them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hotfix_tui.importing.understood import Contact, Origin

MAIL = r"[\w.+-]+@[\w-]+\.[\w.-]+"
ADDRESS = re.compile(
    rf"{MAIL}|(?<![\w/])@[\w][\w./-]{{1,40}}|(?<![\w/&])#[a-z][\w-]{{2,40}}|\+?\(?\d[\d\s().x-]{{6,20}}\d|"
    r"\[[^\[\]]{2,60}\]|<[^<>]{2,60}>|\{\{?[^{}]{2,40}\}\}?|https?://\S+|_{3,}|(?:x{3,}[-\s]?)+",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?:\+|\b)\(?\d[\d\s().x-]{6,20}\d\b|\[(?:phone|tel|mobile|telefon|téléphone|teléfono|telefone|电话|電話)[^\]]*\]",
    re.IGNORECASE,
)
COLUMN = re.compile(
    r"contact|phone|e-?mail|slack|handle|pager|on-?call|reach|kontakt|telefon|téléphone|courriel|contato|teléfono|telefone|correo|"
    r"контакт|телефон|почта|iletişim|e-posta|联系|联络|电话|邮箱|連絡先|電話|メール|연락|전화|이메일",
    re.IGNORECASE,
)
ROLE_COLUMN = re.compile(
    r"role|team|function|who|name|title|vendor|provider|supplier|service|company|proveedor|fornecedor|fournisseur|anbieter|fornitore|"
    r"поставщик|sağlayıcı|供应商|提供商|ベンダー|업체|rolle|rôle|équipe|rol\b|função|papel|ruolo|роль|команда|görev|ekip|角色|职责|役割|担当|역할|담당|responsab|verantwort",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?i)\brole|function|rolle|rôle|\brol\b|função|papel|ruolo|роль|должност|görev|角色|职责|役割|역할|responsab|verantwort"
)
_PERSON = re.compile(
    r"(?i)\bwho\b|\bname\b|person|nom\b|nombre|nome|\bwer\b|qui\b|quién|quem|имя|isim|姓名|氏名|名前|이름"
)
"""The person, in a table that has a column of its own for the role."""
NAME_COLUMN = re.compile(
    r"\bname\b|primary|person|nom\b|nombre|nome|имя|姓名|氏名|名前|이름|isim|owner", re.IGNORECASE
)
WHEN_COLUMN = re.compile(
    r"availab|hours|when|time|verfügbar|disponib|horaire|horario|доступн|время|müsait|可用|时间|時間|가능",
    re.IGNORECASE,
)


def of_label(role: str, value: str, origin: Origin) -> Contact:
    """The contact that a label and its value tell."""
    phone = PHONE.search(value)
    address = next((m[0] for m in ADDRESS.finditer(value) if not phone or m.start() != phone.start()), "")
    name = re.split(r"\s[-–—|,/]\s|[(（,]", value)[0].strip()
    known = bool((address and name.startswith(address)) or (phone and name.startswith(phone[0].strip())))
    return Contact(
        role,
        "" if known else name,
        address or ("" if not known else value),
        phone[0].strip() if phone else "",
        _available(value),
        origin,
    )


def _available(value: str) -> str:
    found = re.search(
        r"24\s?[/x]\s?7[^,;|)]*|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\s?[-–]\s?\w+[^,;|)]*|business hours|office hours",
        value,
        re.IGNORECASE,
    )
    return found[0].strip() if found else ""


def of_row(head: Sequence[str], row: Sequence[str], line: int) -> Contact:
    """A contact of a table's row, its columns told by their heads."""
    said: dict[str, str] = {}
    roles = any(_ROLE.search(name) for name in head)
    for name, cell in zip(head, row, strict=False):
        kind = (
            "phone"
            if re.search(r"(?i)phone|tel|mobil|电话|電話|전화|телефон", name)
            else "available"
            if WHEN_COLUMN.search(name)
            else "name"
            if NAME_COLUMN.search(name) and "role" in said
            else "address"
            if COLUMN.search(name)
            else "name"
            if roles and _PERSON.search(name) and not _ROLE.search(name)
            else "role"
            if ROLE_COLUMN.search(name) or not said
            else "name"
        )
        said.setdefault(kind, cell)
    if said.get("phone") and re.fullmatch(MAIL, said["phone"]) and not said.get("address"):
        said["address"] = said.pop("phone")
    role = said.get("role") or said.get("name") or (row[0] if row else "")
    return Contact(
        role,
        said.get("name", "") if said.get("role") else "",
        said.get("address", ""),
        said.get("phone", ""),
        said.get("available", ""),
        Origin(line, line, "a row of a table of contacts"),
    )
