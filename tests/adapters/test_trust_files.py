"""Trusted hashes in the data folder: what is private and ours counts, and nothing else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from hotfix_tui.adapters.trust_files import FOLDER, TrustFiles
from hotfix_tui.domain.errors import PortFailure

DIGEST = "ab" * 32


def test_a_hash_is_kept_and_taken_away(tmp_path: Path) -> None:
    """In a private file of a private folder; another process sees it at once."""
    trust = TrustFiles(tmp_path / "data")
    assert not trust.has(DIGEST)
    assert not trust.remove(DIGEST)
    trust.add(DIGEST, "team \x1b[31m.hotfix/playbook.toml")
    trust.add(DIGEST, "once more")
    assert TrustFiles(tmp_path / "data").has(DIGEST)
    file = tmp_path / "data" / FOLDER / DIGEST
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert "\x1b" not in file.read_text()
    assert trust.remove(DIGEST)
    assert not trust.has(DIGEST)


@pytest.mark.parametrize("digest", ["", "ab", DIGEST.upper(), f"../{DIGEST}", "x" * 64, f"{DIGEST}\0"])
def test_what_is_no_hash_is_never_trusted(tmp_path: Path, digest: str) -> None:
    """No name leads out of the folder."""
    trust = TrustFiles(tmp_path)
    (tmp_path / FOLDER).mkdir(mode=0o700)
    (tmp_path / DIGEST).touch(mode=0o600)
    assert not trust.has(digest)
    assert not trust.remove(digest)
    with pytest.raises(PortFailure):
        trust.add(digest, "x")


def test_what_others_could_have_put_there_counts_for_nothing(tmp_path: Path) -> None:
    """A link, a folder, a file or a folder that others may write to."""
    folder = tmp_path / FOLDER
    trust = TrustFiles(tmp_path)
    trust.add(DIGEST, "x")
    file = folder / DIGEST
    file.chmod(0o620)
    assert not trust.has(DIGEST)
    file.chmod(0o600)
    folder.chmod(0o770)
    assert not trust.has(DIGEST)
    folder.chmod(0o700)
    assert trust.has(DIGEST)
    file.rename(folder / "aside")
    file.symlink_to(folder / "aside")
    assert not trust.has(DIGEST)
    file.unlink()
    file.mkdir()
    assert not trust.has(DIGEST)
    folder.rename(tmp_path / "moved")
    folder.symlink_to(tmp_path / "moved")
    assert not trust.has(DIGEST)


def test_without_a_place_nothing_is_trusted(tmp_path: Path) -> None:
    """Where the folder cannot be made there is a sentence; where nobody has a home too."""
    with pytest.raises(PortFailure, match="no data folder"):
        TrustFiles(Path("here")).add(DIGEST, "x")
    assert not TrustFiles(Path("here")).has(DIGEST)
    (tmp_path / "file").write_text("")
    with pytest.raises(PortFailure, match="cannot be used"):
        TrustFiles(tmp_path / "file").add(DIGEST, "x")
