"""Which version follows which: our own table, for every scheme (X.6). A bump is always above what it started from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from hotfix_tui.domain.versions.number import Number, read

Bump = Literal["patch", "minor", "pre-release", "minor-pre-release", "promote", "suffix"]
FALLBACK = "rc"
"""The pre-release word where none is given, or where the standard does not know the given one."""
_SHORT = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}


def bumped(bump: Bump, number: Number, word: str = "") -> Number | None:
    """The version after `number`; `word` is that of a pre-release or suffix. None where the bump makes no sense."""
    return _first_above(number, BUMPS[bump](number, word))


def _first_above(number: Number, texts: Iterable[str]) -> Number | None:
    found = (read(text, number.standard) for text in texts)
    return next((one for one in found if one is not None and one > number), None)


def _patch(number: Number, word: str) -> Iterator[str]:
    """1.2.3 gives 1.2.4; a pre-release gives its release, as npm does it: 1.1.0-beta gives 1.1.0 (S1.VER.1)."""
    major, minor, patch = _three(number)
    if not number.final:
        yield number.release
    yield _core(number, major, minor, patch + 1)


def _minor(number: Number, word: str) -> Iterator[str]:
    """1.2.3 gives 1.3.0 (S0.VER.4)."""
    major, minor, patch = _three(number)
    if not number.final and not patch:
        yield number.release
    yield _core(number, major, minor + 1, 0)


def _pre_release(number: Number, word: str) -> Iterator[str]:
    """1.0.0 gives 1.0.1-beta.1, -beta gives -beta.1, and -beta.1 gives -beta.2 (S0.VER.1-2, S3.VER.1).

    From another word its own is counted on where the given one would go back: rc.1 is above beta.1.
    """
    if number.final:
        yield from _first(number, next(_patch(number, "")), word)
        return
    own = _SHORT.get(word, word) if number.standard == "pep-440" else word
    if own and own != number.word:
        yield from _first(number, number.release, word)
    yield from _onward(number)


def _minor_pre_release(number: Number, word: str) -> Iterator[str]:
    """1.0.0 gives 1.1.0-beta.1, and that -beta.2 (S0.VER.4)."""
    if not number.final and not _three(number)[2]:
        return _pre_release(number, word)
    return _first(number, next(_minor(number, "")), word)


def _promote(number: Number, word: str) -> Iterator[str]:
    """A pre-release becomes its release: 1.0.1-beta.1 gives 1.0.1; a release has nothing to become (S0.VER.3)."""
    if not number.final:
        yield number.release


def _suffix(number: Number, word: str) -> Iterator[str]:
    """1.2.3 gives 1.2.4-hotfix.1, and that -hotfix.2; PEP 440 has local versions for it: 1.2.3+hotfix.1 (S4.VER.1)."""
    if number.standard == "semver":
        yield from _pre_release(number, word or "hotfix")
        return
    public, _, local = number.text.partition("+")
    word = word or "hotfix"
    own, _, last = local.rpartition(".")
    if local and last.isdecimal() and own in (word, ""):
        yield f"{public}+{own}{'.' if own else ''}{int(last) + 1}"
    yield f"{public}+{word}.1"
    yield f"{public}+{local}.1"


BUMPS: dict[Bump, Callable[[Number, str], Iterator[str]]] = {
    "patch": _patch,
    "minor": _minor,
    "pre-release": _pre_release,
    "minor-pre-release": _minor_pre_release,
    "promote": _promote,
    "suffix": _suffix,
}
"""Each writes what may come next, best first; the first that its standard reads and puts above is taken."""


def _first(number: Number, release: str, word: str) -> Iterator[str]:
    """The first pre-release of a release."""
    for one in (word, FALLBACK):
        if one:
            yield f"{release}{one}1" if number.standard == "pep-440" else f"{release}-{one}.1"


def _onward(number: Number) -> Iterator[str]:
    """The same pre-release counted on."""
    release, word, count = number.release, number.word, number.count
    if number.standard == "pep-440":
        dev = number.value.dev is not None
        if not dev:
            yield f"{release}{word}{(count or 0) + 1}"
        elif number.value.pre:
            yield f"{release}{word}{count}"
        yield f"{release}{FALLBACK}1"
    elif count is not None:
        yield f"{release}-{word}{'.' if word else ''}{count + 1}"
    else:
        name = word.rstrip("0123456789")
        if name != word:  # rc1, without the dot: rc2 is above it, but rc10 is below rc9
            yield f"{release}-{name}{int(word[len(name) :]) + 1}"
        yield f"{release}-{word}.1"


def _three(number: Number) -> tuple[int, int, int]:
    major, minor, patch = (*number.core, 0, 0)[:3]
    return major, minor, patch


def _core(number: Number, *parts: int) -> str:
    epoch = number.value.epoch if number.standard == "pep-440" else 0
    return f"{f'{epoch}!' if epoch else ''}{'.'.join(map(str, parts))}"
