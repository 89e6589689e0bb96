"""Whatever is handed in is read: quickly, without failing, and nothing that stands in it is run."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotfix_tui.importing import report
from hotfix_tui.importing.spans import Placed
from hotfix_tui.importing.understanding import understand

PARTS = st.sampled_from(
    ["# ", "## ", "Step 1: ", "P0", "- [ ] ", "1. ", "```", "```bash\n", "~~~", "> ", "| a | b |\n|---|---|\n", "**", "5 min", "(if P0)",
     "<!--", "-->", "---\n", "git push", "[x](y)", "hotfix/", "\t", "    ", "\n", "\n\n", "\r\n", "\0", "\ue0f5", "\ue0f50", "é", "â€”", "🚨", "_"]
)  # fmt: skip
EXTREMES = {
    "empty": b"",
    "blank": b"\n" * 1000,
    "binary": bytes(range(256)) * 400,
    "prose": b"word " * 20_000,
    "ordinary": b"## Phase 1: a (5 min)\n\n- [ ] do it (if P0)\n\n```bash\ngit status\n```\n\nSome words about it.\n\n"
    * 1100,
    "thousand phases": b"".join(b"## Phase %d: x (5 min)\n\n- [ ] a\n\n" % n for n in range(1, 1001)),
    "nested lists": b"\n".join(b" " * (2 * n) + b"- [ ] x" for n in range(500)),
    "nested quotes": b">" * 500 + b" x\n",
    "open fences": b"```bash\n\n## h\n\n" * 4000,
    "one line": b"#" * 100_000,
    "brackets": b"[" * 50_000 + b"]" * 50_000,
    "stars": b"*" * 100_000,
    "pipes": b"|" * 100_000,
    "backticks": b"`" * 100_000,
    "boxes": b"- [ ] item\n" * 5000,
}


@pytest.mark.parametrize("name", EXTREMES)
def test_an_extreme_document_takes_two_seconds_at_most(name: str) -> None:
    """100 KB, a thousand phases, nesting 500 deep and bytes that are no text: each within two seconds of processor time."""
    started = time.process_time()
    document = understand(EXTREMES[name])
    assert time.process_time() - started < 2
    json.dumps(report.data(document))


def test_a_thousand_phases_are_a_thousand_phases() -> None:
    """Nothing is lost of a very long document."""
    document = understand(EXTREMES["thousand phases"])
    assert (len(document.phases), len(document.tasks)) == (1000, 1000)
    assert len(understand(EXTREMES["nested lists"]).tasks) == 500


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PARTS, st.text(max_size=8)), max_size=60).map("".join))
def test_any_text_is_understood(text: str) -> None:
    """No text makes it fail; every line stays a line, every id is unique, every entry stands in the document (X.14)."""
    document = understand(text.encode("utf-8", "surrogatepass"))
    ids = [task.id for task in (*document.tasks, *document.pseudo_tasks, *document.template_tasks)]
    assert len(ids) == len(set(ids))
    last = document.text.count("\n") + 1
    entries: tuple[Placed, ...] = (*document.tasks, *document.sections, *document.commands, *document.phases)
    for entry in entries:
        assert 1 <= entry.origin.first <= last
    json.dumps(report.data(document))
    assert all(isinstance(line, str) for line in report.lines(document))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(data: bytes) -> None:
    """Bytes that are no text are read all the same, and read the same twice."""
    assert understand(data) == understand(data)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 12),
    st.integers(0, 5),
    st.sampled_from(["Step", "Phase", "Schritt", "Étape", "Paso", "Шаг", "ステップ", "步骤"]),
)
def test_numbered_steps_are_the_phases_in_any_language(count: int, boxes: int, word: str) -> None:
    """Headings with running numbers and the same word are the phases, all of them, in order, each with its boxes."""
    steps = [f"## {word} {n}: x{n}\n\n" + "- [ ] y\n" * boxes for n in range(1, count + 2)]
    document = understand(("# T\n\n" + "\n".join(steps)).encode())
    assert [p.name for p in document.phases] == [f"x{n}" for n in range(1, count + 2)]
    assert all(len(p.items) == boxes for p in document.phases)
