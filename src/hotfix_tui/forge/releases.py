"""The release that the forge shows for a tag."""

from __future__ import annotations

from hotfix_tui.domain.record import record
from hotfix_tui.forge.gh import rows
from hotfix_tui.ports import Site


@record(frozen=True, slots=True)
class ForgeRelease:
    """A release as the forge tells it; untrusted text."""

    tag: str
    draft: bool
    prerelease: bool
    url: str


def release(site: Site, tag: str) -> ForgeRelease | None:
    """The release of this tag; None when there is none. Raises: PortFailure."""
    fields = ("tagName", "isDraft", "isPrerelease", "url")
    found = rows(site, ("release", "view", tag), fields, many=False, none="release not found")
    shown = (ForgeRelease(name, draft == "true", pre == "true", url) for name, draft, pre, url in found)
    return next((one for one in shown if one.tag == tag), None)
