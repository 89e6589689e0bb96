"""Rules about source text: how somebody else's text may come to the screen, each a function from a tree to findings."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping

from hotfix_tui.tui.widgets.rows import ROLES

WRAPPER = "text.py"

CLEANERS = {"clean", "visible_argv", "plain", "folded", "paragraph", "report"}
"""What makes text safe: sheet.folded cleans before it breaks lines, crash.report what it returns."""

SAFE_RICH = {"rich.cells", "rich.segment", "rich.style"}
"""The parts of rich that never read markup."""

SAFE_WIDGETS = {"Input", "Static"}
"""The widgets of Textual's that are used as they are; every other one reads markup in some of its arguments."""

READS_MARKUP = {
    "from_markup",
    "from_text",
    "from_rich_text",
    "from_ansi",
    "render_markup",
    "visualize",
    "to_content",
}
"""Ways from a string to a styled text that obey what the string says."""

TITLES = {"border_title", "border_subtitle", "tooltip", "title", "sub_title"}
"""Attributes that Textual reads as markup when they are given a string."""

MAKES_SEGMENTS = {"filters.py", "widgets/lineview.py", "widgets/picks.py", "widgets/rows.py"}
"""Who may make segments: each of them makes them of text that was cleaned before, or cleans it there."""

UNTRUSTED = {
    *(
        "title",
        "text",
        "subject",
        "reason",
        "severity_reason",
        "hint",
        "why",
        "done_when",
        "value",
        "evidence",
    ),
    *(
        "message",
        "branch",
        "question",
        "author",
        "summary",
        "origin",
        "url",
        "by",
        "detail",
        "severity",
        "id",
    ),
}
"""Fields of the domain and of git that hold what somebody wrote."""

Found = Iterator[tuple[int, str]]
Rule = Callable[[str, ast.Module], Found]

# --- the rules: each gives the lines that break it


def no_module_that_reads_markup(_: str, tree: ast.Module) -> Found:
    """Of rich only the safe parts, of Textual's widgets only the two."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            if name == "textual.markup" or (name.partition(".")[0] == "rich" and name not in SAFE_RICH):
                yield node.lineno, f"{name} reads markup: use tui/text.py"
        if isinstance(node, ast.ImportFrom) and node.module == "textual.widgets":
            for alias in node.names:
                if alias.name not in SAFE_WIDGETS:
                    yield node.lineno, f"{alias.name} reads markup: use a widget of tui/widgets"


def no_call_that_reads_markup(_: str, tree: ast.Module) -> Found:
    """No markup=True, nothing named from_markup; `notify` and `Static` say markup=False and show clean text."""
    for node in calls(tree):
        name, given = name_of(node), {keyword.arg: keyword.value for keyword in node.keywords}
        quiet = isinstance(given.get("markup"), ast.Constant) and given["markup"].value is False  # type: ignore[attr-defined]
        if name in READS_MARKUP:
            yield node.lineno, f"{name} obeys what the text says"
        if "markup" in given and not quiet:
            yield node.lineno, "markup=True, or nobody knows"
        if name in {"notify", "Static"} and not quiet and not all_plain(node.args[:1]):
            yield node.lineno, f"{name} without markup=False"
        if name in {"notify", "Static", "update"} and not all(
            is_clean(argument) for argument in node.args[:1]
        ):
            yield node.lineno, f"{name} shows text that was not cleaned"


def titles_are_content(_: str, tree: ast.Module) -> Found:
    """What Textual would read as markup is given as Content, or is a word of ours without brackets."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in TITLES and not is_title(node.value):
                yield node.lineno, f"{target.attr} is read as markup: give it plain(…)"


def content_is_made_in_one_place(name: str, tree: ast.Module) -> Found:
    """Only tui/text.py makes Content to show; elsewhere it is put together of that, or used to fold lines."""
    folding = {
        id(call.func.value)
        for call in calls(tree)
        if name_of(call) == "wrap" and isinstance(call.func, ast.Attribute)
    }
    for node in calls(tree):
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        if name == WRAPPER or id(node) in folding or not node.args:
            continue
        if name_of(node) == "Content" or (is_named(owner, "Content") and name_of(node) == "styled"):
            yield node.lineno, "Content is made in text.py: use plain(…)"
        assembled = is_named(owner, "Content") and name_of(node) == "assemble"
        if assembled and any(isinstance(part, ast.JoinedStr | ast.Attribute) for part in node.args):
            yield node.lineno, "assemble takes what plain made"


