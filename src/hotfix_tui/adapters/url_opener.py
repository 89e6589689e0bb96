"""Pages asked by http and https; what that takes is loaded when the first one is asked."""

from __future__ import annotations

from hotfix_tui.ports import Answer


class UrlOpener:
    """Asks pages. It knows no file:, no ftp: and no data:, whatever a redirect says, and sends no name or password."""

    def get(self, url: str, timeout: float = 10.0) -> Answer:
        """The page's answer, also one that says no. Raises: PortFailure."""
        from hotfix_tui.adapters.url_asking import ask  # late: it loads http and ssl

        return ask(url, timeout)
