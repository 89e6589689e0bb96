"""The cache of playbooks gives what reading gives, or is not there; nothing about it is ever told."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from hotfix_tui.adapters import playbook_cache
from hotfix_tui.adapters.playbook_cache import FOLDER, MOST, PlaybookCache
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.loading import Names, PlaybookErrors, read

SOURCE = """\
schema = 1
id = "ours"
title = "Ours"
[[severity]]
id = "P0"
name = "Critical"
meaning = "it is down"
decision = "hotfix"
[[phase]]
id = "fix"
title = "Fix"
target = "30m"
[[phase.item]]
id = "look"
text = "Look"
"""
OTHER = SOURCE.replace("Look", "Do not look")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that is there."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was really read, as it comes."""
    seen: list[str] = []

    def counted(text: str | bytes, name: str, names: Names | None = None) -> Playbook:
        seen.append(name)
        return read(text, name, names)

    monkeypatch.setattr(playbook_cache, "read", counted)
    return seen


def files(data: Path) -> list[Path]:
    """What lies in the cache."""
    return sorted((data / FOLDER).iterdir()) if (data / FOLDER).exists() else []


def test_a_text_is_read_once(data: Path, readings: list[str]) -> None:
    """The second time it comes from the file, whoever asks and under whatever name, as text or as bytes."""
    first = PlaybookCache(data).read(SOURCE, "a.toml")
    assert PlaybookCache(data).read(SOURCE.encode(), "b.toml") == first == read(SOURCE, "x")
    assert readings == ["a.toml"]


