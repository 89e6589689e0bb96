from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.tui.text_rules import RULES

TUI = Path(__file__).resolve().parents[2] / "src/hotfix_tui/tui"
MODULES = sorted(TUI.rglob("*.py"))


def test_the_rules_are_asked_of_the_whole_package() -> None:
    """The scan sees the modules that draw."""
    names = {path.relative_to(TUI).as_posix() for path in MODULES}
    assert len(names) > 60
    assert {"text.py", "app.py", "widgets/rows.py", "panes/git.py", "screens/console.py"} <= names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(TUI).as_posix())
def test_text_reaches_the_screen_only_cleaned_and_without_markup(path: Path) -> None:
    """Every rule below, in every module of the console."""
    name = path.relative_to(TUI).as_posix()
    tree = ast.parse(path.read_text())
    found = [f"{name}:{line} {what}" for rule in RULES for line, what in rule(name, tree)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("from rich.text import Text", "rich.text reads markup"),
        ("import rich.console", "rich.console reads markup"),
        ("from rich import print", "rich reads markup"),
        ("from textual.markup import to_content", "textual.markup reads markup"),
        ("from textual.widgets import Label", "Label reads markup"),
        ("x = Text.from_markup(title)", "from_markup obeys"),
        ("Widget(title, markup=True)", "markup=True"),
        ("Widget(title, markup=wanted)", "markup=True"),
        ("self.notify('ready')", "without markup=False"),
        ("self.notify(title, markup=False)", "notify shows text that was not cleaned"),
        ("self.notify(f'{x} is ready', markup=False)", "notify shows text that was not cleaned"),
        ("Static(title)", "without markup=False"),
        ("Static(f'{title}', markup=False)", "Static shows text that was not cleaned"),
        ("widget.update(f'{title}')", "update shows text that was not cleaned"),
        ("self.border_title = title", "border_title is read as markup"),
        ("self.border_title = 'a [b]'", "border_title is read as markup"),
        ("Content(title)", "Content is made in text.py"),
        ("Content.styled(title, 'bold')", "Content is made in text.py"),
        ("Content.assemble(f'{title}')", "assemble takes what plain made"),
        ("Segment(title)", "who may make segments"),
        ("def render(self) -> str: ...", "render gives a string"),
        ("def f(i): return row(i.title, 'bold')", "title is drawn"),
        ("def f(i): return row(f'  {i.reason[:20]}', 'bold')", "reason is drawn"),
        ("def f(i): return row('x', right=i.text)", "text is drawn"),
        ("def f(i): return ((cut(i.subject, 20), 'text'),)", "subject is drawn"),
        ("def f(i):\n    words = i.title.upper()\n    return ((words, 'text'),)", "title is drawn"),
        ("def f(screen):\n    screen.say(screen.case.title)", ""),
        ("def f(i): return row(clean(i.title, 20), 'bold')", ""),
        ("def f(i): return ((cut(clean(i.subject, 9), 4), 'text'),)", ""),
        ("self.border_title = plain(title)", ""),
        ("self.border_title = 'Jobs'", ""),
        ("Static('> ', markup=False)", ""),
        ("self.notify(clean(title), markup=False)", ""),
        ("from rich.segment import Segment", ""),
        ("lines = Content(line).wrap(20)", ""),
        ("known.update({1: 2})", ""),
    ],
)
def test_each_rule_can_be_broken(source: str, said: str) -> None:
    """What a rule forbids is found, and what it allows is not."""
    found = " ".join(what for rule in RULES for _, what in rule("anywhere.py", ast.parse(source)))
    assert said in found if said else not found
