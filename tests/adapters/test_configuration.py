from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hotfix_tui.adapters.configuration import read_settings
from hotfix_tui.domain.errors import Refused
from hotfix_tui.service.settings import Settings
from tests.cli_fixtures import Cli, hotfix

KNOWN = frozenset({"note", "zoom"})


def read(
    tmp_path: Path, user: str = "", theirs: str = "", flags: dict[str, Any] | None = None, **environ: str
) -> Settings:
    """The settings in a repository with these two files."""
    config, repository = tmp_path / "user.toml", tmp_path / "repository"
    (repository / ".git").mkdir(parents=True, exist_ok=True)
    (repository / ".hotfix").mkdir(exist_ok=True)
    config.write_text(user)
    (repository / ".hotfix" / "config.toml").write_text(theirs)
    around = {"HOTFIX_CONFIG": str(config), "HOTFIX_DATA_DIR": str(tmp_path / "data"), **environ}
    return read_settings(flags or {}, around, repository, lambda: KNOWN)


def test_the_nearest_that_says_something_counts(tmp_path: Path) -> None:
    """Flag, environment, repository, user, default, in this order, and each origin is told."""
    user, theirs = 'name = "Ada"\nplaybook = "user"\n', 'playbook = "theirs"\n'
    found = read(tmp_path, user, theirs, {"playbook": "flag"}, HOTFIX_PLAYBOOK="env")
    assert (found.playbook, found.origins["playbook"]) == ("flag", "flag")
    found = read(tmp_path, user, theirs, HOTFIX_PLAYBOOK="env")
    assert (found.playbook, found.origins["playbook"]) == ("env", "HOTFIX_PLAYBOOK")
    found = read(tmp_path, user, theirs)
    assert (found.playbook, found.origins["playbook"]) == ("theirs", ".hotfix/config.toml:1")
    found = read(tmp_path, user)
    assert (found.playbook, found.origins["playbook"]) == ("user", f"{tmp_path / 'user.toml'}:2")
    assert (found.by, found.warnings) == ("Ada", ())
    assert read(tmp_path, USER="grace", LOGNAME="").by == "grace"


def test_a_repository_sets_only_what_is_harmless(tmp_path: Path) -> None:
    """A stranger's file moves no data, names nobody, rebinds no key, follows no file outside and lifts no guard."""
    theirs = 'name = "Eve"\ndata_dir = "/tmp/x"\nread_only = false\nlog = ["../secret", "/etc/passwd"]\n[keys]\nnote = "q"\n'
    found = read(tmp_path, "read_only = true\n", theirs)
    assert found.by != "Eve"
    assert found.data_dir == tmp_path / "data"
    assert found.read_only
    assert (found.log_files, dict(found.keys)) == ((), {})
    assert [warning.partition("  ")[0] for warning in found.warnings] == [
        f".hotfix/config.toml:{line}" for line in (3, 4, 1, 2, 5)
    ]
    inside = read(tmp_path, theirs='log = ["logs/app.log"]\nread_only = true\n')
    assert inside.log_files == (tmp_path / "repository" / "logs/app.log",)
    assert inside.read_only


def test_the_bell_is_turned_off_in_the_users_table(tmp_path: Path) -> None:
    """`[ui] bell = false`, or HOTFIX_BELL=0; a repository has no say, and a slip of the pen is told with its line."""
    assert read(tmp_path).bell
    found = read(tmp_path, "[ui]\nbell = false\n")
    assert (found.bell, found.warnings) == (False, ())
    assert found.origins["bell"] == f"{tmp_path / 'user.toml'}:2"
    assert not read(tmp_path, HOTFIX_BELL="0").bell
    theirs = read(tmp_path, theirs="[ui]\nbell = false\n")
    assert theirs.bell
    assert "“ui.bell” is not a setting in a repository" in theirs.warnings[0]
    for text, words in (
        ("[ui]\nbel = false\n", "user.toml:2  “ui.bel” is not a setting; did you mean “ui.bell”?"),
        ('[ui]\nbell = "no"\n', "user.toml:2  ui.bell: write true or false"),
        ("ui = 3\n", "user.toml:1  “ui” is not a setting"),
    ):
        wrong = read(tmp_path, text)
        assert wrong.bell
        assert words in wrong.warnings[0]


