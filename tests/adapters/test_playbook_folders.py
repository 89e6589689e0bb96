from __future__ import annotations

import hashlib
import os
import time
from functools import partial
from pathlib import Path

import pytest

from hotfix_tui.adapters.playbook_folders import BUILT_IN, DEFAULT, PlaybookFolders, read_text
from hotfix_tui.checks import CHECKS
from hotfix_tui.domain.errors import PortFailure, Refused
from hotfix_tui.loading import Names, read
from hotfix_tui.loading.terms import LIMIT
from hotfix_tui.operations import OPERATIONS
from hotfix_tui.service.library import Library

SHIPPED = [(DEFAULT, "built-in", 0)] + [
    (name, "built-in", 0) for name in sorted(file.stem for file in BUILT_IN.glob("*.toml")) if name != DEFAULT
]
"""The built-in playbooks as they are listed where nothing hides them."""


def playbook(id: str, title: str = "Ours") -> str:
    """The text of a small sound playbook."""
    return f"""\
schema = 1
id = "{id}"
title = "{title}"
[[severity]]
id = "P0"
name = "Critical"
meaning = "it is down"
decision = "hotfix"
[[phase]]
id = "fix"
title = "Fix"
"""


class Place:
    """A repository and a user's folder, empty at first."""

    def __init__(self, root: Path) -> None:
        """Make both folders under `root`."""
        self.root = root
        self.repository = root / "repository"
        self.user = root / "config"
        self.repository.mkdir()
        self.user.mkdir()

    def put(self, path: str, text: str | bytes) -> Path:
        """Write a file, its folders too."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    @property
    def library(self) -> Library:
        """The playbooks as they are now."""
        return PlaybookFolders(
            self.repository,
            self.user,
            partial(read, names=Names(operations=tuple(OPERATIONS), checks=tuple(CHECKS))),
        )

    @property
    def listed(self) -> list[tuple[str, str, int]]:
        """Each entry's id, origin and number of problems."""
        return [(e.id, e.origin, len(e.problems)) for e in self.library.entries()]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A repository and a user's folder."""
    return Place(tmp_path)


def test_the_built_in_ones_are_always_there(place: Place) -> None:
    """Without any file of anybody's there is a playbook, also outside a repository."""
    assert place.listed == SHIPPED
    assert PlaybookFolders(None, place.root / "nowhere").load().playbook.id == "crates-cli"


def test_every_built_in_playbook_loads() -> None:
    """What is shipped is found by listing the folder, and none of it is broken."""
    entries = PlaybookFolders(None, BUILT_IN / "nowhere").entries()
    assert [e.path for e in entries] == [f"{name}.toml" for name, _, _ in SHIPPED]
    assert [e.problems for e in entries if e.problems] == []


def test_the_default_stands_first_of_the_built_in_ones(place: Place) -> None:
    """However many are shipped, and whatever their names, an unasked-for drill takes the same one."""
    assert SHIPPED[0][0] == DEFAULT == "crates-cli"
    assert [entry.id for entry in place.library.entries()] == [name for name, _, _ in SHIPPED]
    assert place.library.load().playbook.id == DEFAULT


def test_the_nearest_comes_first(place: Place) -> None:
    """The repository's own, the repository's folder in the order of names, the user's, the built-in ones."""
    place.put("config/playbooks/mine.toml", playbook("mine"))
    place.put("repository/.hotfix/playbooks/b.toml", playbook("b"))
    place.put("repository/.hotfix/playbooks/a.toml", playbook("a"))
    place.put("repository/.hotfix/playbook.toml", playbook("team"))
    assert place.listed == [
        ("team", "repository", 0),
        ("a", "repository", 0),
        ("b", "repository", 0),
        ("mine", "user", 0),
        *SHIPPED,
    ]
    assert place.library.load().playbook.id == "team"
    assert place.library.load("mine").entry.origin == "user"


def test_the_nearest_of_one_id_hides_the_others(place: Place) -> None:
    """A team's playbook of a built-in one's name stands for it."""
    place.put("repository/.hotfix/playbook.toml", playbook("crates-cli", "Ours"))
    place.put("config/playbooks/x.toml", playbook("crates-cli", "Mine"))
    assert place.listed == [("crates-cli", "repository", 0), *SHIPPED[1:]]
    assert place.library.load("crates-cli").playbook.title == "Ours"


