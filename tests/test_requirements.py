"""The list of demands: complete, and not saying more than its tests show."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import requirements as r

DEMANDS = r.load()
SHOWN = "tests/test_x.py::test_y"


def test_every_demand_stands_once_and_every_covered_one_has_tests_that_carry_it() -> None:
    """The whole list, as ./dev requirements reads it; the sentences say what to do."""
    assert r.problems(DEMANDS, r.carried(), r.named_in()) == ()


def test_the_counts_are_the_sources() -> None:
    """48, 74, 70, 110 and 86 ids, and fifteen that all make together."""
    sums = [sum(counts[place] for counts in r.COUNTS.values()) for place in range(len(r.SOURCES))]
    assert sums == [48, 74, 70, 110, 86]
    assert len(r.wanted()) == len(set(r.wanted())) == 403


def test_a_range_names_each_of_its_ids() -> None:
    """As docstrings write them."""
    said = "Four rungs (S1.ESC.1-3, X.2); not S1.ESC, nor S11.ESC.1."
    assert r.ids_in(said) == {"S1.ESC.1", "S1.ESC.2", "S1.ESC.3", "X.2"}


GOOD = tuple(r.Demand(id, "something", "covered", (SHOWN,)) for id in r.wanted())
TESTS = {SHOWN: set(r.wanted())}
NOBODY = "S9.USE." + "1"


def test_a_good_list_has_no_problem() -> None:
    """What every fault below is made from."""
    assert r.problems(GOOD, TESTS, {"tests/test_x.py": {"X.1"}}) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (GOOD[1:], "S0.USE.1 is missing"),
        ((*GOOD, GOOD[0]), "S0.USE.1 stands 2 times"),
        ((*GOOD, GOOD[0]._replace(id=NOBODY)), f"{NOBODY} is no id of the sources"),
        ((GOOD[0]._replace(status="done"), *GOOD[1:]), "S0.USE.1 is “done”, not one of: covered, later, not-app"),
        ((GOOD[0]._replace(tests=()), *GOOD[1:]), "S0.USE.1 is covered without “test”"),
        ((GOOD[0]._replace(status="later"), *GOOD[1:]), "S0.USE.1 is later without “waits_for”"),
        ((GOOD[0]._replace(status="not-applicable"), *GOOD[1:]), "not-applicable without “reason”"),
        ((GOOD[0]._replace(demand=""), *GOOD[1:]), "S0.USE.1 does not say what it demands"),
        ((GOOD[0]._replace(shown="all"), *GOOD[1:]), "S0.USE.1 has a “shown” that is not “data”"),
        ((GOOD[0]._replace(tests=("tests/gone.py::test_z",)), *GOOD[1:]), "names tests/gone.py::test_z, which is not"),
    ],
)  # fmt: skip
def test_a_fault_of_the_list_is_a_sentence(changed: tuple[r.Demand, ...], said: str) -> None:
    """What is missing, twice, unknown, or without what its status wants."""
    (sentence,) = [s for s in r.problems(changed, TESTS, {}) if "which nobody demands" not in s][:1]
    assert said in sentence


def test_a_test_must_carry_the_id_that_it_covers() -> None:
    """A name in the list is not enough: whoever changes the test reads in it what it is for."""
    lacking = {SHOWN: TESTS[SHOWN] - {"X.1"}}
    assert r.problems(GOOD, lacking, {}) == (f"X.1 names {SHOWN}, whose docstring does not carry it",)


def test_nothing_names_an_id_that_nobody_demands() -> None:
    """Neither the program nor a test."""
    assert r.problems(GOOD, TESTS, {"src/a.py": {NOBODY}}) == (
        f"src/a.py names {NOBODY}, which nobody demands",
    )


def test_tests_are_found_with_the_ids_of_their_docstrings(tmp_path: Path) -> None:
    """Of functions, methods and coroutines; ids elsewhere in the body do not count."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(
        'def test_y():\n    """Held (X.1-2)."""\n    other = "X.3"\n\n\nasync def test_z():\n    pass\n\n\ndef helper():\n    "X.4"\n'
    )
    assert r.carried(tmp_path) == {SHOWN: {"X.1", "X.2"}, "tests/test_x.py::test_z": set()}


def test_stray_keys_are_a_fault(tmp_path: Path) -> None:
    """A misspelt key would hide what it says."""
    path = tmp_path / "list.toml"
    path.write_text('[S0.USE]\n1 = { demand = "x", status = "covered", tests = "y" }\n')
    (one,) = r.load(path)
    assert (one.id, one.status) == ("S0.USE.1", "has a stray key tests")


def test_the_page_counts_and_lists() -> None:
    """A row an area, what waits for what, why something does not apply, and what is wrong."""
    later = GOOD[0]._replace(status="later", waits_for="the importer")
    never = GOOD[1]._replace(status="not-applicable", reason="no such thing")
    lines = list(r.page((later, never, *GOOD[2:]), ["X.9 is lost"]))
    assert lines[1].split() == ["USE", "0/2", "3/3", "4/4", "3/3", "4/4", "14/16", "0", "1", "1"]
    assert "\nlater, with the importer (1): S0.USE.1" in lines
    assert "\nnot applicable: S0.USE.2, something: no such thing" in lines
    assert lines[-2:] == ["\nwrong (1):", "  X.9 is lost"]


def test_dev_requirements_prints_the_page() -> None:
    """Without the virtual environment's help: the standard library is enough."""
    answer = subprocess.run(
        [sys.executable, str(r.ROOT / "dev"), "requirements"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout
    assert answer.stdout.startswith("covered of all")
    assert "none missing, none wrong" in answer.stdout
