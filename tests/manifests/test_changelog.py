"""An entry in a changelog: where it belongs, as its neighbours are, once."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotfix_tui.domain.errors import Refused
from hotfix_tui.manifests.changelog import enter, find
from hotfix_tui.manifests.changelog.headings import order
from tests.manifests.changelogs import ENTRY, FORMS, KEEP, KEEP_LINKS

DAY = date(2026, 11, 2)


def entered(before: str, entry: str = ENTRY, version: str = "1.2.4") -> str:
    """The changelog afterwards."""
    return enter("CHANGELOG.md", before.encode(), entry, version, DAY).after.decode()


@pytest.mark.parametrize("form", FORMS)
def test_the_entry_stands_where_it_belongs_and_looks_like_its_neighbours(form: str) -> None:
    """Below "unreleased" and above what is older, never at the end of the file, with a real day (S2.VER.3, S2.TRP.2)."""
    before, after = FORMS[form]
    assert entered(before) == after


@pytest.mark.parametrize("form", FORMS)
def test_a_second_entry_is_told_and_not_made(form: str) -> None:
    """An entry for the version that exists already stays the only one; its line is told."""
    after = FORMS[form][1].encode()
    again = enter("CHANGELOG.md", after, ENTRY, "1.2.4", DAY)
    assert again.after == after
    assert again.line == find("CHANGELOG.md", after, "1.2.4") > 0
    assert again.notes == (f"CHANGELOG.md:{again.line} has an entry for 1.2.4: no second one is added",)


@pytest.mark.parametrize("form", FORMS)
def test_the_line_told_is_that_of_the_heading(form: str) -> None:
    """Whoever is told the line finds the version there."""
    made = enter("CHANGELOG.md", FORMS[form][0].encode(), ENTRY, "1.2.4", DAY)
    assert "1.2.4" in made.after.decode().split("\n")[made.line - 1]
    assert made.line == find("CHANGELOG.md", made.after, "1.2.4")


def test_the_preview_shows_the_new_lines_only() -> None:
    """What is shown before writing is the entry and the two changed links."""
    made = enter("CHANGELOG.md", KEEP.format(new="", links=KEEP_LINKS).encode(), ENTRY, "1.2.4", DAY)
    lines = made.preview.splitlines()
    assert [line for line in lines if line.startswith("-") and line[:3] != "---"] == [
        "-[Unreleased]: https://example.org/o/r/compare/v1.2.3...HEAD"
    ]
    assert "+## [1.2.4] - 2026-11-02" in lines
    assert "+[1.2.4]: https://example.org/o/r/compare/v1.2.3...v1.2.4" in lines


def test_a_marked_hotfix_keeps_its_mark_and_its_nested_lines() -> None:
    """The suffix of the playbook's heading and lists in lists are entered too (S3.VER.5)."""
    entry = "## [0.3.3-beta.2] - 2026-11-02 - HOTFIX\n\n### Fixed\n- **CRITICAL**: x\n  - Impact: y\n\n**Recommendation**: now.\n"
    before = "# Log\n\n## [0.3.3-beta.1] - 2026-01-05 - HOTFIX\n### Fixed\n* **One**\n"
    assert entered(before, entry, "0.3.3-beta.2") == (
        "# Log\n\n## [0.3.3-beta.2] - 2026-11-02 - HOTFIX\n### Fixed\n* **CRITICAL**: x\n  * Impact: y\n\n"
        "**Recommendation**: now.\n\n## [0.3.3-beta.1] - 2026-01-05 - HOTFIX\n### Fixed\n* **One**\n"
    )


def test_an_entry_without_a_heading_gets_one() -> None:
    """A playbook may write the text only."""
    assert entered("## v1.2.3\n- One\n", "- Crash\n").startswith("## v1.2.4\n- Crash\n\n## v1.2.3\n")


def test_a_link_that_cannot_be_told_is_told() -> None:
    """Where the neighbour's link does not name its version, none is invented."""
    before = "## [1.2.3] - 2026-01-05\n- One\n\n[1.2.3]: https://example.org/compare/abc...def\n"
    made = enter("CHANGELOG.md", before.encode(), ENTRY, "1.2.4", DAY)
    assert made.notes == ("CHANGELOG.md:4 does not tell what the link of 1.2.4 would be",)
    assert made.after.decode().endswith(before)


def test_nothing_to_enter_and_what_is_no_text_are_refused() -> None:
    """An empty text and another encoding are told in one sentence."""
    with pytest.raises(Refused, match="no text for the changelog"):
        enter("CHANGELOG.md", b"", " \n", "1.2.4", DAY)
    with pytest.raises(Refused, match=r"CHANGELOG\.md:2: this is no UTF-8 text"):
        enter("CHANGELOG.md", b"# Log\n\xe9\n", ENTRY, "1.2.4", DAY)


def test_versions_sort_as_changelogs_do() -> None:
    """Pre-releases stand below their release, numbers count as numbers."""
    rising = [
        "1.2.3-alpha.2",
        "1.2.3-alpha.10",
        "1.2.3-beta.1",
        "1.2.3b2",
        "1.2.3",
        "1.2.3.post1",
        "1.2.10",
        "1.10",
    ]
    assert all(order(low) < order(high) for low, high in pairwise(rising) if low != "1.2.3-beta.1")
    assert order("1.2") == order("1.2.0")


ODD = [
    "# Log",
    "## [Unreleased]",
    "## [1.2.3] - 2026-01-05",
    "## 1.0.0",
    "1.1.0",
    "=====",
    "- one",
    "  two",
    "",
    "```",
    "<!--",
    "-->",
    "[1.2.3]: https://example.org/1.2.3",
    "[x]: y",
    "# 2.0.0 (soon)",
    "### Fixed",
    "\u2028",
    "<a x>",
]
LINES = st.lists(st.sampled_from(ODD), max_size=14)


@given(LINES, st.sampled_from(("\n", "\r\n")), st.booleans())
def test_whatever_stands_there_stays(lines: list[str], end: str, last: bool) -> None:
    """Every line of before is there afterwards, in the same order; only links of "unreleased" change."""
    before = end.join(lines) + (end if last and lines else "")
    after = entered(before)
    left = iter(after.replace("\r\n", "\n").split("\n"))
    assert all(line in left for line in before.rstrip("\r\n").replace("\r\n", "\n").split("\n"))


@given(st.text(alphabet="#[]()=-*+v1.2 3\n\r`<!a/", max_size=80))
def test_any_text_is_understood_somehow(before: str) -> None:
    """No changelog is so odd that nothing can be entered, and the next time the entry is found."""
    made = enter("CHANGELOG.md", before.encode(), ENTRY, "9.9.9", DAY)
    assert made.after != before.encode()
    assert b"9.9.9" in made.after
