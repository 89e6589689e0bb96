"""Which playbooks may run something: by the hash of their text, and never because they say so themselves.

What comes with hotfix and what lies in your configuration is trusted by where it lies. A repository is written by
others: nothing of its playbook runs before somebody has seen every command of it and said yes (RELIABILITY.md T3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from typing import Protocol

from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.domain.text import clean
from hotfix_tui.service.incidents import Case
from hotfix_tui.service.library import Loaded


class TrustStore(Protocol):
    """The hashes that somebody trusted, kept outside of every repository."""

    def has(self, digest: str) -> bool:
        """Whether this hash is trusted; what cannot be read is not."""
        ...

    def add(self, digest: str, about: str) -> None:
        """Trust this hash, durable once this returns; `about` says what it is. Raises: PortFailure."""
        ...

    def remove(self, digest: str) -> bool:
        """Trust it no more; whether it was trusted. Raises: PortFailure."""
        ...


class NotTrusted(Refused):
    """Nothing of this playbook may run."""


class Trust:
    """Answers whether a playbook's commands and operations may run."""

    def __init__(self, store: TrustStore, own: Callable[[], Collection[str]]) -> None:
        """`own` gives the hashes of the built-in playbooks and of the user's own."""
        self._store = store
        self._own = own

    def holds(self, source: str) -> bool:
        """Whether a playbook of this very text may run something."""
        digest = digest_of(source)
        return self._store.has(digest) or digest in self._own()

    def is_own(self, source: str) -> bool:
        """Whether it is trusted because of where it lies."""
        return digest_of(source) in self._own()

    def must(self, case: Case) -> None:
        """Raises: NotTrusted where the playbook that the incident carries may run nothing; it says what to do."""
        if not self.holds(case.incident.declared.source):
            raise NotTrusted(  # what to do comes first: a narrow screen shows no more than that
                f"Not trusted, so nothing runs: hotfix playbook trust -i {clean(case.id, 40)} shows every command of "
                f"“{clean(case.playbook.title, 60)}” and asks. It comes from a repository, and others can write there."
            )

    def grant(self, loaded: Loaded) -> None:
        """Trust this text from now on. Raises: PortFailure."""
        self._store.add(digest_of(loaded.source), f"{loaded.playbook.id} {loaded.entry.path}")

    def revoke(self, source: str) -> bool:
        """Trust this text no more; whether it was trusted. Raises: PortFailure."""
        return self._store.remove(digest_of(source))

    def keep(self, source: str) -> None:
        """An incident that carries a text of our own keeps running, also once that file is edited or replaced.

        Where it cannot be written down the incident counts for more: should the file change, the question comes.
        """
        if self.is_own(source) and not self._store.has(digest_of(source)):
            try:
                self._store.add(digest_of(source), "carried by an incident")
            except PortFailure:
                return


def digest_of(source: str) -> str:
    """The hash that a text is trusted by. What an incident claims it to be is never believed."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
