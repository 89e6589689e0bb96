"""What the five written processes demand, and which test shows each: the list, its rules, and the page about it.

The list is requirements.toml beside this file; `./dev requirements` runs this file with nothing but the standard
library. An entry is "covered" (by a test that carries its id), "later" (with the capability that it waits for; a
test may show a part already) or "not-applicable" (with the reason). `shown = "data"` says that the test shows what
the playbook says, not that the program does it.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "tests" / "requirements.toml"
SOURCES = ("S0", "S1", "S2", "S3", "S4")
CROSS = 15
"""How many demands all five make together: X.1 to X.15."""
COUNTS = {
    "USE": (2, 3, 4, 3, 4),
    "SEV": (5, 3, 4, 6, 3),
    "PHA": (3, 6, 11, 10, 7),
    "CHK": (5, 5, 4, 26, 13),
    "BRA": (2, 4, 3, 1, 3),
    "VER": (5, 2, 5, 6, 1),
    "GIT": (3, 4, 4, 1, 5),
    "MSG": (2, 3, 3, 3, 3),
    "GAT": (3, 6, 3, 7, 8),
    "TST": (1, 5, 2, 4, 2),
    "TPL": (4, 5, 4, 10, 7),
    "COM": (2, 2, 2, 4, 2),
    "ESC": (1, 5, 2, 3, 4),
    "RBK": (4, 3, 6, 1, 5),
    "PMT": (1, 2, 1, 4, 3),
    "SCN": (0, 1, 1, 5, 5),
    "DRL": (0, 3, 0, 0, 0),
    "MET": (1, 1, 1, 4, 1),
    "CMD": (0, 2, 4, 2, 1),
    "TRP": (4, 9, 6, 10, 9),
}
"""How many demands each source makes in each area."""

REASONS = {"covered": "test", "later": "waits_for", "not-applicable": "reason"}
"""What an entry of each status must say."""
KEYS = {"demand", "status", "test", "shown", "waits_for", "reason"}
_ID = re.compile(r"\b(S\d\.[A-Z]{3}|X)\.(\d+)(?:-(\d+))?")


class Demand(NamedTuple):
    """One demand and how it stands."""

    id: str
    demand: str = ""
    status: str = ""
    tests: tuple[str, ...] = ()
    shown: str = ""
    waits_for: str = ""
    reason: str = ""


def wanted() -> tuple[str, ...]:
    """Every id that has to stand in the list, in order."""
    ids = [
        f"{source}.{area}.{number}"
        for place, source in enumerate(SOURCES)
        for area, counts in COUNTS.items()
        for number in range(1, counts[place] + 1)
    ]
    return (*ids, *(f"X.{number}" for number in range(1, CROSS + 1)))


def ids_in(text: str) -> set[str]:
    """The ids that a text names; a range such as S1.ESC.1-4 names each of its ids."""
    return {
        f"{area}.{number}"
        for area, first, last in _ID.findall(text)
        for number in range(int(first), int(last or first) + 1)
    }


def load(path: Path = LIST) -> tuple[Demand, ...]:
    """The list as it is written. TOML itself refuses an id that stands twice."""
    return tuple(_entries(tomllib.loads(path.read_text("utf-8"))))


def _entries(table: Mapping[str, Any], above: str = "") -> Iterator[Demand]:
    for key, value in table.items():
        id = f"{above}.{key}" if above else key
        if not isinstance(value, dict):
            yield Demand(above, status=f"has a stray key {key}")
        elif "demand" in value or key.isdigit():
            yield _demand(id, value)
        else:
            yield from _entries(value, id)


def _demand(id: str, entry: Mapping[str, Any]) -> Demand:
    test = entry.get("test", ())
    stray = sorted(set(entry) - KEYS)
    return Demand(
        id,
        entry.get("demand", ""),
        f"has a stray key {', '.join(stray)}" if stray else entry.get("status", ""),
        (test,) if isinstance(test, str) else tuple(test),
        entry.get("shown", ""),
        entry.get("waits_for", ""),
        entry.get("reason", ""),
    )


def carried(root: Path = ROOT) -> dict[str, set[str]]:
    """Every test, as "tests/x.py::test_y", with the ids that its docstring carries."""
    found: dict[str, set[str]] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                name = f"{path.relative_to(root).as_posix()}::{node.name}"
                found[name] = ids_in(ast.get_docstring(node) or "")
    return found


def named_in(root: Path = ROOT) -> dict[str, set[str]]:
    """Every file of program and tests that names ids, with those ids."""
    paths = [
        p
        for folder in ("src", "tests")
        for kind in ("py", "toml")
        for p in (root / folder).rglob(f"*.{kind}")
    ]
    texts = {path.relative_to(root).as_posix(): ids_in(path.read_text("utf-8")) for path in sorted(paths)}
    return {path: ids for path, ids in texts.items() if ids}


def problems(
    demands: Iterable[Demand], tests: Mapping[str, set[str]], named: Mapping[str, set[str]]
) -> tuple[str, ...]:
    """What is wrong with the list, a sentence each; nothing when it can be believed."""
    demands = tuple(demands)
    listed, known = Counter(one.id for one in demands), set(wanted())
    return (
        *(f"{id} is missing" for id in wanted() if id not in listed),
        *(f"{id} stands {count} times" for id, count in listed.items() if count > 1),
        *(f"{id} is no id of the sources" for id in listed if id not in known),
        *(sentence for one in demands for sentence in _faults(one, tests)),
        *(
            f"{path} names {id}, which nobody demands"
            for path, ids in named.items()
            for id in sorted(ids - known)
        ),
    )


def _faults(one: Demand, tests: Mapping[str, set[str]]) -> Iterator[str]:
    given = {"test": one.tests, "waits_for": one.waits_for, "reason": one.reason}
    if one.status not in REASONS:
        yield f"{one.id} is “{one.status}”, not one of: {', '.join(REASONS)}"
    elif not given[REASONS[one.status]]:
        yield f"{one.id} is {one.status} without “{REASONS[one.status]}”"
    if not one.demand:
        yield f"{one.id} does not say what it demands"
    if one.shown not in {"", "data"} or (one.shown and not one.tests):
        yield f"{one.id} has a “shown” that is not “data”, or no test to show it"
    for test in one.tests:
        if test not in tests:
            yield f"{one.id} names {test}, which is not there"
        elif one.id not in tests[test]:
            yield f"{one.id} names {test}, whose docstring does not carry it"


def page(demands: Iterable[Demand], wrong: Iterable[str]) -> Iterator[str]:
    """Counts by area and source, covered of all; what waits for what; what does not apply; what is wrong."""
    by_id = {one.id: one for one in demands}
    yield "covered of all" + "".join(f"{head:>8}" for head in (*SOURCES, "sum", "data", "later", "n/a"))
    for area in COUNTS:
        yield _row(
            area, [[by_id.get(id) for id in wanted() if id.startswith(f"{s}.{area}.")] for s in SOURCES]
        )
    yield _row("X", [[], [], [], [], [by_id.get(id) for id in wanted() if id.startswith("X.")]])
    yield _row("all", [[by_id.get(id) for id in wanted() if id.startswith(s)] for s in (*SOURCES, "X")])
    yield "data: of the covered, those whose test shows what the playbook says and not yet the program doing it"
    waiting = {one.waits_for: None for one in by_id.values() if one.status == "later"}
    for capability in waiting:
        ids = [one.id for one in by_id.values() if one.waits_for == capability and one.status == "later"]
        yield f"\nlater, with {capability} ({len(ids)}): {' '.join(ids)}"
    for one in by_id.values():
        if one.status == "not-applicable":
            yield f"\nnot applicable: {one.id}, {one.demand}: {one.reason}"
    wrong = tuple(wrong)
    yield f"\nwrong ({len(wrong)}):" if wrong else "\nnone missing, none wrong"
    yield from (f"  {sentence}" for sentence in wrong)


def _row(name: str, cells: list[list[Demand | None]]) -> str:
    everything = [one for cell in cells for one in cell]
    sums = Counter(one.status for one in everything if one)
    data = sum(one.shown == "data" and one.status == "covered" for one in everything if one)
    shown = [
        f"{sum(one is not None and one.status == 'covered' for one in c)}/{len(c)}" if c else ""
        for c in cells
    ]
    rest = (f"{sums['covered']}/{len(everything)}", data, sums["later"], sums["not-applicable"])
    return f"{name:<14}" + "".join(f"{cell:>8}" for cell in (*shown[:5], *rest))


def main() -> int:
    """Print the page; 1 when something is wrong."""
    demands = load()
    wrong = problems(demands, carried(), named_in())
    sys.stdout.write("\n".join((*page(demands, wrong), "")))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
