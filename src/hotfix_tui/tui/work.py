"""All that the application does in the background, together."""

from __future__ import annotations

from hotfix_tui.tui.checking import Checking
from hotfix_tui.tui.declaring import Declaring
from hotfix_tui.tui.documents import Documents
from hotfix_tui.tui.seeing import Seeing


class Work(Seeing, Checking, Declaring, Documents):
    """Git, plans, drills, exports: in threads; what comes of them comes back as intents or news."""

    def import_document(self, file: str = "", out: str = "") -> None:
        """Make a playbook of a document; without a name, ask which."""
        from hotfix_tui.tui.importing import DocumentImport

        DocumentImport(self.app).begin(file, out)
