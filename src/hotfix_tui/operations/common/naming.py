"""The forms of a hotfix branch's name: the playbook's own, and the nine that the written processes use (X.5)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hotfix_tui.domain.errors import NeedsWord, Refused
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.templates import fill, missing, values
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.domain.versions.bump import bumped
from hotfix_tui.domain.versions.registries import standard_of
from hotfix_tui.domain.versions.releases import split
from hotfix_tui.operations.common.texts import FORMS, known_values
from hotfix_tui.ports import Site


def template_of(playbook: Playbook, form: str) -> str:
    """The template of a form: by the label that the playbook gives it, else one of the nine. Raises: Refused."""
    if not form:
        return playbook.git.branch
    own = {one.label.casefold(): one.branch for one in playbook.git.branches}
    found = own.get(form.casefold()) or FORMS.get(form)
    if found is None:
        names = ", ".join(
            clean(name, NAME) for name in (*(one.label for one in playbook.git.branches), *FORMS)
        )
        raise Refused(f"There is no form “{clean(form, NAME)}”; choose one of: {names}")
    return found


def name_values(
    site: Site, incident: Incident, playbook: Playbook, choice: Mapping[str, str], base: str, fix: str
) -> dict[str, str]:
    """What may stand in a branch's name."""
    found = {**known_values(site, incident, {}), **values(incident, incident.started_at)}
    given = {name: value.strip() for name, value in choice.items() if value.strip()}
    known = {**found, **_versions(playbook, base), "base": base, **({"fix": fix} if fix else {}), **given}
    if "cve" in known:
        known["cve"] = re.sub(r"(?i)^cve-", "", known["cve"])
    return known


def _versions(playbook: Playbook, base: str) -> dict[str, str]:
    """The next patch and the next pre-release after the base; none where its name is no version."""
    found = split(base, playbook.git.tag_prefix, standard_of(playbook.version))
    if found is None:
        return {}
    number, word = found[1].version, playbook.version.suffix
    patch, before = bumped("patch", number), bumped("pre-release", number, word)
    return {
        **({"next_patch": patch.text} if patch else {}),
        **({"pre_release": before.text} if before else {}),
    }


def branch_name(template: str, known: Mapping[str, str]) -> str:
    """The branch's name by its template. Raises: NeedsWord when a part of it is not known."""
    lacking = missing(template, known)
    if lacking:
        ways = " ".join(f"{name}=…" for name in lacking)
        raise NeedsWord(
            lacking[0],
            f"The branch name {template} needs {', '.join(lacking)}; say {ways}, or the whole name: branch=…",
        )
    return fill(template, known)
