"""What kind of text a fence is: a message, a form, a post-mortem, or no text at all."""

from __future__ import annotations

import re
from collections.abc import Callable

from hotfix_tui.importing import words
from hotfix_tui.importing.fences import TEMPLATE, Part
from hotfix_tui.importing.inline import label, plain
from hotfix_tui.importing.letterwords import (
    BOX,
    CHANGELOG,
    COMMIT,
    GREETING,
    ISSUE,
    LOCAL_CHAT,
    NOTES,
    PLACEHOLDER,
    PULL,
    RECORD,
    SENT,
    SHOUT,
    SUBJECT,
    TREE,
    Around,
)
from hotfix_tui.importing.programs import SHELLS
from hotfix_tui.importing.runnable import is_runnable
from hotfix_tui.importing.understood import TemplateKind

TITLED = 8
"""So many words of a first line may be its title."""
CLICKS = 2
"""So many arrows lead from page to page."""
BOXES = 3
"""So many boxes make a form to fill in."""


def kind_of(part: Part, around: Around) -> TemplateKind | None:
    """What kind of text a fence is; None for code, output, configuration, diagrams and bare checklists."""
    text = part.text.strip()
    if not text or is_runnable(part.language, part.text):
        return None
    shell = part.language in SHELLS
    if shell and not _chat(text):
        return None
    if (
        not shell
        and part.language not in TEMPLATE
        and part.language not in ("email", "eml", "html", "slack", "template", "mail")
    ):
        return None
    if _is_drawing(text) or _is_list_of_boxes(text) or _is_steps(text) or _is_values(text):
        return None
    return _Text(text, around, part.language, shell=shell).kind()


