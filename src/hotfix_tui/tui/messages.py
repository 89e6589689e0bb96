"""What parts of the console say to each other: past tense, handled with @on."""

from __future__ import annotations

from textual.message import Message

from hotfix_tui.domain.intents import Intent
from hotfix_tui.service.incidents import Case
from hotfix_tui.tui.view import GitFacts


class Asked(Message):
    """Somebody asked for something; the application carries it out off the event loop."""

    def __init__(self, intent: Intent, said: str = "") -> None:
        """`said` is the sentence shown once it is on disk; empty shows none."""
        super().__init__()
        self.intent = intent
        self.said = said


class CaseMoved(Message):
    """The newest state of a case, whoever wrote it."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case


class GitSeen(Message):
    """What was seen in git just now."""

    def __init__(self, facts: GitFacts) -> None:
        super().__init__()
        self.facts = facts

    def can_replace(self, message: Message) -> bool:
        """Only the newest sight counts."""
        return isinstance(message, GitSeen)


class LogGrew(Message):
    """New lines came in a followed log; untrusted text."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__()
        self.lines = lines


class FeedFailed(Message):
    """Something outside cannot be seen any more, and why."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class FeedBroke(Message):
    """A look outside met a mistake of ours; the other looks go on."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class CopyWanted(Message):
    """Somebody asked to copy a text; the application does, and says how."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
