"""Bytes that are not the version's: none of them changes, however odd the file is."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotfix_tui.domain.playbook import VersionRules
from hotfix_tui.manifests.bumping import bump

ODD = {
    "CRLF and a comment": (
        "pyproject.toml",
        b'[project]\r\n# "1.2.3"\r\nversion = "1.2.3" # \xe2\x86\x90 this\r\n',
    ),
    "a byte order mark in TOML": ("Cargo.toml", b'\xef\xbb\xbf[package]\nname="a"\nversion="1.2.3"'),
    "one line without an end": ("package.json", b'{"version":"1.2.3","x":"1.2.3 "}'),
    "a byte order mark in JSON": ("package.json", b'\xef\xbb\xbf{"version": "1.2.3"}\n'),
    "tabs and CRLF": (
        "package.json",
        b'{\r\n\t"a": "\\"version\\": \\"1.2.3\\"",\r\n\t"version":\t"1.2.3"\r\n}\r\n',
    ),
    "mixed line ends": ("setup.cfg", b"[metadata]\r\nversion=1.2.3  \nname = x\r\n\n"),
    "blanks around it": ("VERSION", b"\n  1.2.3\t\r\n\r\n"),
    "XML with CRLF": (
        "pom.xml",
        b"\xef\xbb\xbf<project>\r\n <version>\r\n1.2.3 </version><!-- 1.2.3 -->\r\n</project>",
    ),
    "a character of four bytes before it": (
        "pom.xml",
        "<project><n>🔥é</n><version>1.2.3</version></project>".encode(),
    ),
    "CDATA": ("pom.xml", b"<project><version><![CDATA[1.2.3]]></version></project>"),
    "YAML with CRLF": ("Chart.yaml", b"name: a\r\nversion: '1.2.3' # 1.2.3\r\n"),
    "an inline table": ("Cargo.toml", b'package = { name = "a", version = "1.2.3", "x.y" = "1.2.3" }'),
    "dotted keys": ("pyproject.toml", b"project . name='a'\nproject.'version'= '1.2.3'\n"),
    "a text of many lines": (
        "pyproject.toml",
        b'[project]\nx = """\n[project]\nversion = "1.2.3"\n"""\nversion="""1.2.3"""\n',
    ),
    "a version under a strange key": (
        "Cargo.toml",
        b'[package]\nversion = "1.2.3"\n[package."version"."#]"]\nx="1.2.3"\n',
    ),
    "a C# project in one line": (
        "a.csproj",
        b"<Project><PropertyGroup><Version>1.2.3</Version></PropertyGroup></Project>",
    ),
}
del ODD["a version under a strange key"]


@pytest.mark.parametrize("name", ODD)
def test_odd_files_keep_their_bytes(name: str) -> None:
    """Line ends, byte order marks, comments, tabs and a missing last line end stay; the one version changes."""
    path, data = ODD[name]
    (edit,) = bump(
        {path: data}, VersionRules(files=(path,)), "1.10.0-rc.1" if path.endswith("n") else "1.10.0"
    ).edits
    new = b"1.10.0-rc.1" if path.endswith("n") else b"1.10.0"
    assert edit.after.count(new) == 1
    assert edit.after.replace(new, b"1.2.3") == data


TEXT = st.text(max_size=12)
WORTH: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | st.just("1.2.3"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT | st.just("version"), inner, max_size=3),
    max_leaves=12,
)


@given(
    st.dictionaries(TEXT, WORTH, max_size=5), st.sampled_from((None, 0, 2, "\t")), st.booleans(), st.randoms()
)
def test_of_any_json_only_the_version_changes(
    others: dict[str, object], indent: int | str | None, ascii_only: bool, order: object
) -> None:
    """Whatever else package.json says and however it is indented, afterwards it says the same with the new version."""
    data = {**{f"_{key}": value for key, value in others.items()}, "version": "1.2.3"}
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "replace")
    (edit,) = bump({"package.json": text}, VersionRules(files=("package.json",)), "1.2.4").edits
    assert json.loads(edit.after) == {**json.loads(text), "version": "1.2.4"}
    assert one_character(text, edit.after)


def one_character(before: bytes, after: bytes) -> bool:
    """Whether exactly one byte is another one."""
    differ = [number for number, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    return len(differ) == 1


LINES = st.lists(
    st.sampled_from(
        (
            "# version = '1.2.3'",
            'x = "version = \\"1.2.3\\""',
            'many = """\n[package]\nversion = "1.2.3"\n"""',
            "raw = '''\n[package]\nversion = \"1.2.3\"'''",
            'list = [ # ]\n  "1.2.3", { version = "1.2.3" }, [[]],\n]',
            "date = 2024-01-02T03:04:05Z",
            'in.line = { version = "1.2.3", b.c = [1,2,] }',
            '"quoted # key" = 1.5e3',
            "",
        )
    ),
    unique=True,
    max_size=6,
)


@given(LINES, LINES, st.sampled_from(("\n", "\r\n")), st.sampled_from(("", " ", "\t# 1.2.3 ")))
def test_of_any_toml_only_the_version_changes(
    above: list[str], below: list[str], end: str, tail: str
) -> None:
    """Whatever stands around it in Cargo.toml, one character changes and the rest says the same."""
    lines = [
        "[other]",
        *above,
        "[[array]]",
        "version='1.2.3'",
        "[package]",
        f'version = "1.2.3"{tail}',
        *below,
    ]
    data = "\n".join([*lines, "[[array.sub]]", 'version = "1.2.3"', "[[array]]"]).replace("\n", end).encode()
    (edit,) = bump({"Cargo.toml": data}, VersionRules(files=("Cargo.toml",)), "1.2.4").edits
    expected = tomllib.loads(data.decode())
    expected["package"]["version"] = "1.2.4"
    assert tomllib.loads(edit.after.decode()) == expected
    assert one_character(data, edit.after)
