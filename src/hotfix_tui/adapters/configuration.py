"""Settings from flags, then HOTFIX_*, then the repository, then the user's config.toml, then the defaults."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Literal

from hotfix_tui.adapters.config_file import FILE, ConfigFile, read_config
from hotfix_tui.domain.record import record
from hotfix_tui.service.settings import Settings

APP = "hotfix"
REPOSITORY_FOLDER = ".hotfix"


@record(frozen=True, slots=True)
class Option:
    """One thing that can be set, and from where."""

    name: str
    kind: Literal["text", "flag", "files", "folder"]
    environment: str = ""
    user: bool = True
    """Whether the user's config.toml may set it."""
    repository: bool = False
    """Whether a repository may set it: only what is harmless when a stranger wrote it."""
    help: str = ""


OPTIONS = (
    Option("by", "text", "HOTFIX_USER", help="your name in the story; `name` in config.toml"),
    Option("playbook", "text", "HOTFIX_PLAYBOOK", repository=True, help="the playbook to declare with"),
    Option(
        "incident",
        "text",
        "HOTFIX_INCIDENT",
        user=False,
        help="the incident to act on; the open one if unset",
    ),
    Option(
        "read_only",
        "flag",
        "HOTFIX_READ_ONLY",
        repository=True,
        help="nothing is written and no command runs",
    ),
    Option("ascii", "flag", "HOTFIX_ASCII", help="plain characters only"),
    Option("no_color", "flag", "HOTFIX_NO_COLOR", help="no colours; NO_COLOR says the same"),
    Option("mouse", "flag", help="whether the console takes the mouse"),
    Option("bell", "flag", "HOTFIX_BELL", help="whether alarms ring the bell; `[ui] bell` in config.toml"),
    Option(
        "log_files", "files", repository=True, help="files that the log pane follows; `log` in config.toml"
    ),
    Option("data_dir", "folder", "HOTFIX_DATA_DIR", help="where incidents are kept"),
)
"""Every setting, once: reading, `hotfix config show` and docs/configuration.md use this table."""

UI = "ui"
"""The table of config.toml for what the console shows and sounds like."""
FILE_NAMES = {"by": "name", "log_files": "log", "bell": f"{UI}.bell"}
"""Settings whose name in config.toml is another one; a dot stands between a table and a name in it."""

_FALSE = {"", "0", "no", "false", "off"}
_NO_KEYS: frozenset[str] = frozenset()


def read_settings(
    flags: Mapping[str, Any],
    environ: Mapping[str, str],
    folder: Path,
    key_ids: Callable[[], Collection[str]] = lambda: _NO_KEYS,
) -> Settings:
    """The settings in force in `folder`; what cannot be used is passed over with a warning that says where it stands.

    `flags` holds what was said on the command line, by setting name and "config". `key_ids` names the bindings.
    Raises: Refused when the file that `--config` names cannot be used.
    """
    config_path, explicit = _config_path(flags, environ)
    user = read_config(config_path, must=explicit)
    root = work_tree(folder)
    theirs = (
        read_config(root / REPOSITORY_FOLDER / FILE, shown=f"{REPOSITORY_FOLDER}/{FILE}") if root else None
    )
    found: dict[str, Any] = {"data_dir": _default_data_dir(environ), "by": _login(environ)}
    origins = {option.name: "default" for option in OPTIONS}
    warnings = [*user.problems, *(theirs.problems if theirs else ())]
    for option in OPTIONS:
        value, origin = _first(option, flags, environ, theirs, user, warnings, root or folder)
        if origin:
            found[option.name], origins[option.name] = value, origin
    keys = _keys(user, key_ids, warnings)
    origins["keys"] = f"{user.shown}:{user.line('keys')}" if keys else "default"
    warnings += _unknown(user, {FILE_NAMES.get(o.name, o.name) for o in OPTIONS if o.user} | {"keys"}, "")
    if theirs:
        harmless = {FILE_NAMES.get(o.name, o.name) for o in OPTIONS if o.repository}
        warnings += _unknown(theirs, harmless, " in a repository")
    return Settings(
        config_dir=config_path.parent,
        repository_dir=folder,
        keys=keys,
        origins=origins,
        warnings=tuple(warnings),
        **found,
    )


def _first(
    option: Option,
    flags: Mapping[str, Any],
    environ: Mapping[str, str],
    theirs: ConfigFile | None,
    user: ConfigFile,
    warnings: list[str],
    root: Path,
) -> tuple[Any, str]:
    """The nearest value and where it comes from; an empty origin when nobody said anything."""
    if flags.get(option.name) not in (None, (), False):
        return _shaped(option, flags[option.name], Path()), "flag"
    said = environ.get(option.environment, "") if option.environment else ""
    if option.name == "no_color" and not said and environ.get("NO_COLOR"):
        return True, "NO_COLOR"
    if said:
        return (said.lower() not in _FALSE if option.kind == "flag" else _shaped(option, said, Path())), (
            option.environment
        )
    name = FILE_NAMES.get(option.name, option.name)
    for file, base, allowed in ((theirs, root, option.repository), (user, user.path.parent, option.user)):
        found = _named(file).get(name) if file is not None and allowed else None
        if file is None or found is None:
            continue
        value, path = found
        wrong = _wrong(option, value, inside=file is theirs)
        if not wrong:
            return _shaped(option, value, base), f"{file.shown}:{file.line(*path)}"
        warnings.append(f"{file.shown}:{file.line(*path)}  {name}: {wrong}. It was passed over.")
    return None, ""


