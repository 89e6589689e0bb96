"""Bytes become text that every later stage can rely on: one encoding, one kind of line end; what was mended is told."""

from __future__ import annotations

import codecs

from hotfix_tui.domain.record import record
from hotfix_tui.importing import mojibake
from hotfix_tui.importing.understood import Repair

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_KANA = ("cp932", "euc_jp")


@record(frozen=True, slots=True)
class Mended:
    """A document's text and what had to be mended."""

    text: str
    repairs: tuple[Repair, ...] = ()


def read(data: bytes) -> Mended:
    """The text of a file, whatever its encoding and line ends; never fails."""
    repairs: list[Repair] = []
    text = _line_ends(_without_nul(_decoded(data, repairs), repairs), repairs)
    lines, first, count = [], 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        better, found = mojibake.mend(line)
        lines.append(better)
        if found:
            first, count = first or number, count + found
    if count:
        said = f"{count} garbled sign{'s' * (count > 1)} (UTF-8 read in another encoding) restored"
        repairs.append(Repair("mojibake", first, count, said))
    return Mended("\n".join(lines), tuple(repairs))


def _decoded(data: bytes, repairs: list[Repair]) -> str:
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            repairs.append(Repair("bom", 1, 1, f"a byte order mark was removed ({name})"))
            return data[len(mark) :].decode(codec, "replace").lstrip("\ufeff")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text, name = _other(data)
        repairs.append(Repair("encoding", line, 1, f"the file is not UTF-8; it was read as {name}"))
        return text


def _other(data: bytes) -> tuple[str, str]:
    """The text of a file that is not UTF-8, and what it was taken for."""
    for codec, order in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(data) > 3 and data[order::2].count(0) > len(data) // 4:
            return data.decode(codec, "replace"), "UTF-16"
    for codec in _KANA:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if sum("ぁ" <= char <= "ヿ" for char in text) * 20 > sum(not char.isascii() for char in text) * 3:
            return text, codec.upper()
    if sum(not char.isascii() for char in data.decode(errors="ignore")) > data.decode(errors="replace").count(
        "\ufffd"
    ):
        return data.decode(errors="hotfix_latin"), "UTF-8 with some Latin-1"
    return _latin(data), "Latin-1"


def _latin(data: bytes) -> str:
    """cp1252, the Latin-1 that is meant in practice; the bytes that it leaves open as control characters."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data) if data else ""


def _latin_handler(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return _latin(error.object[error.start : error.end]), error.end


codecs.register_error("hotfix_latin", _latin_handler)


def _without_nul(text: str, repairs: list[Repair]) -> str:
    count = text.count("\0")
    if not count:
        return text
    line = text.count("\n", 0, text.index("\0")) + 1
    repairs.append(Repair("nul", line, count, f"{count} NUL character{'s' * (count > 1)} removed"))
    return text.replace("\0", "")


def _line_ends(text: str, repairs: list[Repair]) -> str:
    """Line feeds only. A form feed or a Unicode line separator is part of a line, as in markdown."""
    if "\r" not in text:
        return text
    windows = text.count("\r\n")
    alone = text.count("\r") - windows
    if windows:
        repairs.append(Repair("line-ends", 0, windows, "Windows line ends (CRLF) became line feeds"))
    if alone:
        repairs.append(Repair("line-ends", 0, alone, "old Macintosh line ends (CR) became line feeds"))
    return text.replace("\r\n", "\n").replace("\r", "\n")