class _Text:
    """A text with what stands around it, and what is asked about both."""

    def __init__(self, text: str, around: Around, language: str, *, shell: bool) -> None:
        self.text = text
        self.around = around
        self.language = language
        self.shell = shell
        self.near, self.said = plain(around.near), plain(around.said)
        first = next((line for line in text.split("\n") if line.strip()), "")
        self.own = plain(first.lstrip("# "))
        self.mail = bool(SUBJECT.search(text[:400]))
        self.templates = words.about("template", around.all)

    def kind(self) -> TemplateKind | None:
        """The kind of the first rule that is so; None where none is."""
        return next((kind(self) for asks, kind in _RULES if asks(self)), None)

    def form(self) -> TemplateKind | None:
        """A document, where there is something to fill in."""
        return "document" if _is_form(self.text) or PLACEHOLDER.search(self.text) else None

    def learns(self) -> bool:
        """Whether it is about a post-mortem by its label, its title or the heading."""
        under = self.under() and not SENT.search(self.near)
        return words.about("postmortem", self.said) or words.about("postmortem", self.own) or under

    def under(self) -> bool:
        """Whether the headings are about a post-mortem, and not about what is sent afterwards."""
        if self.around.path and words.about("communication", self.around.path[0]):
            return False
        return any(words.about("postmortem", title) for title in self.around.path[:2])

    def is_shout(self) -> bool:
        """Whether it begins with a sign, right under a label that calls it a template."""
        return bool(SHOUT.match(self.text)) and words.about("template", self.near) and not self.learns()

    def is_called_message(self) -> bool:
        """Whether its own title says that it is sent: "# Slack message template"."""
        titled = self.text.lstrip().startswith("#") and len(self.own.split()) <= TITLED
        return titled and bool(SENT.search(self.own)) and words.about("template", self.own)

    def is_signal(self) -> bool:
        """Whether it begins with a sign and a title in bold, and tells in labels how things stand."""
        return bool(_SIGNAL.match(self.text)) and self.is_list() and not self.learns()

    def is_postmortem(self) -> bool:
        """Whether it is the form of a post-mortem, or a filled one."""
        if self.mail or (SENT.search(self.near) and not words.about("postmortem", self.near)):
            return False
        filled = _is_form(self.text) or (self.under() and bool(PLACEHOLDER.search(self.text)))
        return _is_review(self.text) or (self.learns() and filled)

    def is_record(self) -> bool:
        """Whether it is kept, and not sent: boxes to tick, a log, a report."""
        boxes = sum(bool(BOX.match(line)) for line in self.text.split("\n"))
        kept = not SENT.search(self.near) and (RECORD.search(self.said) or self._is_titled_record())
        return not self.mail and bool(boxes >= BOXES or kept)

    def _is_titled_record(self) -> bool:
        titled = len(self.own.split()) <= TITLED and not GREETING.search(self.own)
        return titled and bool(RECORD.search(self.own))

    def is_about(self, pattern: re.Pattern[str]) -> bool:
        """Whether the nearest words are about it, and it is no mail."""
        return not self.mail and bool(pattern.search(self.near or self.said))

    def tells(self) -> bool:
        """Whether the words around say that it is sent."""
        speaks = GREETING.search(self.text) or SHOUT.match(self.text) or PLACEHOLDER.search(self.text)
        sent = SENT.search(self.near) or NOTES.search(self.said) or (SENT.search(self.said) and speaks)
        return self.mail or bool(sent)

    def is_issue(self) -> bool:
        """Whether it is an issue, or another form for the team's own tools."""
        sent = self.tells() and SENT.search(self.near)
        return self.is_about(ISSUE) and not NOTES.search(self.said) and not sent

    def is_sent(self) -> bool:
        """Whether it speaks to people where texts for them stand."""
        if not (words.about("communication", self.around.all) or self.templates) or _is_output(self.text):
            return False
        asks = _is_form(self.text) and PLACEHOLDER.search(self.text)
        return bool(self.templates or GREETING.search(self.text) or SHOUT.match(self.text) or asks)

    def is_list(self) -> bool:
        """Whether nearly every line is a label with its value."""
        lines = [line for line in self.text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
        return sum(label(line) is not None for line in lines) * 4 >= len(lines) * 3

    def is_letter(self) -> bool:
        """Whether it speaks to people by itself, with something to fill in."""
        return bool(GREETING.search(self.text) and PLACEHOLDER.search(self.text)) and len(self.text) > 80

    def is_template(self) -> bool:
        """Whether it is another template."""
        named = words.about("template", self.said) and (self.language or PLACEHOLDER.search(self.text))
        return bool(named) or (self.language in ("markdown", "md") and _is_form(self.text))


_RULES: tuple[tuple[Callable[[_Text], bool], Callable[[_Text], TemplateKind | None]], ...] = (
    (lambda one: words.about("contact", one.said) and not one.mail and one.is_list(), lambda _: None),
    (_Text.is_shout, lambda _: "message"),
    (_Text.is_called_message, lambda _: "message"),
    (_Text.is_postmortem, lambda _: "postmortem"),
    (_Text.is_record, _Text.form),
    (
        lambda one: bool(CHANGELOG.search(one.near or one.said) and not NOTES.search(one.near or one.said)),
        lambda _: "changelog",
    ),
    (lambda one: one.is_about(COMMIT), lambda _: "commit"),
    (lambda one: one.is_about(PULL), lambda _: "pull-request"),
    (_Text.is_issue, _Text.form),
    (
        lambda one: one.tells() or one.shell or one.is_sent() or one.is_letter() or one.is_signal(),
        lambda _: "message",
    ),
    (_Text.is_template, lambda _: "document"),
)
"""What kind a text is, by the first of these that is so."""

_SIGNAL = re.compile(r"\s*[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\s*\*\*\S")
_CAUSE = re.compile(
    r"(?i)root cause|hauptursache|grundursache|cause racine|causa ra[íi]z|causa raiz|kök neden|первопричин|根本原因|근본 원인"
)
_TIMES = re.compile(
    r"(?i)timeline|chronolog|zeitverlauf|cronolog|хронолог|zaman çizelge|时间线|時間線|時系列|タイムライン|타임라인|경과"
)


def _is_review(text: str) -> bool:
    """Whether a form has the two headings that make a post-mortem of it: what happened when, and the root cause."""
    heads = [line for line in text.split("\n") if re.match(r"\s*(?:#{1,6}\s|\*\*[^*]+\*\*\s*:?\s*$)", line)]
    return any(map(_CAUSE.search, heads)) and any(map(_TIMES.search, heads))


def room(text: str) -> str:
    """The channel that a comment in the first line names."""
    first = text.lstrip().split("\n")[0]
    return first if LOCAL_CHAT.match(first) else ""


def _chat(text: str) -> bool:
    """Whether a shell's fence is a message after all: a channel in a comment, or a shout and fields."""
    lines = [line for line in text.split("\n") if line.strip()]
    free = [line for line in lines if not line.lstrip().startswith("#")]
    if free and LOCAL_CHAT.match(lines[0]):
        return True
    return (
        bool(free)
        and bool(SHOUT.match(free[0]))
        and sum(label(line) is not None for line in free) * 2 >= len(free)
    )


def _is_form(text: str) -> bool:
    """Whether a text has headings or several labels: something to fill in."""
    lines = text.split("\n")
    heads = sum(bool(re.match(r"\s*#{1,6}\s", line)) for line in lines)
    return heads >= 2 or sum(label(line) is not None for line in lines) >= 3


def _is_drawing(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    drawn = sum(bool(TREE.search(line)) for line in lines)
    return drawn * 5 >= len(lines) * 2 and not GREETING.search(text)


def _is_list_of_boxes(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and all(re.match(r"\s*(?:[-*+]\s*)?(?:\[[ xX]?\]|[☐☑□▢⬜🔲])", line) for line in lines)


def _is_steps(text: str) -> bool:
    """Whether a text is a numbered list from its first line on: instructions, not a message."""
    lines = [line for line in text.split("\n") if line.strip()]
    begins = bool(re.match(r"\s*(?:1[.)]|[A-Za-z ]{2,20}→)\s", lines[0])) if lines else False
    return begins and not SUBJECT.search(text)


def _is_values(text: str) -> bool:
    """Whether every line is one value, as an address, or a way through a program's pages."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return all(len(line.split()) == 1 for line in lines) or (
        len(lines) == 1 and lines[0].count("→") >= CLICKS
    )


def _is_output(text: str) -> bool:
    return bool(re.match(r"(?i)\s*(?:\d+:|error|traceback|expected|http/|\{|\[?\d{4}-\d\d-\d\d)", text))
