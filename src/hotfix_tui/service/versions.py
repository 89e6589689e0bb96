"""The version oracle over a real repository: its tags, the remote's tags, and the incident's own version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.record import record
from hotfix_tui.domain.versions.known import Tags
from hotfix_tui.domain.versions.oracle import Candidate, Choice, choose, judge
from hotfix_tui.ports import Repository

_TAGS = "refs/tags/"


@record(frozen=True, slots=True)
class Answer:
    """What the oracle says of a repository."""

    choice: Choice
    named: Candidate | None = None
    """What is to be said of the version that was named."""
    remote: str = ""
    """The remote's name."""
    failure: PortFailure | None = None
    """Why the remote could not be asked, when it should have been."""
    notes: tuple[str, ...] = ()
    """What else must be said; untrusted text."""
    refused: str = ""
    """Why what was named is no version at all."""


def ask(repository: Repository, playbook: Playbook, base: str, *, remote: bool, version: str = "") -> Answer:
    """The versions that may carry the fix of `base`, and what is to be said of `version`, if one is named.

    A remote that cannot be asked is told in the answer, which then rests on the tags of this machine.
    Raises: PortFailure when the repository cannot be read.
    """
    name = playbook.git.remote
    there, failure, note = _there(repository, name) if remote else (None, None, "")
    tags = Tags(repository.tags(), tuple(there) if there is not None else None, origin=name)
    answer = _answer(playbook, base, tags, version)
    notes = (note,) if note else ()
    if there:
        named = (*answer.choice.candidates, *((answer.named,) if answer.named else ()))
        looked_at = {answer.choice.base, *(one.tag for one in named)} & {*tags.local}
        apart = _apart(repository, there, looked_at)
        answer = _answer(playbook, base, replace(tags, apart=apart), version) if apart else answer
        if answer.choice.base in apart:
            notes = (
                f"{answer.choice.base} is at another commit on {name} than here: which one do users run?",
            )
    return replace(answer, remote=name, failure=failure, notes=notes)


def _answer(playbook: Playbook, base: str, tags: Tags, version: str) -> Answer:
    choice = choose(playbook, base, tags)
    try:
        return Answer(choice, judge(playbook, base, tags, version) if version else None)
    except Refused as error:
        return Answer(choice, refused=str(error))


def _there(repository: Repository, remote: str) -> tuple[Mapping[str, str] | None, PortFailure | None, str]:
    """The remote's tags with their objects; None with the reason when they are not to be had."""
    if remote not in repository.remotes():
        return None, None, f"There is no remote {remote}: only the tags of this machine count."
    try:
        refs = repository.remote_refs(remote, f"{_TAGS}*")
    except PortFailure as error:
        return None, error, ""
    return {ref.removeprefix(_TAGS): oid for ref, oid in refs.items()}, None, ""


def _apart(repository: Repository, there: Mapping[str, str], tags: Iterable[str]) -> frozenset[str]:
    """Which of these tags of this machine name another commit than the remote's."""
    both = (tag for tag in tags if tag in there)
    return frozenset(tag for tag in both if repository.resolve(_TAGS + tag) != repository.resolve(there[tag]))
