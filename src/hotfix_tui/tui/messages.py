"""What widgets say to the application: past tense, frozen, handled with @on."""

from __future__ import annotations

from textual.message import Message

from hotfix_tui.domain.intents import Intent


class Asked(Message):
    """Somebody asked for something; the application carries it out off the event loop."""

    def __init__(self, intent: Intent, said: str = "") -> None:
        """`said` is the sentence shown once it is on disk; empty shows none."""
        super().__init__()
        self.intent = intent
        self.said = said
