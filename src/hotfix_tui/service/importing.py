"""The team's document becomes a playbook, the first time and every time that the document has changed.

What an import writes is kept beside the playbook (docs/adr/0006-importing-again.md), so that the next one knows what
was changed by hand since. Nothing of a document is run here, and what was imported is trusted like any other text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.importing.understood import Understood
from hotfix_tui.importing.writing import write
from hotfix_tui.loading import PlaybookErrors, read
from hotfix_tui.loading.merging import Difference, Three, differences, kept, three
from hotfix_tui.loading.patching import patched
from hotfix_tui.loading.renaming import renamed
from hotfix_tui.loading.terms import LIMIT
from hotfix_tui.service.imports import SUFFIX


@record(frozen=True, slots=True)
class Imported:
    """A document and the playbook that an import of it writes."""

    found: Understood
    document: str
    """The document's name."""
    digest: str
    """The sha256 of its bytes, in hexadecimal."""
    text: str
    """The playbook's TOML."""
    playbook: Playbook
    """What the text says."""


@record(frozen=True, slots=True)
class Again:
    """A document that is imported once more, held against the playbook that lies there."""

    new: Imported
    """Reworded entries have the ids that they had."""
    texts: Three
    wanted: tuple[Difference, ...]
    """What the document wants otherwise."""
    by_hand: int
    """How many things were changed by hand since the last import."""
    known: bool
    """Whether it is known what the last import wrote; else everything that differs is a conflict."""

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        """What both changed."""
        return tuple(one for one in self.wanted if one.conflict)


def imported(found: Understood, data: bytes, document: str) -> Imported:
    """What an import of this document writes. Raises: Refused when no playbook can be made of it."""
    name = Path(document).name if document != "-" else "document.md"
    if not found.text.strip():
        raise Refused(
            f"{name} is empty, so nothing was written. Name the document that describes your process."
        )
    digest = hashlib.sha256(data).hexdigest()
    text = write(found, name, digest)
    if len(text.encode()) > LIMIT:
        text = write(found, name, digest, lean=True)
    if len(text.encode()) > LIMIT:
        raise Refused(
            f"{name} would be a playbook of over {LIMIT // 1024} kB. Leave parts of it out in the review "
            "(hotfix playbook import --review FILE), or split it."
        )
    return Imported(found, name, digest, text, _sound(text, f"What was made of {name}"))


def again(new: Imported, ours: str, base: str) -> Again:
    """The document held against the playbook that lies there; `base` is empty where nobody knows it.

    Raises: Refused when the playbook that lies there does not load.
    """
    _sound(ours, "The playbook that is there")
    if base:
        _sound(base, f"What the last import wrote (*{SUFFIX})")
    text = renamed(base or ours, new.text)
    texts = three(base, ours, text)
    return Again(
        replace(new, text=text), texts, differences(texts), len(kept(texts)) if base else 0, bool(base)
    )


def settled(case: Again, taken: Collection[Difference]) -> str:
    """The playbook with what was taken of the document, and all the rest as it was.

    Raises: Refused when that is no playbook: the hand edits and the document do not go together.
    """
    text = patched(case.texts, taken)
    if not _loads(
        text
    ):  # something of ours may name what the document has no more, such as a checklist: that stays
        taken = [one for one in taken if one.kind != "removed" or one.key or one.name[0] == "item"]
        text = patched(case.texts, taken)
    _sound(text, "What came together")
    after = differences(three("\n".join(case.texts.base.lines), text, case.new.text))
    places = {
        (one.name, one.key) for one in taken if one.key or one.kind != "removed"
    }  # a phase with our items stays
    left = {(one.name, one.key) for one in after} & places
    if left:
        table = " ".join(next(iter(left))[0][-2:])
        raise Refused(
            f"The document's change of {table} found no place; nothing was written. Change it by hand."
        )
    return text


def _loads(text: str) -> bool:
    try:
        read(text, "playbook")
    except PlaybookErrors:
        return False
    return True


def _sound(text: str, what: str) -> Playbook:
    try:
        return read(text, "playbook")
    except PlaybookErrors as error:
        raise Refused(f"{what} is no playbook: {error}") from error