def test_its_files_are_private(data: Path) -> None:
    """The folder and each file are their user's alone, and nothing else is left lying about."""
    PlaybookCache(data).read(SOURCE, "a.toml")
    (file,) = files(data)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_other_names_or_another_version_read_again(
    data: Path, readings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sound for one hotfix may not be for another: neither finds what the other wrote."""
    wanting = SOURCE + 'operation = "branch"\n'
    PlaybookCache(data, Names(operations=("branch",))).read(wanting, "known")
    with pytest.raises(PlaybookErrors):
        PlaybookCache(data, Names(operations=("tag",))).read(wanting, "unknown")
    PlaybookCache(data).read(wanting, "unchecked")
    monkeypatch.setattr(playbook_cache, "__version__", "99")
    PlaybookCache(data).read(wanting, "newer hotfix")
    monkeypatch.setattr(playbook_cache, "SCHEMA", 2)
    PlaybookCache(data).read(wanting, "newer schema")
    monkeypatch.setattr(playbook_cache, "_code", lambda: ("edited",))
    PlaybookCache(data).read(wanting, "edited code")
    assert readings == ["known", "unknown", "unchecked", "newer hotfix", "newer schema", "edited code"]


def test_a_broken_playbook_is_told_every_time(data: Path, readings: list[str]) -> None:
    """Its problems name the file, so they are found anew; nothing of it is kept."""
    for name in ("a.toml", "b.toml"):
        with pytest.raises(PlaybookErrors) as caught:
            PlaybookCache(data).read("schema = 1\n", name)
        assert {problem.file for problem in caught.value.problems} == {name}
    assert readings == ["a.toml", "b.toml"]
    assert files(data) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:-1],
        lambda raw: raw + b" ",
        lambda raw: raw.replace(b"Look", b"Kool"),
        lambda raw: raw[:70] + bytes([raw[70] ^ 1]) + raw[71:],
        lambda raw: raw[65:],
        lambda raw: os.urandom(len(raw)),
        lambda raw: hashlib.sha256(raw[65:]).hexdigest().encode() + raw[64:],
    ],
    ids=[
        "empty",
        "cut",
        "longer",
        "other words",
        "one bit",
        "no digest",
        "noise",
        "a digest without the name",
    ],
)
def test_a_damaged_file_is_read_again_and_mended(
    data: Path, readings: list[str], damage: Callable[[bytes], bytes]
) -> None:
    """No change of a file changes the playbook."""
    cache = PlaybookCache(data)
    whole = cache.read(SOURCE, "first")
    (file,) = files(data)
    file.write_bytes(damage(file.read_bytes()))
    assert cache.read(SOURCE, "second") == whole
    assert cache.read(SOURCE, "third") == whole
    assert readings == ["first", "second"]


def test_a_file_under_anothers_name_is_not_believed(data: Path, readings: list[str]) -> None:
    """Its digest holds its name, too: exchanging two files makes no playbook of one text from the other."""
    cache = PlaybookCache(data)
    cache.read(SOURCE, "one")
    (one,) = files(data)
    cache.read(OTHER, "other")
    (other,) = set(files(data)) - {one}
    other.replace(one)
    assert cache.read(SOURCE, "again") == read(SOURCE, "x")
    assert readings == ["one", "other", "again"]


def test_what_others_could_have_put_there_counts_for_nothing(data: Path, readings: list[str]) -> None:
    """A file or a folder that others may write to, and a link."""
    cache = PlaybookCache(data)
    cache.read(SOURCE, "first")
    (file,) = files(data)
    file.chmod(0o620)
    cache.read(SOURCE, "others write the file")
    file.parent.chmod(0o720)
    cache.read(SOURCE, "others write the folder")
    file.parent.chmod(0o700)
    cache.read(SOURCE, "kept after all")
    aside = data / "aside"
    file.rename(aside)
    file.symlink_to(aside)
    cache.read(SOURCE, "a link")
    file.parent.rename(data / "elsewhere")
    (data / FOLDER).symlink_to(data / "elsewhere")
    cache.read(SOURCE, "a linked folder")
    assert readings == [
        "first",
        "others write the file",
        "others write the folder",
        "a link",
        "a linked folder",
    ]


def _nothing(data: Path) -> None:
    data.rmdir()


def _a_file_for_the_folder(data: Path) -> None:
    (data / FOLDER).write_text("")


def _a_folder_for_every_file(data: Path) -> None:
    PlaybookCache(data).read(SOURCE, "x")
    (file,) = files(data)
    file.unlink()
    file.mkdir()


def _a_pipe_for_every_file(data: Path) -> None:
    PlaybookCache(data).read(SOURCE, "x")
    (file,) = files(data)
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize(
    "trouble", [_nothing, _a_file_for_the_folder, _a_folder_for_every_file, _a_pipe_for_every_file]
)
def test_every_trouble_with_it_means_reading_again(data: Path, trouble: Callable[[Path], None]) -> None:
    """Nobody is told of a cache: without one, things take a moment longer."""
    trouble(data)
    assert PlaybookCache(data).read(SOURCE, "first") == read(SOURCE, "x")
    assert PlaybookCache(data).read(SOURCE, "second") == read(SOURCE, "x")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_folder_that_cannot_be_written_is_no_trouble(data: Path) -> None:
    """As on a medium that is full or may only be read."""
    data.chmod(0o500)
    assert PlaybookCache(data).read(SOURCE, "first") == read(SOURCE, "x")
    data.chmod(0o700)
    assert files(data) == []


def test_a_relative_folder_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home folder the data folder has no place: nothing is written where somebody stands."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    assert PlaybookCache(Path("data")).read(SOURCE, "a") == read(SOURCE, "x")
    assert files(tmp_path / "data") == []


def test_its_number_is_bounded(data: Path, readings: list[str]) -> None:
    """The oldest files go, whatever they are; the newest one stays."""
    cache = PlaybookCache(data)
    cache.read(SOURCE, "first")
    for number in range(MOST + 5):
        stray = data / FOLDER / f".{number}"
        stray.touch(mode=0o600)
        os.utime(stray, (number, number))
    cache.read(OTHER, "other")
    assert len(files(data)) == MOST
    cache.read(SOURCE, "first again")
    cache.read(OTHER, "other again")
    assert readings == ["first", "other"]


def test_many_at_once_hinder_nobody(data: Path) -> None:
    """Whoever writes, everybody gets the playbook, and one whole file is left."""
    found: list[Playbook] = []
    threads = [Thread(target=lambda: found.append(PlaybookCache(data).read(SOURCE, "x"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [read(SOURCE, "x")] * 8
    assert len(files(data)) == 1