def segments_are_made_by_few(name: str, tree: ast.Module) -> Found:
    """Segments go to the terminal as they are."""
    if name in MAKES_SEGMENTS:
        return
    for node in calls(tree):
        if name_of(node) == "Segment":
            yield node.lineno, "widgets/rows.py and few others are who may make segments"


def render_gives_content(_: str, tree: ast.Module) -> Found:
    """A string that `render` returns would be read as markup."""
    for node in functions(tree):
        if node.name == "render" and (node.returns is None or ast.unparse(node.returns) != "Content"):
            yield node.lineno, "render gives a string: give Content"


def rows_hold_cleaned_text(_: str, tree: ast.Module) -> Found:
    """A field that somebody else wrote goes through `clean` before it stands in a row."""
    for function in functions(tree):
        tainted = dirty_names(function)
        for node in ast.walk(function):
            for shown in shown_by(node):
                yield from ((shown.lineno, f"{dirt} is drawn: clean it") for dirt in dirt_in(shown, tainted))


RULES: tuple[Rule, ...] = (
    no_module_that_reads_markup,
    no_call_that_reads_markup,
    titles_are_content,
    content_is_made_in_one_place,
    segments_are_made_by_few,
    render_gives_content,
    rows_hold_cleaned_text,
)


# --- reading a tree


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def name_of(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def is_named(node: ast.expr | None, name: str) -> bool:
    """Whether the expression is just this name."""
    return isinstance(node, ast.Name) and node.id == name


def is_call_of(node: ast.expr, names: set[str]) -> bool:
    """Whether the expression is a call of one of these."""
    return isinstance(node, ast.Call) and name_of(node) in names


def all_plain(nodes: list[ast.expr]) -> bool:
    """Whether there are some, and every one is Content."""
    return bool(nodes) and all(is_call_of(node, {"plain"}) for node in nodes)


def is_clean(node: ast.expr) -> bool:
    """Whether the expression is a constant, a mapping, or went through a cleaner."""
    return isinstance(node, ast.Constant | ast.Dict | ast.GeneratorExp | ast.DictComp) or is_call_of(
        node, CLEANERS
    )


def is_title(node: ast.expr) -> bool:
    """Whether Textual finds no markup in it."""
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, str) or "[" not in node.value
    return is_call_of(node, {"plain", "assemble", "Content"})


def shown_by(node: ast.AST) -> list[ast.expr]:
    """The texts that this part of a tree puts in a row: the arguments of `row`, the texts of spans."""
    if isinstance(node, ast.Call) and name_of(node) == "row":
        return [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "right")]
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and is_role(node.elts[1]):
        return node.elts[:1]
    return []


def is_role(node: ast.expr) -> bool:
    """Whether the expression names how something looks."""
    if isinstance(node, ast.IfExp):
        return is_role(node.body) and is_role(node.orelse)
    return isinstance(node, ast.Constant) and node.value in ROLES


def dirty_names(function: ast.AST) -> dict[str, str]:
    """The variables that were given somebody else's text, by way of others too."""
    tainted: dict[str, str] = {}
    assigned = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    for node in assigned * 2:
        dirt = dirt_in(node.value, tainted)
        names = [
            name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)
        ]
        tainted.update(dict.fromkeys(names, dirt[0]) if dirt else {})
    return tainted


def dirt_in(node: ast.AST, tainted: Mapping[str, str]) -> list[str]:
    """The untrusted fields that come through this expression uncleaned."""
    if isinstance(node, ast.Call) and name_of(node) in {*CLEANERS, "len", "bool", "spoken"}:
        return []
    if isinstance(node, ast.Compare):
        return []
    if isinstance(node, ast.Attribute) and node.attr in UNTRUSTED:
        return [node.attr]
    if isinstance(node, ast.Name):
        return [tainted[node.id]] if node.id in tainted else []
    if isinstance(node, ast.Subscript):
        return dirt_in(node.value, tainted)  # what something is found by is not what is found
    if isinstance(node, ast.Call) and name_of(node) == "get":
        return [dirt for part in node.args[1:] for dirt in dirt_in(part, tainted)]
    parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else list(ast.iter_child_nodes(node))
    return [dirt for part in parts for dirt in dirt_in(part, tainted)]
