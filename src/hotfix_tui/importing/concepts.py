"""Which concepts keep a heading or list from being the main procedure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hotfix_tui.importing import words

IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")

ASIDE = (
    "rollback",
    "scenario",
    "example",
    "template",
    "reference",
    "faq",
    "drill",
    "contact",
    "escalation",
    "advice",
    "toc",
    "not-use",
    "metric",
    "use",
    "criteria",
    "backup",
)
"""What the steps of the main procedure never stand under."""
CHAPTERS = (
    "overview",
    "contact",
    "severity",
    "reference",
    "faq",
    "toc",
    "metric",
    "drill",
    "template",
    "scenario",
    "use",
    "not-use",
    "advice",
    "escalation",
    "example",
    "criteria",
)
"""What chapters around the steps are about."""
HARD_CHAPTERS = (
    "reference",
    "faq",
    "toc",
    "metric",
    "template",
    "example",
    "scenario",
    "rollback",
    "checklist",
    "drill",
)
"""What chapters are about, also where their titles name a stage."""
AROUND = (
    "rollback",
    "contact",
    "escalation",
    "severity",
    "reference",
    "faq",
    "toc",
    "overview",
    "metric",
    "use",
    "not-use",
    "template",
    "example",
    "advice",
    "scenario",
)
"""What headings among unnumbered stages are about that are none."""
TOPICS = ("rollback", "drill")
"""What a whole document may be about, and its steps with it."""
NOT_STEPS = (
    "rollback",
    "scenario",
    "example",
    "reference",
    "faq",
    "drill",
    "contact",
    "escalation",
    "advice",
    "toc",
    "not-use",
    "use",
    "template",
    "criteria",
    "postmortem",
    "metric",
    "overview",
    "severity",
)
"""What ordered lists are about that are no steps."""


def about_any(concepts: Iterable[str], title: str) -> bool:
    """Whether a title is about one of these."""
    return any(words.about(concept, title) for concept in concepts)


def goes_back(title: str) -> bool:
    """Whether a title is about a way back; what a stage only adds in brackets makes none of it: "Recovery (restore it)"."""
    bare = IN_BRACKETS.sub("", title)
    return words.about("rollback", title if words.stage(bare) is None else bare)
