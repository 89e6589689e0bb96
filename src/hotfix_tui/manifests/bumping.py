"""The version raised in every file at once: all are checked before one is changed, and nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests.agreement import Agreement, agree
from hotfix_tui.manifests.files import text_of
from hotfix_tui.manifests.found import is_version
from hotfix_tui.manifests.preview import diff
from hotfix_tui.manifests.sources import Place
from hotfix_tui.manifests.spelling import write


@record(frozen=True, slots=True)
class Edit:
    """One file before and after, byte for byte."""

    path: str
    before: bytes
    after: bytes

    @property
    def preview(self) -> str:
        """Its changed lines, safe to show."""
        return diff(self.path, self.before.decode(), self.after.decode())


@record(frozen=True, slots=True)
class Bump:
    """Everything that raising the version changes."""

    old: str
    new: str
    edits: tuple[Edit, ...]
    places: tuple[Place, ...]
    """Where the old version stood."""
    notes: tuple[str, ...] = ()

    @property
    def preview(self) -> str:
        """The changed lines of every file, safe to show."""
        return "\n".join(edit.preview for edit in self.edits)


def bump(files: Mapping[str, bytes], rules: VersionRules, new: str, old: str = "") -> Bump:
    """The edits that make every place say `new`; `old`, where given, is what they have to say now.

    `files` holds the named files and those that `neighbours.wanted` asked for.
    Raises: Refused when a file cannot be read, they do not agree, or a place cannot say `new`.
    """
    if not is_version(new):
        raise Refused(f"“{clean(new, NAME)}” is no version; it starts with a digit, as 1.2.4 does.")
    now = agree(files, rules, old)
    if now.version == new:
        return Bump(new, new, (), now.places, ("every file says so already",))
    edits = tuple(_edit(path, files[path], now, new) for path in dict.fromkeys(p.path for p in now.places))
    changed = tuple(edit for edit in edits if edit.before != edit.after)
    result = Bump(now.version, new, changed, now.places, now.notes)
    _reads_back(result, files, rules)
    return result


def _edit(path: str, data: bytes, now: Agreement, new: str) -> Edit:
    founds = [place.found for place in now.places if place.path == path]
    try:
        return Edit(path, data, write(text_of(path, data), founds, new).encode())
    except Refused as error:
        raise Refused(f"{clean(path, NAME)}: {error}") from error


def _reads_back(result: Bump, files: Mapping[str, bytes], rules: VersionRules) -> None:
    """What was made says the new version, everywhere. Raises: Refused when it does not, which is our mistake."""
    after = {**files, **{edit.path: edit.after for edit in result.edits}}
    again = {(place.path, place.found.role) for place in agree(after, rules).places}
    lost = [p for p in result.places if p.found.form != "pre" and (p.path, p.found.role) not in again]
    if lost:
        raise Refused(f"{lost[0].words} would not read back as {clean(result.new, NAME)}; change it by hand.")
