from __future__ import annotations

import pytest

from hotfix_tui.loading import PlaybookErrors, read

HEAD = 'schema = 1\nid = "a"\n'

MISTAKES = [
    ('title = "b\n', 3, "a text is not closed at the end of its line"),
    ("title = b\n", 3, "this is no value; a text stands in quotes, and so does a duration"),
    ("title = 30m\n", 3, "something follows the value; a text stands in quotes, and so does a duration"),
    ("title = “b”\n", 3, "this is no value; a text stands in quotes, and so does a duration"),
    ("title =\n", 3, "this is no value; a text stands in quotes, and so does a duration"),
    ('title "b"\n', 3, "a “=” is missing after the key"),
    ("title", 3, "a “=” is missing after the key"),
    ("]\n", 3, "this is neither a [table] nor a “key = value”"),
    (' = "b"\n', 3, "this is neither a [table] nor a “key = value”"),
    ('title = "C:\\path"\n', 3, "write a backslash twice, or the text in single quotes"),
    ('\ntitle = """\nb\n\n', 4, "the text that begins here is never closed"),
    ("title = '''\nb\n", 3, "the text that begins here is never closed"),
    ("use_when = [\n  1\n[git]\n", 5, "an array is not closed with “]” before this"),
    ('title = "b"\ntitle = "c"\n', 4, "“title” is there already, on line 3"),
    ('title = "b"\ntitle = "c"', 4, "“title” is there already, on line 3"),
    ('id = "b"', 3, "“id” is there already, on line 2"),
    ('[git]\nmain = "a"\n[budget]\n[git]\n', 6, "“git” is there already, on line 3"),
    ('[[phase]]\nid = "a"\n[[phase]]\nid = "b"\n"id" = "c"\n', 7, "“phase.id” is there already, on line 6"),
    ('[[template]]\nbody = """\nbody = 1\n"""\nbody = 2\n', 7, "“template.body” is there already, on line 4"),
    ("title = " + "1" * 9000, 3, "a number has thousands of digits"),
]


@pytest.mark.parametrize(("text", "line", "said"), MISTAKES, ids=[repr(m[0])[:30] for m in MISTAKES])
def test_what_is_no_toml_has_a_line_and_plain_words(text: str, line: int, said: str) -> None:
    """The sentence is for somebody who writes TOML once a year."""
    with pytest.raises(PlaybookErrors) as caught:
        read(HEAD + text, "p.toml")
    assert str(caught.value).splitlines()[0] == f"p.toml:{line}  this is no TOML: {said}."


def test_a_sentence_of_the_parser_without_ours_is_still_told() -> None:
    """A mistake that has no words of ours keeps the parser's, with the line."""
    with pytest.raises(PlaybookErrors, match=r"^p\.toml:3  this is no TOML: Expected ']' .*\.\n"):
        read(HEAD + "[git\n", "p.toml")


def test_lines_are_the_editors_lines() -> None:
    """CRLF counts once, and the separators that only Unicode calls line ends do not count."""
    text = HEAD + 'summary = "a\u2028b\u0085c"\n# \x0b\n'.replace("\x0b", "\u2029") + "nope = 1\n"
    for variant in (text, text.replace("\n", "\r\n"), "\ufeff" + text):
        with pytest.raises(PlaybookErrors) as caught:
            read(variant.encode(), "p.toml")
        assert "p.toml:5  unknown key “nope”." in str(caught.value)
