from __future__ import annotations

import pytest

from hotfix_tui.loading import Names, PlaybookErrors, read
from tests.loading.mistakes import ADDED, REPLACED, SMALL


def problems(text: str | bytes, names: Names | None = None) -> tuple[str, ...]:
    """The sentences that reading the text gives."""
    with pytest.raises(PlaybookErrors) as caught:
        read(text, "team.toml", names)
    return tuple(str(problem) for problem in caught.value.problems)


def test_the_sound_one_loads() -> None:
    """What every mistake below is made from has none."""
    assert read(SMALL, "team.toml").phases[0].items[0].text == "Write the fix"


@pytest.mark.parametrize(("old", "new", "said"), REPLACED, ids=[new[:30] for _, new, _ in REPLACED])
def test_a_mistake_has_its_sentence(old: str, new: str, said: list[str]) -> None:
    """File, line, place in words, what is wrong, and a hint: the whole sentence, and nothing besides."""
    assert SMALL.count(old) == 1, "the mistake must be made in one place"
    assert list(problems(SMALL.replace(old, new))) == said


@pytest.mark.parametrize(("more", "said"), ADDED, ids=[more[:30] for more, _ in ADDED])
def test_what_is_added_at_the_end_has_its_sentence(more: str, said: list[str]) -> None:
    """Lines are those of the file, in whatever table the mistake stands."""
    text = SMALL + more
    assert text.splitlines()[33] == more.splitlines()[0], "the addition must begin on line 34"
    assert list(problems(text)) == said


def test_a_playbook_without_its_main_parts() -> None:
    """Without severity and phase there is nothing to run, and both are said."""
    assert problems('schema = 1\nid = "a"\ntitle = "b"\n') == (
        "team.toml:1  there is no [[phase]]; a playbook needs at least one.",
        "team.toml:1  there is no [[severity]]; a playbook needs at least one.",
    )


def test_operations_and_checks_are_known_by_name() -> None:
    """What this hotfix cannot do is said before the night, not in it; without the names nothing is compared."""
    text = SMALL.replace("step = 1", 'operation = "brunch"\ncheck = "ci"')
    assert read(text, "team.toml").item("written") is not None
    assert problems(text, Names(operations=("branch",), checks=("ci-green",))) == (
        "team.toml:33  phase “fix”, item “written”: there is no operation “brunch”. Did you mean “branch”?",
        "team.toml:34  phase “fix”, item “written”: there is no check “ci”. Known: ci-green.",
    )
    assert read(text, "team.toml", Names(operations=("brunch",), checks=("ci",))).id == "team"


def test_all_mistakes_are_told_at_once() -> None:
    """Mistakes of every kind in one reading, in the order of the lines, and the count at the end."""
    text = (
        SMALL.replace('decision = "hotfix"', 'decision = "now"')
        .replace('text = "Write the fix"', 'txt = "Write the fix"')
        .replace('maximum = "2h"', "maximum = 30")
        .replace('title = "Ours"', "title = 1")
    )
    with pytest.raises(PlaybookErrors) as caught:
        read(text, ".hotfix/playbook.toml")
    assert str(caught.value).splitlines() == [
        '.hotfix/playbook.toml:3  “title” is 1; write a text, such as "…".',
        (
            ".hotfix/playbook.toml:8  severity “P0”: “decision” is “now”; "
            "write one of hotfix, next-release, backlog."
        ),
        '.hotfix/playbook.toml:26  phase “fix”: “maximum” is 30; write a duration such as "30m" or "2h".',
        ".hotfix/playbook.toml:30  phase “fix”, item “written”: “text” is missing.",
        ".hotfix/playbook.toml:32  phase “fix”, item “written”: unknown key “txt”. Did you mean “text”?",
        "5 problems. Nothing was loaded.",
    ]


def test_the_sense_is_told_all_at_once_too() -> None:
    """Where the shape is sound, everything that leads nowhere is told together."""
    text = SMALL.replace('{ down = "y" }', '{ up = "y" }').replace("step = 1", 'step = 9\nblocks = "tell"')
    assert len(problems(text.replace('severity = "P0"\nbecause', 'severity = "P1"\nbecause'))) == 4


def test_one_problem_is_one_problem() -> None:
    """The last line counts in good English."""
    with pytest.raises(PlaybookErrors, match=r"^team\.toml:28 .*\n1 problem\. Nothing was loaded\.$"):
        read(SMALL.replace("number = 1", "number = false"), "team.toml")


def test_a_file_with_more_mistakes_than_anybody_reads() -> None:
    """A hundred are told, and that there are more."""
    with pytest.raises(PlaybookErrors) as caught:
        read(SMALL.replace("schema = 1\n", "schema = 1\n" + "".join(f"k{n} = 1\n" for n in range(500))), "t")
    assert len(caught.value.problems) == 100
    assert str(caught.value).endswith("These are the first 100 problems. Nothing was loaded.")


def test_the_terminal_obeys_nothing_in_a_message() -> None:
    """Ids, keys and file names of a stranger's file are shown, never obeyed."""
    (said,) = problems(SMALL.replace("step = 1", r'"\u001b[2J\u202ex" = 1'))
    assert said == "team.toml:30  phase “fix”, item “written”: unknown key “<U+202E>x”."
    with pytest.raises(PlaybookErrors, match=r"^a:1  "):
        read("", "a\x1bx")
