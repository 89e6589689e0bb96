"""Importing a document from the console: which one, the review, and what becomes of a playbook that lies there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hotfix_tui.domain.errors import HotfixError, Refused
from hotfix_tui.domain.record import record
from hotfix_tui.domain.text import NAME, clean
from hotfix_tui.service.imports import ImportShelf, came_from
from hotfix_tui.tui.background import Background
from hotfix_tui.tui.choice import Choice

if TYPE_CHECKING:
    from hotfix_tui.importing.understood import Understood
    from hotfix_tui.loading.merging import Difference
    from hotfix_tui.service.importing import Again, Imported

OTHER = "other"
"""The choice of a file that is not offered."""


@record(frozen=True, slots=True)
class _Draft:
    """What is about to be written: with the decisions of the review, and without them."""

    target: Path
    new: Imported
    base: str
    """What the import would have written by itself: decisions are edits by hand, and stay in further imports."""
    case: Again | None
    """The document against what lies there; None where nothing does."""


class DocumentImport(Background):
    """From a document to a playbook, once."""

    def begin(self, file: str = "", out: str = "") -> None:
        """Ask which document where none is named, then review it."""
        if self._shelf is None or self.services.settings.read_only:
            self.app.say("This console only reads: nothing can be imported.", bad=True)
        elif file:
            self._review(file, out)
        else:
            self.background(self._shelf.documents, self._which, name="import")

    @property
    def _shelf(self) -> ImportShelf | None:
        opened = self.services.import_files
        return opened() if opened else None

    def _which(self, found: tuple[str, ...]) -> None:
        def asked(file: str | None) -> None:
            if file:
                self._review(file, "")

        def ask() -> None:
            from hotfix_tui.tui.screens.ask import AskScreen

            self.app.push_screen(
                AskScreen("Which document becomes your playbook?", "file", hint="markdown"), asked
            )

        def chosen(file: str | None) -> None:
            if file == OTHER:
                ask()
            elif file:
                self._review(found[int(file)], "")

        if not found:
            ask()
            return
        from hotfix_tui.tui.screens.choose import ChooseScreen

        offered = tuple(Choice(str(n), one) for n, one in enumerate(found))
        choices = (*offered, Choice(OTHER, "Another file …"))
        self.app.push_screen(ChooseScreen("Which document becomes your playbook?", choices), chosen)

    def _review(self, file: str, out: str) -> None:
        shelf = self._shelf
        assert shelf is not None

        def read() -> tuple[bytes, Understood]:
            from hotfix_tui.importing.understanding import understand

            data = shelf.document(file)
            return data, understand(data)

        def show(read: tuple[bytes, Understood]) -> None:
            data, found = read

            def decided(decisions: dict[str, str] | None) -> None:
                if decisions is not None:
                    self.background(
                        lambda: self._draft(file, out, data, found, decisions), self._drafted, name="import"
                    )

            from hotfix_tui.tui.screens.review import ReviewScreen

            self.app.push_screen(ReviewScreen(found, clean(Path(file).name, NAME)), decided)

        self.background(read, show, name="import")

    def _draft(
        self, file: str, out: str, data: bytes, found: Understood, decisions: dict[str, str]
    ) -> _Draft:
        """What is to be written, and against what. Raises: Refused; PortFailure."""
        from hotfix_tui.importing.reviewing import settled as decided
        from hotfix_tui.loading.renaming import renamed
        from hotfix_tui.service.importing import again, imported

        shelf = self._shelf
        assert shelf is not None
        new, bare = imported(decided(found, decisions), data, file), imported(found, data, file)
        target = shelf.place(out, new.playbook.id, own=False)
        there = shelf.lying(target)
        if there is None:
            return _Draft(target, new, bare.text, None)
        if came_from(there[0]) != new.document:
            raise Refused(
                f"{target} was not imported from {clean(new.document, NAME)} and was left as it is: "
                "hotfix playbook import --review -o FILE writes to another one."
            )
        return _Draft(target, new, renamed(there[1] or there[0], bare.text), again(new, *there))

    def _drafted(self, draft: _Draft) -> None:
        if draft.case is None or not draft.case.conflicts:
            self._write(draft, draft.case.wanted if draft.case else ())
        else:
            sure = tuple(one for one in draft.case.wanted if not one.conflict)
            self._ask(draft.case.conflicts, sure, lambda taken: self._write(draft, taken))

    def _ask(
        self,
        conflicts: tuple[Difference, ...],
        taken: tuple[Difference, ...],
        then: Callable[[tuple[Difference, ...]], None],
    ) -> None:
        """Ask about each conflict, one after the other; esc leaves everything as it was."""
        if not conflicts:
            then(taken)
            return
        first, *rest = conflicts

        def chosen(answer: str | None) -> None:
            if answer is None:
                self.app.say("Nothing was written.")
            else:
                self._ask(tuple(rest), (*taken, first) if answer == "document" else taken, then)

        from hotfix_tui.service.differing import heading, shown
        from hotfix_tui.tui.screens.choose import ChooseScreen

        choices = (
            Choice("yours", f"yours: {shown(first.ours)}", key="y"),
            Choice("document", f"document: {shown(first.theirs)}", key="d"),
        )
        more = f"  ({len(rest)} more)" if rest else ""
        self.app.push_screen(ChooseScreen(f"{heading(first)}{more}", choices), chosen)

    def _write(self, draft: _Draft, taken: tuple[Difference, ...]) -> None:
        def write() -> tuple[str, ...]:
            from hotfix_tui.service.importing import settled

            shelf = self._shelf
            assert shelf is not None
            text = draft.new.text if draft.case is None else settled(draft.case, taken)
            shelf.put(draft.target, text, draft.base, replace=draft.case is not None)
            return self._afterwards(draft, taken)

        self.background(write, lambda lines: self._tell(draft.target, lines), name="import")

    def _afterwards(self, draft: _Draft, taken: tuple[Difference, ...]) -> tuple[str, ...]:
        """What is said once it is written: what changed, what is unwise, and what comes next."""
        from hotfix_tui.service.differing import told

        changed = tuple(line for one in taken for line in told(one))
        try:
            found = self.services.remarks_on(draft.target)
        except HotfixError as error:
            found = (str(error),)
        after = ("", "Nothing of it runs before you have seen and trusted its commands:")
        return (
            *changed,
            "",
            *(found or ("hotfix playbook check: nothing to say",)),
            *after,
            f"  hotfix playbook trust {draft.target}",
        )

    def _tell(self, target: Path, lines: tuple[str, ...]) -> None:
        from hotfix_tui.tui.screens.output import OutputScreen

        self.app.push_screen(OutputScreen(f"Written: {target}", lines))
