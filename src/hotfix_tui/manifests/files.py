"""The files that a playbook names, read as text: byte for byte what they are, or one sentence why not."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import Refused
from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.manifests import WITHOUT_OWN_VERSION, manifest_for
from hotfix_tui.manifests.constant import by_pattern
from hotfix_tui.manifests.found import Reading, at

LARGEST = 5_000_000
"""The largest version file that is read, in bytes."""


def named(rules: VersionRules) -> tuple[str, ...]:
    """The files that the playbook names, each once, in its order; lock files last."""
    return tuple(dict.fromkeys((*rules.files, *(rules.patterns or {}), *rules.lock_files)))


def text_of(path: str, data: bytes) -> str:
    """The file as text, its line ends and byte order mark as they are. Raises: Refused."""
    if len(data) > LARGEST:
        size = f"{len(data) / 1_000_000:.1f} MB"
        raise Refused(f"{clean(path, NAME)} has {size}; a version file of more than 5 MB is not read.")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(f"{at(path, line)}: this is no UTF-8 text; save the file as UTF-8 first.") from error


def reading(path: str, text: str, rules: VersionRules) -> Reading:
    """What the file says, by the playbook's pattern or by its name. Raises: Refused."""
    pattern = (rules.patterns or {}).get(path)
    if pattern is not None:
        return by_pattern(path, text, pattern)
    manifest = manifest_for(path)
    if manifest is not None:
        return manifest.read(path, text)
    if path.rpartition("/")[2] in WITHOUT_OWN_VERSION:
        return Reading()
    raise Refused(
        f"{clean(path, NAME)} is no version file that hotfix knows; give the playbook a pattern for it, "
        "such as 'VERSION = \"$version\"'."
    )


def present(files: Mapping[str, bytes], rules: VersionRules) -> tuple[str, ...]:
    """The named files that are there: of lock files not all need to be.

    Raises: Refused with all that have to be there and are not.
    """
    lacking = [
        clean(path, NAME) for path in named(rules) if path not in files and path not in rules.lock_files
    ]
    if lacking:
        them = "it" if len(lacking) == 1 else "them"
        raise Refused(
            f"The playbook names {', '.join(lacking)}, but there is no such file; create or unname {them}."
        )
    return tuple(path for path in named(rules) if path in files)
