"""Files as they are found: other encodings, damaged text, fences and headings that strict markdown does not read (X.14)."""

from __future__ import annotations

import pytest

from hotfix_tui.importing.understanding import understand
from hotfix_tui.importing.understood import Understood

STEPS = "# T\n\n## Step 1: Find it\n\n- [ ] é → ✅\n\n## Step 2: Mend it\n"


def _kinds(document: Understood) -> list[str]:
    return [repair.kind for repair in document.repairs]


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        (STEPS.encode(), []),
        (STEPS.encode("utf-8-sig"), ["bom"]),
        (STEPS.encode("utf-16"), ["bom"]),
        (STEPS.replace("\n", "\r\n").encode(), ["line-ends"]),
        (STEPS.replace("\n", "\r").encode(), ["line-ends"]),
        (STEPS.encode().decode("mac_roman").encode(), ["mojibake"]),
        (STEPS.encode().decode("latin-1").encode(), ["mojibake"]),
        (STEPS.replace("é", "é\0").encode(), ["nul"]),
    ],
    ids=["whole", "bom", "utf-16", "crlf", "cr", "mac roman", "latin-1", "nul"],
)
def test_a_damaged_text_is_mended_and_told(data: bytes, kinds: list[str]) -> None:
    """However the bytes were damaged, the text is the one that was meant, and each repair is told once (S3.TRP.9, S4.TRP.7)."""
    document = understand(data)
    assert document.text == STEPS
    assert _kinds(document) == kinds
    assert len(document.phases) == 2
    assert document.tasks[0].origin.first == 5


def test_latin_1_is_read_and_told() -> None:
    """A file in Latin-1 keeps its letters; one bad byte in UTF-8 does not cost the others."""
    assert "é" in understand("# Été\n".encode("cp1252")).text.casefold()
    mixed = "# Été → là\n".encode() + "naïve\n".encode("cp1252")
    assert understand(mixed).text == "# Été → là\nnaïve\n"
    assert _kinds(understand(mixed)) == ["encoding"]


@pytest.mark.parametrize(
    "text",
    ["été à la “fin”", "Größe: 5 µm", "naïve café — déjà", "γνώση", "Привет — мир", "日本語の手順", "ğüşıöç"],
)
def test_good_text_is_left_alone(text: str) -> None:
    """Letters and signs of other languages are no damage."""
    document = understand(f"# T\n\n{text}\n".encode())
    assert text in document.text
    assert document.repairs == ()


def test_a_fence_around_the_whole_file_is_taken_off() -> None:
    """A document inside one fence, as a chat gives it, is read as a document; its own fences stay."""
    inside = "# T\n\n## Step 1: a\n\n```bash\nls\n```\n\n## Step 2: b\n\n- [ ] x"
    document = understand(f"```markdown\n{inside}\n```\n".encode())
    assert _kinds(document) == ["whole-file-fence"]
    assert [p.name for p in document.phases] == ["a", "b"]
    assert (len(document.commands), len(document.tasks)) == (1, 1)


def test_a_fence_that_is_never_closed_hides_no_step() -> None:
    """A fence without its end stops before the next heading: what follows is read."""
    document = understand(
        b"# T\n\n## Step 1: a\n\n```bash\ngit status\n\n## Step 2: b\n\n- [ ] x\n\n```sh\nls\n```\n"
    )
    assert [p.name for p in document.phases] == ["a", "b"]
    assert [c.text.strip() for c in document.commands] == ["git status", "ls"]
    assert len(document.tasks) == 1
    assert _kinds(document) == ["fence"]


def test_a_fence_inside_a_template_stays_inside() -> None:
    """A fence inside a text belongs to the text, with a language or without; no heading after it is lost (S2.TRP.4, S3.TRP.8)."""
    body = "## Logs\n```\n<paste>\n```\n### Try\n```bash\nls\n```\n- [ ] then\n"
    document = understand(f"# T\n\n## A\n\n```markdown\n{body}```\n\n## B\n".encode())
    assert [s.title for s in document.sections] == ["T", "A", "B"]
    assert (len(document.template_tasks), len(document.tasks), len(document.commands)) == (1, 0, 0)


def test_headings_as_people_write_them() -> None:
    """A heading without a space and one over a line of dashes are headings; a channel and a label over a rule are not (S4.TRP.6)."""
    text = "# T\n\n##Step 1: a\n\nStep 2: b\n---------\n\n#incidents is the channel\n\n**Owner**: me\n---\n\n## Step 3: c\n"
    document = understand(text.encode())
    assert [s.title for s in document.sections] == ["T", "Step 1: a", "Step 2: b", "Step 3: c"]
    assert _kinds(document) == ["heading-space"]


def test_boxes_in_every_form() -> None:
    """Boxes in numbered lists and in quotes are items; those without a list mark, and box signs, are kept apart; comments have none (X.14)."""
    text = "1. [ ] a\n2) [x] b\n> - [ ] c\n\n[ ] d\n\n□ e\n\n<!--\n- [ ] no\n-->\n\n* [X] f\n  + [ ] g\n- [y] no\n"
    document = understand(text.encode())
    assert [t.text for t in document.tasks] == ["a", "b", "c", "f", "g"]
    assert [t.ticked for t in document.tasks] == [False, True, False, True, False]
    assert [t.text for t in document.pseudo_tasks] == ["d", "e"]
    assert document.tasks[4].under == document.tasks[3].id


def test_front_matter_is_no_text() -> None:
    """Front matter gives the title where no heading does, and is otherwise no part of the document."""
    document = understand(b"---\ntitle: Night shift\nsteps:\n  - [ ] no\n---\n\nFirst words.\n")
    assert (document.title, document.summary, document.tasks) == ("Night shift", "First words.", ())
