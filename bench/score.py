"""`./dev score FOLDER`: how well documents are understood, field by field, against expectations read by hand.

The folder has `NNN.md` documents and `expect/NNN.json`; what the expectations mean stands in its RULES.md. With no
expectations it prints what was understood, to read beside the documents.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from hotfix_tui.importing import report
from hotfix_tui.importing.understanding import understand
from hotfix_tui.importing.understood import Understood

Field = tuple[str, Callable[[Understood], Any]]


def _durations(document: Understood) -> dict[str, list[int]]:
    return {
        p.title: list(p.minutes) for p in document.phases if p.minutes and document.phase_kind == "headings"
    }


FIELDS: tuple[Field, ...] = (
    ("severities", lambda d: [one.id for one in d.severities]),
    ("phases", lambda d: [one["title"] for one in report.data(d)["phases"]]),
    ("list_steps", lambda d: d.list_steps if d.phase_kind == "list" else None),
    ("checklist_items", lambda d: len(d.tasks)),
    ("checklist_items_in_fences", lambda d: len(d.template_tasks)),
    ("pseudo_checklist_items", lambda d: len(d.pseudo_tasks)),
    ("commands", lambda d: len(d.commands)),
    ("has_rollback", lambda d: bool(d.rollbacks)),
    ("comm_templates", lambda d: len(report.messages(d))),
    ("postmortem_template", report.has_postmortem),
    ("contacts", lambda d: len(d.contacts)),
    ("phase_durations", _durations),
    ("branch_patterns", lambda d: [one.text for one in d.branches]),
)
"""Every field of an expectation, and where it stands in what was understood."""


def fits(field: str, got: object, expected: Mapping[str, Any]) -> bool:
    """Whether a value is the expected one, or one of the others that are accepted."""
    accepted = [expected[field], *expected.get(f"{field}_alt", [])]
    if field == "severities":
        return _folded(got) in [_folded(one) for one in accepted]
    if field == "list_steps" and expected[field] is None:
        return True  # where no list is expected, a list may still be found: it makes no phases
    return got in accepted


def _folded(values: object) -> list[str]:
    assert isinstance(values, list)
    return [re.sub(r"[\s-]", "", str(value)).casefold() for value in values]


def wrong(document: Understood, expected: Mapping[str, Any]) -> dict[str, object]:
    """The fields that are wrong, with what was understood."""
    known = [(name, of) for name, of in FIELDS if name in expected]
    return {name: of(document) for name, of in known if not fits(name, of(document), expected)}


def main() -> int:
    """Score a folder and print; 1 when a field is wrong anywhere."""
    parser = argparse.ArgumentParser(prog="./dev score", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    missed: dict[str, int] = {}
    counted = 0
    for path in sorted(p for p in folder.iterdir() if p.suffix in {".md", ".markdown", ".txt"}):
        started = time.perf_counter()
        document = understand(path.read_bytes())
        took = (time.perf_counter() - started) * 1000
        expectation = folder / "expect" / f"{path.stem}.json"
        if not expectation.is_file():
            found = {name: of(document) for name, of in FIELDS}
            print(f"{path.name}  {took:.0f} ms  no expectation: {json.dumps(found, ensure_ascii=False)}")
            continue
        expected = json.loads(expectation.read_text())
        faults = wrong(document, expected)
        counted += 1
        print(f"{path.name}  {took:.0f} ms  {len(FIELDS) - len(faults)} of {len(FIELDS)} fields right")
        for name, got in faults.items():
            missed[name] = missed.get(name, 0) + 1
            print(
                f"    {name}: {json.dumps(got, ensure_ascii=False)} and not {json.dumps(expected[name], ensure_ascii=False)}"
            )
    print()
    for name, _ in FIELDS if counted else ():
        print(f"{name:<27} right in {counted - missed.get(name, 0)} of {counted} documents")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