def _wrong(option: Option, value: object, *, inside: bool) -> str:
    """Why the value of a file cannot be used; empty when it can."""
    if option.kind == "flag":
        if not isinstance(value, bool):
            return "write true or false"
        return "a repository may only set it to true" if inside and not value else ""
    if option.kind != "files":
        return "" if isinstance(value, str) and value.strip() else "write a text in quotes"
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
        return "write a file name, or a list of them"
    if inside and any(Path(name).is_absolute() or ".." in Path(name).parts for name in names):
        return "a repository may only name files of its own"
    return ""


def _shaped(option: Option, value: Any, base: Path) -> Any:
    if option.kind == "folder":
        return (base / Path(value).expanduser()).absolute()
    if option.kind == "files":
        names = [value] if isinstance(value, str | Path) else value
        return tuple((base / Path(name).expanduser()).absolute() for name in names)
    return value


def _keys(user: ConfigFile, key_ids: Callable[[], Collection[str]], warnings: list[str]) -> dict[str, str]:
    table = user.values.get("keys", {})
    if not isinstance(table, dict):
        warnings.append(f"{user.shown}:{user.line('keys')}  keys: write a table, [keys]. It was passed over.")
        return {}
    known = key_ids() if table else ()
    keys = {}
    for id, value in table.items():
        where = f"{user.shown}:{user.line('keys', id)}  keys.{id}:"
        said = [value] if isinstance(value, str) else value
        if known and id not in known:
            warnings.append(f"{where} there is no such command; hotfix keys lists them. It was passed over.")
        elif (
            not isinstance(said, list) or not said or not all(isinstance(k, str) and k.strip() for k in said)
        ):
            warnings.append(f'{where} write a key such as "x", or a list of keys. It was passed over.')
        else:
            keys[id] = ",".join(key.strip() for key in said)
    return keys


def _unknown(file: ConfigFile, known: Collection[str], where: str) -> list[str]:
    """A warning for every key that means nothing here."""
    return [
        f"{file.shown}:{file.line(*path)}  “{name}” is not a setting{where}; {file.hint(name, known)}"
        for name, (_, path) in _named(file).items()
        if name not in known
    ]


def _named(file: ConfigFile) -> dict[str, tuple[Any, tuple[str, ...]]]:
    """Every value with where it stands, by its name: those in `[ui]` by "ui.name"."""
    found: dict[str, tuple[Any, tuple[str, ...]]] = {}
    for name, value in file.values.items():
        if name == UI and isinstance(value, dict):
            found |= {f"{UI}.{inner}": (one, (UI, inner)) for inner, one in value.items()}
        else:
            found[name] = (value, (name,))
    return found


def _config_path(flags: Mapping[str, Any], environ: Mapping[str, str]) -> tuple[Path, bool]:
    """Where the user's config.toml is, and whether `--config` named it."""
    if flags.get("config"):
        return Path(flags["config"]).expanduser().absolute(), True
    if environ.get("HOTFIX_CONFIG"):
        return Path(environ["HOTFIX_CONFIG"]).expanduser().absolute(), False
    from platformdirs import user_config_path

    return user_config_path(APP) / FILE, False


def _default_data_dir(environ: Mapping[str, str]) -> Path:
    if environ.get("HOTFIX_DATA_DIR"):
        return Path()  # it will be taken from there
    from platformdirs import user_data_path

    return user_data_path(APP)


def _login(environ: Mapping[str, str]) -> str:
    for name in ("LOGNAME", "USER"):
        if environ.get(name):
            return environ[name]
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "someone"


def work_tree(folder: Path) -> Path | None:
    """The top of the work tree around `folder`, by looking for `.git`; no git is started."""
    try:
        place = folder.resolve()
    except (OSError, RuntimeError):
        return None
    return next((at for at in (place, *place.parents) if (at / ".git").exists()), None)


def main_tree(root: str) -> str:
    """The work tree that a linked one (`git worktree add`) belongs to; any other is its own. No git is started."""
    try:
        said = (Path(root) / ".git").read_text(errors="surrogateescape") if root else ""
    except OSError:  # a folder, as it mostly is, or nothing
        return root
    main, linked, _ = said.removeprefix("gitdir: ").rpartition("/.git/worktrees/")
    return main if linked else root
