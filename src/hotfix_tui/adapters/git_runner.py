"""Runs git in one folder, always in the same surroundings."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from hotfix_tui.adapters.git_environment import (
    NETWORK,
    TRUSTED,
    GitSettings,
    Setting,
    Trusted,
    environment,
    strange_remote,
)
from hotfix_tui.adapters.git_errors import explain, place_of, stranger, too_slow
from hotfix_tui.adapters.git_parsing import parse_config
from hotfix_tui.adapters.git_process import execute
from hotfix_tui.adapters.processes import Ended, Limits, Stream
from hotfix_tui.domain.errors import PortFailure
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import clean


@record(frozen=True, slots=True)
class GitRunner:
    """Runs git in one folder, in the same surroundings each time."""

    folder: Path
    settings: GitSettings
    config: tuple[Setting, ...] = ()
    may: Trusted = "nothing"
    """What of the repository's own may run."""

    @property
    def trusted(self) -> bool:
        """Whether the programs that the repository names may run."""
        return self.may != "nothing"

    def own(self, key: str) -> str:
        """What the operator's own settings say of a key in lower case; empty for nothing."""
        return next((s.value for s in reversed(self.config) if s.key == key and s.scope in TRUSTED), "")

    def trusting_nothing(self) -> GitRunner:
        """The same, with every program that the repository's own settings name taken out."""
        return replace(
            self, config=parse_config(self.read(["git", "config", "--list", "--show-scope", "-z"]))
        )

    def read(self, argv: Sequence[str], codes: Sequence[int] = (0,), seconds: float = 0) -> bytes:
        """What the command prints; empty when it ends with another of `codes` than 0. Raises: PortFailure."""
        code, out = self.answer(argv, codes, seconds)
        return out if code == 0 else b""

    def answer(
        self, argv: Sequence[str], codes: Sequence[int] = (0,), seconds: float = 0
    ) -> tuple[int, bytes]:
        """The command's exit code, one of `codes`, and what it prints. Raises: PortFailure."""
        kept: dict[Stream, list[bytes]] = {"out": [], "err": []}
        limit = seconds or self.settings.read
        ended = self.start(argv, Limits(limit, self.settings.output), lambda s, chunk: kept[s].append(chunk))
        said = clean(b"".join(kept["err"]), 4000, multiline=True)
        if ended.why == "timeout":
            raise too_slow(argv, limit, said, self.place(argv))
        if ended.why == "size":
            raise PortFailure(" ".join(argv[:2]), "it prints more than can be read here.")
        if ended.code not in codes:
            raise explain(argv, ended.code, said, self.folder, self.place(argv))
        return ended.code, b"".join(kept["out"])

    def beginning(self, argv: Sequence[str], size: int) -> bytes:
        """The first bytes of what the command prints, about `size` of them. Raises: PortFailure."""
        kept: dict[Stream, list[bytes]] = {"out": [], "err": []}
        limit = self.settings.read
        ended = self.start(argv, Limits(limit, size), lambda s, chunk: kept[s].append(chunk))
        said = clean(b"".join(kept["err"]), 4000, multiline=True)
        if ended.why == "timeout":
            raise too_slow(argv, limit, said)
        if ended.code != 0 and ended.why != "size":
            raise explain(argv, ended.code, said, self.folder)
        return b"".join(kept["out"])[:size]

    def place(self, argv: Sequence[str]) -> str:
        """Where the remote is that this command names; empty for none."""
        if not NETWORK.intersection(argv[1:2]):
            return ""
        known = {s.key: s.value for s in self.config}
        keys = ("pushurl", "url") if argv[1] == "push" else ("url",)
        addresses = (known.get(f"remote.{word}.{key}", "") for word in argv for key in keys)
        return next((place_of(address) for address in addresses if address), "")

    def start(self, argv: Sequence[str], limits: Limits, on_chunk: Callable[[Stream, bytes], None]) -> Ended:
        """Run the command to its end."""
        strange = "" if self.trusted else strange_remote(argv, self.config)
        if strange:
            raise stranger(argv, strange)
        around = environment(self.settings, self.config, os.environ, self.may)
        return execute(argv, self.folder, around, limits, on_chunk)