def test_a_broken_file_is_listed_and_stops_no_other(place: Place) -> None:
    """At three in the morning there is a playbook, and the reason why it is not the expected one."""
    place.put("repository/.hotfix/playbook.toml", playbook("team").replace("title", "titel"))
    place.put("repository/.hotfix/playbooks/bad.toml", "schema = 1\nid = ")
    place.put("repository/.hotfix/playbooks/crates-cli.toml", b"\xff\xfe")
    place.put("config/playbooks/mine.toml", playbook("mine"))
    assert place.listed == [
        ("team", "repository", 4),
        ("bad", "repository", 1),
        ("crates-cli", "repository", 1),
        ("mine", "user", 0),
        *SHIPPED,
    ]
    assert place.library.load().playbook.id == "mine"
    first = place.library.entries()[0]
    assert first.problems[0] == ".hotfix/playbook.toml:1  “title” is missing."


def test_a_broken_playbook_that_is_asked_for_says_why(place: Place) -> None:
    """No other is taken in its place, not even a farther one of the same id."""
    place.put("repository/.hotfix/playbook.toml", playbook("crates-cli").replace("P0", "P 0"))
    with pytest.raises(Refused, match=r"^\.hotfix/playbook\.toml:5  severity “P 0”: “P 0” is no id"):
        place.library.load("crates-cli")


def test_an_unknown_id_is_refused_with_a_hint(place: Place) -> None:
    """The nearest name is offered, and where the list is."""
    with pytest.raises(Refused) as caught:
        place.library.load("crate-cli")
    said = "There is no playbook “crate-cli”. Did you mean “crates-cli”? See: hotfix playbook list"
    assert str(caught.value) == said


def test_an_operation_that_nobody_knows_is_a_problem(place: Place) -> None:
    """The names that this hotfix knows are those it was given."""
    item = '[[phase.item]]\nid = "i"\ntext = "x"\noperation = "{}"\n'
    place.put("repository/.hotfix/playbook.toml", playbook("team") + item.format("branch"))
    place.put("config/playbooks/mine.toml", playbook("mine") + item.format("deploy"))
    assert place.listed[:2] == [("team", "repository", 0), ("mine", "user", 1)]


def test_what_is_loaded_carries_its_text_and_digest(place: Place) -> None:
    """An incident keeps the text; the digest is of the text without a byte order mark, as it is kept."""
    text = playbook("team")
    place.put("repository/.hotfix/playbook.toml", b"\xef\xbb\xbf" + text.encode())
    loaded = place.library.load("team")
    assert (loaded.source, loaded.digest) == (text, hashlib.sha256(text.encode()).hexdigest())


def test_a_changed_file_is_read_again(place: Place) -> None:
    """Nothing is remembered: the list is of now."""
    library = place.library
    file = place.put("repository/.hotfix/playbook.toml", playbook("team", "Old"))
    assert library.load("team").playbook.title == "Old"
    file.write_text(playbook("team", "New"))
    assert library.load("team").playbook.title == "New"
    file.unlink()
    assert library.load().playbook.id == "crates-cli"


@pytest.mark.parametrize(
    "target", ["/etc/shadow", "/etc/passwd", "secret.toml", "../nowhere", "playbook.toml"]
)
def test_a_symbolic_link_is_not_followed(place: Place, target: str) -> None:
    """Nothing outside the repository is read or shown, wherever the link leads (row 54)."""
    place.put("secret.toml", playbook("secret"))
    link = place.repository / ".hotfix" / "playbook.toml"
    link.parent.mkdir()
    link.symlink_to(place.root / target if target == "secret.toml" else target)
    (entry, *_) = place.library.entries()
    assert entry.problems == (".hotfix/playbook.toml cannot be read: it is a symbolic link.",)
    assert place.library.load().playbook.id == "crates-cli"


@pytest.mark.parametrize("inner", [".hotfix", ".hotfix/playbooks"])
def test_a_folder_that_leads_out_is_not_entered(place: Place, inner: str) -> None:
    """A linked folder is as good as a linked file (row 54)."""
    place.put("elsewhere/playbook.toml", playbook("secret"))
    place.put("elsewhere/playbooks/secret.toml", playbook("secret"))
    place.put("elsewhere/secret.toml", playbook("secret"))
    folder = place.repository / inner
    folder.parent.mkdir(exist_ok=True)
    folder.symlink_to(place.root / "elsewhere")
    assert [e.problems for e in place.library.entries()] == [
        (f"{inner} cannot be read: it leads out of the repository.",),
        *((),) * len(SHIPPED),
    ]


def test_a_folder_that_is_linked_to_itself_ends(place: Place) -> None:
    """A loop of links is a problem like any other."""
    (place.repository / ".hotfix").symlink_to(".hotfix")
    assert place.library.load().playbook.id == "crates-cli"


def test_what_is_no_regular_file_is_told(place: Place) -> None:
    """A named pipe would wait for ever, a folder cannot be read; neither does harm."""
    folder = place.repository / ".hotfix" / "playbooks"
    (folder / "a.toml").mkdir(parents=True)
    os.mkfifo(folder / "b.toml")
    assert [e.problems for e in place.library.entries()[:2]] == [
        (f".hotfix/playbooks/{name}.toml cannot be read: it is no regular file.",) for name in "ab"
    ]


