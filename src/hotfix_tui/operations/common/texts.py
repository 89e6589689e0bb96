"""The playbook's texts, filled from the incident, from what a person chose, and by version and day."""

from __future__ import annotations

from collections.abc import Mapping

from hotfix_tui.domain.errors import NeedsWord
from hotfix_tui.domain.incident import Incident
from hotfix_tui.domain.playbook import Playbook
from hotfix_tui.domain.templates import fill, missing, names, values
from hotfix_tui.domain.text import MESSAGE, clean
from hotfix_tui.operations.common.fix import Fix
from hotfix_tui.ports import Site

FORMS = {
    "issue": "hotfix/issue-$issue-$slug",
    "version": "hotfix/v$fix",
    "security": "hotfix/security-$year-$number",
    "critical": "hotfix/critical-$slug",
    "stamp": "hotfix/v$stamp",
    "next-patch": "hotfix/v$next_patch",
    "pre-release": "hotfix/v$pre_release",
    "slug": "hotfix/$slug",
    "cve": "hotfix/security-cve-$cve",
}
"""S0.BRA.1, S1.BRA.1-3, S2.BRA.1, S3.BRA.1, S4.BRA.1-2."""
UNSAID = "not told"
"""What stands for a part of the explanation that nobody has written: a message at night may be short, never false."""
NEEDED = frozenset({"issue", "fix"})
"""What must be known: a wrong number would lead to the wrong place."""


def known_values(site: Site, incident: Incident, choice: Mapping[str, str]) -> dict[str, str]:
    """Every placeholder of a commit's or a tag's message, and of a branch's name, that can be filled."""
    now = site.clock.now()
    dated = {"year": f"{now:%Y}", "stamp": f"{now:%Y%m%d_%H%M}", "commit": "<this commit>"}
    return {**dated, **_told(site, incident, choice)}


def _told(site: Site, incident: Incident, choice: Mapping[str, str]) -> dict[str, str]:
    """What the incident and the choice say; what was chosen counts before the rest."""
    found = {"summary": incident.title, **values(incident, site.clock.now())}
    chosen = {name.replace("-", "_"): value.strip() for name, value in choice.items() if value.strip()}
    return {**found, **chosen}


def message(
    what: str, template: str, known: Mapping[str, str], choice: Mapping[str, str], *, whole: bool = False
) -> str:
    """The text that a person typed, else the template filled; safe to show.

    Parts of the explanation that nobody wrote say so, and can be given by their name; none may where the text is to
    be `whole`. Raises: NeedsWord when one that must be known is missing.
    """
    if typed := choice.get("message", "").strip():
        return clean(typed, MESSAGE, multiline=True)
    lacking = [name for name in missing(template, known) if whole or name in NEEDED]
    if lacking:
        ways = " ".join(f"{name}=…" for name in lacking)
        raise NeedsWord(
            lacking[0], f"The {what} needs {', '.join(lacking)}: give {ways}, or the whole message=…."
        )
    rest = dict.fromkeys(missing(template, known), UNSAID)
    return clean(fill(template, {**rest, **known}).strip(), MESSAGE, multiline=True)


def filled(
    template: str, what: str, fix: Fix | None, site: Site, incident: Incident, choice: Mapping[str, str]
) -> str:
    """The text with every word filled, as it stands: for what is read by everybody, or run; `fix` where a version is known.

    Raises: NeedsWord with the words that nobody knows.
    """
    version = {"fix": fix.version, "base": incident.declared.base or fix.base} if fix else {}
    known = {**_told(site, incident, choice), **version}
    lacking = missing(template, known)
    if lacking:
        example = " ".join(f"{name}=…" for name in lacking)
        raise NeedsWord(lacking[0], f"{what} needs {' and '.join(lacking)}; say {example}")
    return fill(template, known)


def words_of(playbook: Playbook) -> frozenset[str]:
    """Every word that the playbook's texts for git, and the forms of branch names, leave to be filled."""
    formats, git = playbook.formats, playbook.git
    texts = (
        *(formats.commit, formats.bump, formats.merge, formats.tag),
        *(formats.pull_request, formats.pull_request_body, git.branch),
        *(form.branch for form in git.branches),
        *FORMS.values(),
    )
    return frozenset(name for text in texts for name in names(text)) | {"summary"}


def unsaid(text: str) -> bool:
    """Whether a part of the message says that nobody wrote it."""
    return UNSAID in text
