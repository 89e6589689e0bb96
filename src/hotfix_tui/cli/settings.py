"""`hotfix config`: where settings come from."""

from __future__ import annotations

import click

from hotfix_tui.cli.options import FamilyBase
from hotfix_tui.cli.output import emit, say, table
from hotfix_tui.cli.session import current
from hotfix_tui.service.settings import Settings


@click.group(cls=FamilyBase, name="config", context_settings={"help_option_names": ["-h", "--help"]})
def config_command() -> None:
    """Show where the settings are and what they say."""


@config_command.command("path")
def config_path() -> None:
    """Print the folders and files that hotfix uses."""
    from hotfix_tui.adapters.config_file import FILE

    session = current()
    settings = session.settings
    rows = [("config", str(settings.config_dir / FILE)), ("data", str(settings.data_dir))]
    rows.append(("playbooks", str(settings.config_dir / "playbooks")))
    if session.root:
        rows += [
            ("repository", f"{session.root}/.hotfix/{FILE}"),
            ("", f"{session.root}/.hotfix/playbook.toml"),
        ]
    say(*table(rows))


@config_command.command("show")
@click.option("--origin", is_flag=True, help="Say where each value comes from.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def config_show(origin: bool, as_json: bool) -> None:
    """Print the settings in force."""
    settings = current().settings
    if as_json:
        emit(settings=_values(settings), origins=dict(settings.origins), warnings=list(settings.warnings))
        return
    rows = []
    for name, value in _values(settings).items():
        row = (name, _shown(value))
        rows.append((*row, f"({settings.origins.get(name, 'default')})") if origin else row)
    say(*table(rows))


def _values(settings: Settings) -> dict[str, object]:
    from hotfix_tui.adapters.configuration import OPTIONS

    found: dict[str, object] = {}
    for option in OPTIONS:
        value = getattr(settings, option.name)
        found[option.name] = [str(path) for path in value] if option.kind == "files" else value
    found["data_dir"] = str(settings.data_dir)
    found["keys"] = dict(settings.keys)
    return found


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(value) or "-"
    if isinstance(value, dict):
        return ", ".join(f"{id} = {keys}" for id, keys in value.items()) or "-"
    return str(value) or "-"