@pytest.mark.parametrize(
    ("user", "said"),
    [
        ("mouse = 1\n", "user.toml:1  mouse: write true or false"),
        ("\nmouze = true\n", "user.toml:2  “mouze” is not a setting; did you mean “mouse”?"),
        ("name = 3\n", "user.toml:1  name: write a text in quotes"),
        ("a = \n", "user.toml:1  is no TOML"),
        ("name = 'x'\n[keys]\nnope = 'x'\n", "user.toml:3  keys.nope: there is no such command"),
        ("[keys]\nnote = 3\n", "user.toml:2  keys.note: write a key"),
        ("keys = 3\n", "user.toml:1  keys: write a table"),
        ("\x00", "user.toml:1"),
    ],
)
def test_what_cannot_be_used_is_passed_over_with_its_line(tmp_path: Path, user: str, said: str) -> None:
    """Defaults hold, and the warning names file and line."""
    found = read(tmp_path, user)
    assert len(found.warnings) == 1
    assert said in found.warnings[0]
    assert (found.mouse, dict(found.keys)) == (True, {})


def test_keys_are_texts_or_lists(tmp_path: Path) -> None:
    """Both become comma-separated keys by binding id."""
    found = read(tmp_path, '[keys]\nnote = ["ctrl+n", "a"]\nzoom = "x"\n')
    assert found.keys == {"note": "ctrl+n,a", "zoom": "x"}


def test_switches_in_the_environment(tmp_path: Path) -> None:
    """On unless empty, 0, no, false or off; NO_COLOR counts when it is not empty."""
    assert read(tmp_path, HOTFIX_ASCII="1", HOTFIX_READ_ONLY="yes", NO_COLOR="1").ascii
    off = read(tmp_path, HOTFIX_ASCII="0", HOTFIX_READ_ONLY="false", NO_COLOR="")
    assert (off.ascii, off.read_only, off.no_color) == (False, False, False)
    assert read(tmp_path, NO_COLOR="1").no_color


def test_a_repositorys_link_is_not_followed(tmp_path: Path) -> None:
    """A link that leads out of the repository is passed over, and so is a folder or a pipe in its place."""
    read(tmp_path)
    file = tmp_path / "repository" / ".hotfix" / "config.toml"
    secret = tmp_path / "secret"
    secret.write_text('playbook = "x"\n')
    file.unlink()
    file.symlink_to(secret)
    around = {"HOTFIX_CONFIG": str(tmp_path / "user.toml"), "HOTFIX_DATA_DIR": str(tmp_path)}
    found = read_settings({}, around, tmp_path / "repository")
    assert (found.playbook, len(found.warnings)) == ("", 1)


def test_only_a_named_file_that_is_broken_ends_the_program(tmp_path: Path) -> None:
    """`--config` is exit code 2, in one sentence; the same file by HOTFIX_CONFIG is a warning."""
    cli: Cli = hotfix(tmp_path)
    broken = tmp_path / "broken.toml"
    broken.write_text("x = \n")
    with pytest.raises(Refused, match=r"broken\.toml:1"):
        read(tmp_path, flags={"config": str(broken)})
    answer = cli("config", "path", "--config", str(broken))
    assert (answer.code, "broken.toml:1" in answer.err) == (2, True)
    assert cli("list", "--config", str(tmp_path / "missing.toml")).code == 2
    cli.environ["HOTFIX_CONFIG"] = str(broken)
    answer = cli("config", "path")
    assert (answer.code, "broken.toml:1" in answer.err) == (0, True)
