"""Git and version operations: one file each; the present state in, a plan of steps out.

A file is loaded when its operation is wanted: the console starts without any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Protocol, cast

from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.templates import NAMES, SAID, names
from hotfix_tui.operations.plan import Choice, Plan
from hotfix_tui.ports import Site, at_home

Prepare = Callable[[Site, Incident, Playbook, Mapping[str, str]], dict[str, str]]
MakePlan = Callable[[Mapping[str, str], Site], Plan]


class File(Protocol):
    """What the file of an operation holds."""

    CHOICES: tuple[Choice, ...]
    prepare: Prepare
    plan: MakePlan


def file_of(name: str) -> File:
    """The file of the operation `name`, loaded now if it was not yet."""
    return cast("File", import_module(f"{__name__}.{name.replace('-', '_')}"))


@record(frozen=True, slots=True)
class Operation:
    """Something that `hotfix` does to a repository for a person."""

    name: str
    title: str
    prepare: Prepare
    """Reads the facts and settles every choice. Raises: Refused; PortFailure."""
    plan: MakePlan
    """Makes the plan from what was settled, again and again the same. Raises: PortFailure."""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What a person may choose."""
        return file_of(self.name).CHOICES

    @property
    def texts(self) -> bool:
        """Whether it writes a text of the playbook, whose words can be chosen by their names as well."""
        return self.name in _WRITE_TEXTS

    def words(self, playbook: Playbook) -> tuple[str, ...]:
        """The words of the text that it writes which the incident itself does not know, in order."""
        text = _TEXTS[self.name](playbook) if self.name in _TEXTS else ""
        return tuple(word for word in names(text) if word not in NAMES)


def _operation(name: str, title: str) -> Operation:
    def prepare(
        site: Site, incident: Incident, playbook: Playbook, given: Mapping[str, str]
    ) -> dict[str, str]:
        settled = file_of(name).prepare(site, incident, at_home(playbook, site.repository), given)
        words = OPERATIONS[name].words(playbook)
        return {**settled, **{f"{SAID}{word}": given[word].strip() for word in words if given.get(word)}}

    return Operation(name, title, prepare, lambda parameters, site: file_of(name).plan(parameters, site))


_WRITE_TEXTS = frozenset({"branch", "commit", "commit-version", "tag"})
_TEXTS: dict[str, Callable[[Playbook], str]] = {
    "branch": lambda playbook: playbook.git.branch,
    "commit": lambda playbook: playbook.formats.commit,
    "commit-version": lambda playbook: playbook.formats.bump,
    "tag": lambda playbook: playbook.formats.tag,
    "promote": lambda playbook: playbook.formats.tag,
    "changelog": lambda playbook: playbook.version.changelog_entry,
    "merge-back": lambda playbook: (
        f"{playbook.formats.merge} {playbook.formats.pull_request} {playbook.formats.pull_request_body}"
    ),
}
"""The text of the playbook that an operation writes."""


OPERATIONS: dict[str, Operation] = {
    name: _operation(name, title)
    for name, title in (
        ("branch", "Create the hotfix branch"),
        ("cherry-pick", "Bring commits here"),
        ("commit", "Commit the fix"),
        ("bump", "Write the version into its files"),
        ("changelog", "Enter the fix in the changelog"),
        ("commit-version", "Commit version and changelog"),
        ("tag", "Tag the release"),
        ("push", "Push the branch and the tag"),
        ("merge-back", "Bring the fix back"),
        ("promote", "Promote the pre-release"),
        ("release", "Release it on the forge"),
        ("publish", "Publish the version"),
        ("clean-up", "Delete the hotfix branch"),
        ("command", "Run an item's own command"),
        ("rollback", "Take the hotfix back"),
    )
}
"""Every operation by its name, which is also the name of its file, in the order in which a fix needs them."""
