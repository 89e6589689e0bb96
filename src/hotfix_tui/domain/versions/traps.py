"""What is wrong with a version, in words: one small function a trap, the table is at the end."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Template
from typing import Literal

from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.domain.record import record
from hotfix_tui.domain.versions.known import Known
from hotfix_tui.domain.versions.number import Number, read
from hotfix_tui.domain.versions.registries import registry_of
from hotfix_tui.domain.versions.releases import Release


@record(frozen=True, slots=True)
class Trap:
    """One thing that goes wrong with a version."""

    id: str
    text: str
    level: Literal["warn", "refuse"]
    """Whether the version can be used all the same."""


@record(frozen=True, slots=True)
class Chosen:
    """A version that somebody thinks of, and everything that it is held against."""

    number: Number
    typed: str
    """As it was written."""
    tag: str
    base: Release | None
    """The release that it repairs."""
    known: Known
    rules: VersionRules

    @property
    def text(self) -> str:
        """The version."""
        return self.number.text

    def said(self, sentence: str) -> str:
        """A registry's sentence about this version."""
        newest, base = self.known.newest, self.base
        return Template(sentence).substitute(
            fix=self.text, base=base.version.text if base else "1.2.3", newest=newest.tag if newest else ""
        )


def _taken(c: Chosen) -> str:
    """The tag is there already, here or on the remote (S1.TRP.3, S1.TRP.4, S2.VER.5)."""
    tags = c.known.tags
    registry = registry_of(c.rules)
    found = c.known.taken(c.number)
    if not found:
        return ""
    tag = c.tag if c.tag in found else found[0]
    here, there = tag in tags.local, tag in (tags.remote or ())
    if here and there:
        apart = ", at different commits" if tag in tags.apart else ""
        where = f"here and on {tags.origin}{apart}"
    elif there:
        where = f"on {tags.origin} and not here: git fetch --tags"
    else:
        where = (
            f"here ({tags.origin} was not asked)" if tags.remote is None else f"here, not on {tags.origin}"
        )
    never = f" {c.said(registry.again)}" if registry else ""
    return f"The tag {tag} exists {where}.{never}"


def _not_above(c: Chosen) -> str:
    """It does not come after what it repairs (S4.TRP.1)."""
    if c.base is None or c.number > c.base.version:
        return ""
    if c.number == c.base.version:
        counts = "Build metadata does not count: " if c.number.extra or c.base.version.extra else ""
        return f"{counts}{c.text} is no newer than {c.base.tag}, which it repairs."
    return f"{c.text} sorts below {c.base.tag}, which it repairs: nobody gets it."


def _pre_release(c: Chosen) -> str:
    """A suffix makes a pre-release of it (S4.TRP.1, S4.TRP.2, S0.TRP.3)."""
    if c.number.final:
        return ""
    return (
        f"{c.text} is a pre-release: it sorts below {c.number.release} (git's own sorting says otherwise), "
        "and “the latest release” passes over it."
    )


def _skipped(c: Chosen) -> str:
    """Who asks for a range does not get a pre-release (S4.TRP.1)."""
    registry = registry_of(c.rules)
    same_line = c.base is not None and not c.base.is_final and c.base.version.core == c.number.core
    return "" if c.number.final or same_line or registry is None else c.said(registry.skips)


def _too_late(c: Chosen) -> str:
    """A pre-release of what is released already (S1.TRP.3)."""
    release = read(c.number.release, c.number.standard)
    taken = c.known.taken(release) if release and not c.number.final else ()
    return f"{taken[0]} is out already: a pre-release of it comes too late." if taken else ""


def _behind(c: Chosen) -> str:
    """There is a newer release than the one that is repaired."""
    newest, registry = c.known.newest, registry_of(c.rules)
    if newest is None or not c.number < newest.version:
        return ""
    more = f" {c.said(registry.behind)}" if registry else ""
    return f"{newest.tag} is newer: it needs the fix as well.{more}"


def _promotes(c: Chosen) -> str:
    """The release of a pre-release publishes all that the pre-release has."""
    base = c.base
    if base is None or base.is_final or not c.number.final or c.text != base.version.release:
        return ""
    return f"It makes a release of {base.tag}, with everything that is in it."


def _respelled(c: Chosen) -> str:
    """PEP 440 writes it in another way."""
    other = c.number.standard == "pep-440" and c.typed != c.text
    return f"Python's tools write {c.typed} as {c.text}: files and registry have that name." if other else ""


def _local(c: Chosen) -> str:
    """PEP 440's local versions stay at home."""
    local = c.number.standard == "pep-440" and c.number.extra
    return f"{c.text} is a local version: PyPI does not take it." if local else ""


def _build(c: Chosen) -> str:
    """SemVer's build metadata makes no version newer (S2.TRP.1)."""
    if c.number.standard != "semver" or not c.number.extra:
        return ""
    plain = c.text.removesuffix(f"+{c.number.extra}")
    return f"What stands behind the + does not count in the order: {c.text} and {plain} are the same version."


def _counts_badly(c: Chosen) -> str:
    """A counter without its dot sorts by letters."""
    last = c.number.word.rpartition(".")[2]
    if c.number.standard != "semver" or c.number.final or not re.fullmatch(r"[a-zA-Z-]+\d+", last):
        return ""
    name = last.rstrip("0123456789")
    return f"Without a dot {name}10 sorts below {name}9: write {name}.{last[len(name) :]}."


def _nowhere(c: Chosen) -> str:
    """Only a tag carries the version (S4.VER.1, S4.TRP.1)."""
    rules = c.rules
    if rules.scheme != "suffix-tag" or rules.files or rules.patterns or c.base is None:
        return ""
    return f"Only the tag says {c.text}: the program itself goes on saying {c.base.version.text}."


_TRAPS: tuple[tuple[str, Literal["warn", "refuse"], Callable[[Chosen], str]], ...] = (
    ("taken", "refuse", _taken),
    ("not-above", "refuse", _not_above),
    ("too-late", "warn", _too_late),
    ("pre-release", "warn", _pre_release),
    ("skipped", "warn", _skipped),
    ("promotes", "warn", _promotes),
    ("behind", "warn", _behind),
    ("local", "warn", _local),
    ("respelled", "warn", _respelled),
    ("build", "warn", _build),
    ("counts-badly", "warn", _counts_badly),
    ("nowhere", "warn", _nowhere),
)
"""Each trap's id, how bad it is, and what it says; empty where the version does not fall into it. Worst first."""


def traps(chosen: Chosen) -> tuple[Trap, ...]:
    """Every trap that the version falls into, the worst first."""
    said = ((id, look(chosen), level) for id, level, look in _TRAPS)
    return tuple(Trap(id, text, level) for id, text, level in said if text)
