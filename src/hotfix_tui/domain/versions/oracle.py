"""The version oracle: which versions may carry the fix, best first, where each stands, and what is wrong with it.

Pure: the playbook's rules, the base and the tags go in; nothing is asked of git or of a registry.
"""

from __future__ import annotations

from collections.abc import Iterator

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import Playbook, Scheme, VersionRules
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.versions.bump import Bump, bumped
from hotfix_tui.domain.versions.known import Known, Tags, sorted_tags
from hotfix_tui.domain.versions.number import Number, Standard, read
from hotfix_tui.domain.versions.registries import standard_of
from hotfix_tui.domain.versions.releases import Release, latest_release, split
from hotfix_tui.domain.versions.traps import Chosen, Trap, traps


@record(frozen=True, slots=True)
class Candidate:
    """A version that may carry the fix."""

    version: str
    """Without prefix."""
    tag: str
    final: bool
    why: str
    """What it is, in words."""
    order: str
    """Where it stands among the known tags, in words."""
    traps: tuple[Trap, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether nothing stands against it but warnings."""
        return all(trap.level == "warn" for trap in self.traps)


@record(frozen=True, slots=True)
class Choice:
    """What may be chosen."""

    base: str
    """The tag that is repaired; empty when no tag is a release."""
    standard: Standard
    candidates: tuple[Candidate, ...]
    """Best first; those that are taken come last."""
    asked: bool
    """Whether the remote's tags were looked at."""
    through_pre_releases: bool = False
    """Whether the fix goes out as pre-releases first, and is promoted (S0.VER.3)."""

    @property
    def best(self) -> Candidate | None:
        """The first one that can be used."""
        return next((one for one in self.candidates if one.usable), None)

    @property
    def declared(self) -> Candidate | None:
        """The one that an incident is declared with: where pre-releases are promoted, the release at their end."""
        found = (
            one for one in self.candidates if one.usable and (one.final or not self.through_pre_releases)
        )
        return next(found, None)


_WAYS: dict[Scheme, tuple[tuple[Bump, ...], tuple[Bump, ...]]] = {
    "patch": (("patch", "minor"), ("pre-release", "promote")),
    "pre-release-counter": (("pre-release", "patch"), ("pre-release", "promote")),
    "promotion": (("pre-release", "patch", "minor-pre-release", "minor"), ("pre-release", "promote")),
    "suffix-tag": (("suffix", "patch"), ("suffix", "promote")),
}
"""What each scheme offers after a release, and after a pre-release (X.6); a beta is repaired by the next beta."""
_WHY: dict[Bump, str] = {
    "patch": "the next patch after {base}",
    "minor": "the next minor version: for a fix that adds something",
    "pre-release": "the next pre-release after {base}",
    "minor-pre-release": "a pre-release of the next minor version",
    "promote": "the release of {base}",
    "suffix": "the next one with a suffix after {base}, as a tag",
}
_AGAIN: dict[Bump, Bump] = {"promote": "patch", "minor-pre-release": "pre-release"}
"""How the search goes on from a number that is taken, where it is not the same bump."""


def choose(playbook: Playbook, base: str, tags: Tags) -> Choice:
    """What may carry the fix of `base`, a tag; where that is no version, of the newest release."""
    rules, standard = playbook.version, standard_of(playbook.version)
    prefix, release = _base(playbook, base, tags, standard)
    if release is None:
        return Choice("", standard, (), tags.remote is not None)
    known = sorted_tags(tags, prefix, standard)
    found: dict[str, Candidate] = {}
    for bump, number, skipped in sorted(_numbers(release, rules, known), key=lambda way: way[2]):
        why = _why(bump, release.tag, first=number == bumped(bump, release.version, rules.suffix))
        chosen = Chosen(number, number.text, prefix + number.text, release, known, rules)
        found.setdefault(number.text, _candidate(chosen, "would be " + why if skipped else why))
    promoted = rules.scheme == "promotion"
    return Choice(release.tag, standard, tuple(found.values()), tags.remote is not None, promoted)


def judge(playbook: Playbook, base: str, tags: Tags, version: str) -> Candidate:
    """What is to be said of a version that somebody names, with its prefix or without.

    Raises: Refused when it is no version at all by the playbook's standard.
    """
    rules, standard = playbook.version, standard_of(playbook.version)
    prefix, release = _base(playbook, base, tags, standard)
    bare = version.strip().removeprefix(prefix)
    number = read(bare, standard)
    if number is None:
        name = {"semver": "SemVer, such as 1.2.3", "pep-440": "PEP 440, such as 1.2.3 or 1.2.3rc1"}[standard]
        raise Refused(f"“{clean(version, NAME)}” is no version by {name}.")
    known = sorted_tags(tags, prefix, standard)
    return _candidate(Chosen(number, bare, prefix + bare, release, known, rules), "as you named it")


def _why(bump: Bump, base: str, *, first: bool) -> str:
    words = _WHY[bump].format(base=base)
    return words if first else words.replace("the next ", "the next free ")


def _candidate(chosen: Chosen, why: str) -> Candidate:
    order = chosen.known.order(chosen.number)
    return Candidate(chosen.text, chosen.tag, chosen.number.final, why, order, traps(chosen))


def _base(playbook: Playbook, base: str, tags: Tags, standard: Standard) -> tuple[str, Release | None]:
    """The prefix of the base's tag, and its release: a monorepo's tag brings its own prefix."""
    prefix = playbook.git.tag_prefix
    if found := split(base, prefix, standard):
        return found
    final = playbook.version.scheme != "pre-release-counter"
    every = (*tags.local, *(tags.remote or ()))
    newest = latest_release(every, prefix, standard, final=final)
    return prefix, newest or latest_release(every, prefix, standard, final=False)


def _numbers(release: Release, rules: VersionRules, known: Known) -> Iterator[tuple[Bump, Number, bool]]:
    """Each way of the scheme: the first number that is free, and then the one that was skipped for it."""
    for bump in _WAYS[rules.scheme][0 if release.is_final else 1]:
        first = bumped(bump, release.version, rules.suffix)
        if first is None:
            continue
        free = _free(first, _AGAIN.get(bump, bump), rules, known)
        yield bump, free, False
        if free != first:
            yield bump, first, True


def _free(number: Number, bump: Bump, rules: VersionRules, known: Known) -> Number:
    """The first number from this one on that no tag has and whose release is not out yet (S1.TRP.3, S2.VER.5)."""
    following: Number | None = number
    while following is not None:
        number, release = following, read(following.release, following.standard)
        if not number.final and release and known.taken(release):
            following = bumped(bump, release, rules.suffix)
        elif known.taken(number):
            following = bumped(bump, number, rules.suffix)
        else:
            break
    return number
