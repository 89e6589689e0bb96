"""Strangers' text in the exported markdown is rendered as text, and comes out as it went in (fault matrix, row 77)."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hotfix_tui.domain.markdown import fence, inline, prose, table

RENDER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
NASTY = (
    "<script>alert(1)</script>",
    "[x](https://e)",
    "![x](https://e/x.png)",
    "```\n# out\n```",
    "`````` a",
    "~~~\n<b>",
    "# heading",
    "---",
    "- item",
    "1. item",
    "> quote",
    "| a | b |\n|---|---|",
    "&lt;b&gt; &amp; &copy;",
    "<https://e> https://e www.e.org a@b.org",
    "[x]: https://e",
    "*a* _b_ ~~c~~ `d`",
    "<!-- x -->",
    "<img src=x onerror=alert(1)>",
    "    indented",
)
PIECES = st.one_of(
    st.sampled_from(NASTY), st.text(alphabet="`*_{}[]()#+-.!|~<>&\\:=^$@/\n ab1'\"", max_size=12)
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)
TAG = re.compile(r"<(/?[a-zA-Z!][^\s>]*)")


def tags(markdown: str) -> set[str]:
    """The elements of the page that a reader would see."""
    return {found.lower().lstrip("/") for found in TAG.findall(RENDER.render(markdown))}


def seen(markdown: str) -> str:
    """The words of that page."""
    return html.unescape(re.sub(r"<[^>]*>", "", RENDER.render(markdown)))


@given(TEXTS)
def test_a_line_of_text_makes_nothing_but_text(text: str) -> None:
    """In a paragraph, a bullet, a heading and a table cell it brings no element of its own, and every word of it is seen."""
    line = inline(text)
    assert tags(f"x {line}") <= {"p"}
    assert tags(f"- x {line}") <= {"ul", "li", "p"}
    assert tags(f"# x {line}") <= {"h1"}
    cells = table(("a", "b"), ((line, "end"),))
    assert tags(cells) <= {"table", "thead", "tbody", "tr", "th", "td"}
    assert len(re.findall("<td>", RENDER.render(cells))) == 2
    flat = " ".join(text.split())
    assert seen(f"x {line}").split() == f"x {flat}".split()


@given(TEXTS)
def test_prose_makes_nothing_but_text(text: str) -> None:
    """In the middle of a sentence as well."""
    assert tags(f"x {prose(text)}") <= {"p"}
    assert tags(prose(text) or "x") <= {"p"}
    assert seen(f"x {prose(text)}").split() == f"x {' '.join(text.split())}".split()


@given(TEXTS)
def test_nothing_breaks_out_of_a_fence(text: str) -> None:
    """However many backticks it holds, it is one block of code, and what follows is not in it."""
    page = RENDER.render(f"{fence(text)}\n\nafter\n")
    assert page.count("<pre>") == 1
    assert page.endswith("<p>after</p>\n")
    assert set(TAG.findall(page)) <= {"pre", "/pre", "code", "/code", "p", "/p"}


@pytest.mark.parametrize("text", NASTY)
def test_the_corpus_is_hostile(text: str) -> None:
    """Unescaped, each of these does something, or reads differently: the tests above have something to hold."""
    plain = f"x\n\n{text}"
    assert (
        not tags(plain) <= {"p"} or seen(plain).split() != f"x {text}".split() or "@" in text or "www" in text
    )
