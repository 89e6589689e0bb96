from __future__ import annotations

import shlex
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hotfix_tui.domain.text import LINE, MESSAGE, NAME, TITLE, clean, visible_argv

TERMINAL = st.sampled_from(
    [
        "\x1b[",
        "\x1b]",
        "\x1bP",
        "\x1b_",
        "\x1b",
        "\x9b",
        "\x9d",
        "\x90",
        "\x9c",
        "\x07",
        "\x1b\\",
        "31m",
        "52;c;",
        "0",
    ]
)
"""The pieces that terminals obey, so that generated text is made of whole and of broken sequences."""

HIDDEN = st.sampled_from(
    [*"\u202e\u2066\u200b\u2060\ufeff\u00ad\u034f\u3164\u2800\U000e0041\U000e0100\u0301\u20dd"]
)
HOSTILE = st.lists(
    TERMINAL | HIDDEN | st.text(max_size=4) | st.characters(categories=["Cs", "Cc", "Cf"])
).map("".join)

OBEYED = {"Cc", "Cs", "Zl", "Zp"}
"""The categories of Unicode that a terminal or a line's reader obeys rather than shows."""

NO_SHAPE = OBEYED | {"Cf"}
SIGNS = set("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Signs that stand above or below numbers: Unicode counts them with the formats, yet they are seen."""

SHOWN = [
    ("plain", "Vault unlock crash", "Vault unlock crash"),
    ("wide", "漢字 ok 🙂", "漢字 ok 🙂"),
    ("no other shape", "\u26a0\ufe0f 1\ufe0f\u20e3 ok", "\u26a0 1\u20e3 ok"),
    ("accents", "caf\u0065\u0301 Überlauf", "cafe\u0301 Überlauf"),
    ("markup is text", "[red]x[/] [@click=app.quit]", "[red]x[/] [@click=app.quit]"),
    ("colour", "a \x1b[31mred\x1b[0m b", "a red b"),
    ("screen", "\x1b[2J\x1b[H\x1b[?1049hx", "x"),
    ("clipboard", "x\x1b]52;c;UFdO\x07y", "xy"),
    ("clipboard ended by ST", "x\x1b]52;c;UFdO\x1b\\y", "xy"),
    ("link", "\x1b]8;;http://evil\x1b\\here\x1b]8;;\x1b\\", "here"),
    ("window title", "\x1b]2;owned\x07x", "x"),
    ("DCS", "x\x1bPq#0;2;0\x1b\\y", "xy"),
    ("APC", "x\x1b_Gf=24;\x1b\\y", "xy"),
    ("8-bit CSI", "x\x9b31my", "xy"),
    ("8-bit OSC", "x\x9d52;c;UFdO\x9cy", "xy"),
    ("reset", "x\x1bcy", "xy"),
    ("charset", "x\x1b(0y", "xy"),
    ("lone escape at the end", "x\x1b", "x␛"),
    ("bell and backspace", "rm\x08\x08ls\x07", "rm␈␈ls␇"),
    ("nul and delete", "\x00\x7f", "␀␡"),
    ("C1 that begins nothing", "a\x85b", "a<85>b"),
    ("carriage return overwrites nothing", "good\rbad", "good␍bad"),
    ("line end", "one\ntwo\r\nthree", "one⏎two⏎three"),
    ("tab", "a\tb", "a b"),
    ("right-to-left override", "x\u202egnp.exe", "x<U+202E>gnp.exe"),
    ("isolate", "\u2066x\u2069", "<U+2066>x<U+2069>"),
    ("zero width", "pass\u200bword", "pass<U+200B>word"),
    ("byte order mark", "\ufeffx", "<U+FEFF>x"),
    ("line separator", "a\u2028b", "a<U+2028>b"),
    ("tag characters", "\U000e0041", "<U+E0041>"),
    ("filler that looks blank", "a\u3164b", "a<U+3164>b"),
    ("musical control", "a\U0001d173b", "a<U+1D173>b"),
    ("lone surrogate", "a\ud800b", "a?b"),
    ("a pile of accents", "e" + "\u0301" * 50, "e" + "\u0301" * 4),
]

BYTES = [
    (b"caf\xe9", "caf\ufffd"),
    (b"\xff\xfe", "\ufffd\ufffd"),
    ("漢".encode()[:2], "\ufffd"),
    (b"\xc2\x9b31mx", "x"),
]


@pytest.mark.parametrize(("given_text", "shown"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_each_kind_of_text_is_shown_so(given_text: str, shown: str) -> None:
    """Escape sequences leave nothing behind, other hidden characters leave their sign, the rest stays."""
    assert clean(given_text) == shown


@pytest.mark.parametrize(("raw", "shown"), BYTES)
def test_bytes_that_are_no_text_are_shown_as_such(raw: bytes, shown: str) -> None:
    """Wrong UTF-8 never raises and never makes a control character."""
    assert clean(raw) == shown


def test_several_lines_stay_several_where_that_is_asked_for() -> None:
    """`multiline` keeps line ends and puts tabs at their stops; all else is as in one line."""
    assert clean("a\tb\r\nc\x1b[31m\rd", multiline=True) == "a   b\nc␍d"


@given(HOSTILE, st.booleans())
@example("\x1b\x1b[31m[31mx", False)
@example("\x1b]\x1b]52;c;x\x07", False)
@example("\x1b[\x1b[0m31m", False)
def test_nothing_a_terminal_obeys_is_left(text: str, multiline: bool) -> None:
    """No control, surrogate, format or bidirectional character survives, whatever the text was made of."""
    left = clean(text, multiline=multiline)
    allowed = {"\n"} if multiline else set[str]()
    obeyed = {c for c in left if unicodedata.category(c) in OBEYED} - allowed
    assert not obeyed
    assert not {
        c for c in left if unicodedata.bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"}
    }


def test_every_character_without_a_shape_is_made_visible() -> None:
    """Of all of Unicode, only blanks, unassigned and private characters and a few number signs are not printable."""
    odd = {c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in NO_SHAPE}
    left = {c for c in odd if c in clean(c)}
    assert len(odd) > 2000
    assert left <= SIGNS, sorted(map(hex, map(ord, left - SIGNS)))


@given(HOSTILE)
def test_what_is_left_is_printable(text: str) -> None:
    """However the characters follow each other."""
    odd = {c for c in clean(text) if not c.isprintable()} - SIGNS
    assert {unicodedata.category(c) for c in odd} <= {"Cn", "Co", "Zs"}


@given(HOSTILE, st.booleans())
def test_clean_text_is_left_alone(text: str, multiline: bool) -> None:
    """Cleaning twice is cleaning once: what is stored clean is shown as it is stored."""
    once = clean(text, multiline=multiline)
    assert clean(once, multiline=multiline) == once


@given(HOSTILE, st.integers(min_value=1, max_value=40), st.booleans())
def test_no_more_than_the_limit(text: str, limit: int, multiline: bool) -> None:
    """The result is within the limit, and ends in "…" when something was cut off."""
    left = clean(text, limit, multiline=multiline)
    whole = clean(text, multiline=multiline)
    assert len(left) <= limit
    assert left == whole or left.endswith("…")


@given(st.binary(max_size=200))
def test_bytes_are_cleaned_like_the_text_they_hold(raw: bytes) -> None:
    """It makes no difference who decodes."""
    assert clean(raw) == clean(raw.decode("utf-8", "replace"))


@pytest.mark.parametrize("limit", [TITLE, NAME, LINE, MESSAGE])
def test_a_text_of_exactly_the_limit_is_whole(limit: int) -> None:
    """One character more costs the last two: the cut shows."""
    assert clean("x" * limit, limit) == "x" * limit
    assert clean("é" * limit, limit) == "é" * limit
    assert clean("x" * (limit + 1), limit) == "x" * (limit - 1) + "…"


def test_ten_megabytes_are_cut_before_they_are_read() -> None:
    """An endless sequence is not searched to its end: only what could be shown is looked at."""
    endless = "\x1b]52;" + "x" * 10_000_000
    assert len(clean(endless)) <= LINE
    assert len(clean("\u0301" * 10_000_000)) <= LINE


@given(st.lists(st.text(alphabet=st.characters(codec="ascii", categories=["L", "P", "S", "Zs"])), min_size=1))
def test_a_command_can_be_pasted_as_it_is_shown(argv: list[str]) -> None:
    """What has nothing hidden in it, a shell takes apart into the same words."""
    assert shlex.split(visible_argv(argv)) == argv


def test_a_command_hides_nothing() -> None:
    """What turns the line round or wipes it is not left out: it is part of what runs."""
    assert visible_argv(["git", "push", "a\u202eb\x1b[2K\x9b2K\t"]) == "git push 'a<U+202E>b␛[2K<9B>2K␉'"