def test_a_huge_file_is_not_read_to_its_end(place: Place) -> None:
    """Ten gigabytes, most of them holes, cost as much as one limit."""
    file = place.put("repository/.hotfix/playbook.toml", playbook("team"))
    os.truncate(file, 10 * 1024**3)
    began = time.process_time()
    (entry, *_) = place.library.entries()
    assert time.process_time() - began < 1
    assert entry.problems == (".hotfix/playbook.toml:1  the file is over 256 kB.",)
    assert len(read_text(file, "x")) == LIMIT + 1


def test_a_file_at_the_limit_loads(place: Place) -> None:
    """256 kB are allowed, a byte more is not; a character at the border is not cut in two."""
    text = playbook("team") + "# "
    full = text.encode() + b"\xc3\xa9" * ((LIMIT - len(text)) // 2)
    place.put("repository/.hotfix/playbook.toml", full)
    assert place.library.load().playbook.id == "team"
    place.put("repository/.hotfix/playbook.toml", full + b"\xc3\xa9")
    assert place.library.entries()[0].problems == (".hotfix/playbook.toml:1  the file is over 256 kB.",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(place: Place) -> None:
    """A file without the right to read it is a problem with its reason."""
    place.put("repository/.hotfix/playbook.toml", playbook("team")).chmod(0)
    assert place.library.entries()[0].problems == (
        ".hotfix/playbook.toml cannot be read: permission denied.",
    )


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    """What was named and is not there is said in plain words."""
    with pytest.raises(PortFailure, match=r"x\.toml cannot be read: no such file or directory\."):
        read_text(tmp_path / "x.toml", "x.toml")


def test_names_that_a_terminal_would_obey(place: Place) -> None:
    """File names are strangers' text as well."""
    place.put("repository/.hotfix/playbooks/\x1b[2Ja\udcff.toml", "schema = 1")
    (problem, *_) = place.library.entries()[0].problems
    assert problem.isprintable()


def test_other_files_are_no_playbooks(place: Place) -> None:
    """Only .toml counts, and only in the two places."""
    for name in (
        "README.md",
        "playbook.yaml",
        "old.toml.bak",
        "other.toml",
        "playbooks/x.txt",
        "playbooks/y/z.toml",
    ):
        place.put(f"repository/.hotfix/{name}", "what is no playbook")
    place.put("config/mine.toml", "what is no playbook")
    assert place.listed == SHIPPED


def test_a_broken_nearer_playbook_is_not_passed_over_in_silence(place: Place) -> None:
    """Which file, where, and what is used instead; nothing when the other one was named."""
    place.put(
        "repository/.hotfix/playbook.toml", playbook("team").replace('meaning = "it is down"\n', "x = 1\n")
    )
    loaded = place.library.load()
    assert loaded.playbook.id == "crates-cli"
    assert loaded.broken.startswith(".hotfix/playbook.toml is broken at line ")
    assert loaded.broken.endswith(", and 1 more problem.")
    assert loaded.warning.endswith(f"; “{loaded.entry.title}” (built-in) is used instead.")
    assert "\n" not in loaded.warning
    assert place.library.load("crates-cli").warning == ""


def test_a_broken_playbook_farther_away_is_nobodys_trouble(place: Place) -> None:
    """What would not have been used is not told when the nearest one loads."""
    place.put("repository/.hotfix/playbook.toml", playbook("team"))
    place.put("config/playbooks/mine.toml", "nonsense")
    assert place.library.load().warning == ""


def test_a_file_that_cannot_be_read_is_told_the_same_way(place: Place) -> None:
    """A folder in its place has no line."""
    (place.repository / ".hotfix" / "playbook.toml").mkdir(parents=True)
    assert place.library.load().broken == (
        ".hotfix/playbook.toml is broken: .hotfix/playbook.toml cannot be read: it is no regular file."
    )


def test_a_file_that_is_named_is_the_playbook(place: Place) -> None:
    """A path is taken as it is, wherever it lies; a broken or missing one is told and nothing is used instead."""
    file = place.put("elsewhere/ours.toml", playbook("ours", "From elsewhere"))
    loaded = place.library.load(str(file))
    assert (loaded.playbook.title, loaded.entry.origin, loaded.passed_over) == ("From elsewhere", "file", ())
    broken = place.put("elsewhere/broken.toml", "schema = 1\nid = 3\n")
    with pytest.raises(Refused, match=r"broken\.toml:2"):
        place.library.load(str(broken))
    with pytest.raises(PortFailure, match=r"gone\.toml cannot be read"):
        place.library.load(str(place.root / "gone.toml"))
