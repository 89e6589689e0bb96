"""Suspects are ranked by what a trace names, by size and by age, and say why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hotfix_tui.domain.frames import Frame, frames
from hotfix_tui.domain.suspects import Made, rank

BAD = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

PYTHON = """Traceback (most recent call last):
  File "/srv/app/releases/41/src/vault/unlock.py", line 88, in unlock
    key = derive(password)
  File "/usr/lib/python3.11/hashlib.py", line 12, in scrypt
"""
NODE = """TypeError: x is undefined
    at unlock (/app/dist/vault/unlock.js:10:15)
    at async Promise.all (index 0)
    at file:///app/src/main.mjs:3:1
    at webpack:///./src/vault/key.ts?1a2b:42:7
"""
RUST = """thread 'main' panicked at src/vault/unlock.rs:88:14:
   4: vault::unlock
             at ./src/vault/unlock.rs:88:14
   5: core::ops
             at /rustc/9fc6b431/library/core/src/ops/function.rs:250:5
"""
JAVA = """java.lang.NullPointerException
	at com.example.vault.Unlock$Inner.run(Unlock.java:88)
	at app//com.example.vault.Key.<init>(Key.kt:7)
"""
GO = """goroutine 1 [running]:
main.unlock(...)
	/home/build/app/vault/unlock.go:88 +0x1d
"""


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (PYTHON, ["srv/app/releases/41/src/vault/unlock.py:88", "usr/lib/python3.11/hashlib.py:12"]),
        (NODE, ["app/dist/vault/unlock.js:10", "app/src/main.mjs:3", "src/vault/key.ts:42"]),
        (RUST, ["src/vault/unlock.rs:88", "rustc/9fc6b431/library/core/src/ops/function.rs:250"]),
        (JAVA, ["com/example/vault/Unlock.java:88", "com/example/vault/Key.kt:7"]),
        (GO, ["home/build/app/vault/unlock.go:88"]),
        ("   at Vault.Unlock() in C:\\src\\Vault\\Unlock.cs:line 88", ["src/Vault/Unlock.cs:88"]),
        ("app/models/vault.rb:88:in `unlock'", ["app/models/vault.rb:88"]),
        ("PHP Fatal error in /var/www/vault/Unlock.php(88): x", ["var/www/vault/Unlock.php:88"]),
        ("03:14:07 ERROR ../vault/./unlock.c:88 failed", ["vault/unlock.c:88"]),
        ("at 03:14:07.123 from 10.0.0.1:8080, took 1.5s, version 1.2.3:4", []),
        ("nothing here", []),
    ],
)
def test_each_language_names_its_places(text: str, places: list[str]) -> None:
    """Paths of any system become parts; the hour, addresses and versions are no files."""
    assert [f"{one.path}:{one.line}" for one in frames(text)] == places


def test_a_place_is_told_once_and_endless_text_is_cut() -> None:
    """A log repeats its trace all night."""
    assert len(frames(PYTHON * 50)) == 2
    assert len(frames("".join(f"a{n}.py:1\n" for n in range(5000)))) == 500
    assert frames("x" * 3_000_000 + " a.py:1") == ()
    assert frames("a/" * 100_000) == ()


def made(oid: str, *files: str, lines: int = 10, parents: int = 1, age: float = 24) -> Made:
    """A commit of so many hours before the release."""
    each = tuple((path, lines) for path in files)
    return Made(oid, f"commit {oid}", "Kim", BAD - timedelta(hours=age), parents, each)


def order(commits: list[Made], *places: str) -> list[str]:
    """The ids, the likeliest first."""
    trace = [Frame(path, 88) for path in places]
    return [one.made.oid for one in rank(commits, trace, BAD)]


def test_what_the_trace_names_stands_first() -> None:
    """By the end of the path, whatever stands before it here and there; size and age only decide between equals."""
    newest = made("newest", "src/other.py", age=1)
    guilty = made("guilty", "src/vault/unlock.py", lines=900, age=90)
    assert order([newest, guilty], "srv/app/41/src/vault/unlock.py") == ["guilty", "newest"]
    assert order([newest, guilty], "vault/unlock.py") == ["guilty", "newest"]
    (first, second) = rank([newest, guilty], [Frame("srv/src/vault/unlock.py", 88)], BAD)
    assert first.named == ("src/vault/unlock.py",)
    assert first.reasons[0] == "changes what the trace names: src/vault/unlock.py (line 88)"
    assert second.reasons[0] == "changes no file that the trace names"


def test_a_name_alone_says_less_than_a_path() -> None:
    """And a name that every folder has says nothing."""
    path, name = made("path", "src/vault/unlock.py"), made("name", "lib/unlock.py")
    common, none = made("common", "src/other/index.js"), made("none", "src/x.py")
    assert order([none, name, path], "x/vault/unlock.py") == ["path", "name", "none"]
    assert order([none, common], "app/index.js") == ["none", "common"]


def test_size_age_and_what_does_not_run() -> None:
    """Without a trace small and late comes first, documents and tests come last."""
    late, early = made("late", "a.py", age=1), made("early", "b.py", age=99)
    docs = made("docs", "docs/a.md", "tests/test_a.py", age=1)
    middle = made("middle", "a.py", lines=200, age=1)
    assert order([docs, late, middle, early]) == ["late", "early", "middle", "docs"]
    (only,) = rank([made("x", *(f"{n}.py" for n in range(40)), lines=50, age=50)], [], BAD)
    assert only.reasons == (
        "large: 2,000 lines in 40 files; much can hide there",
        "made 2d2h before the release",
    )


def test_merges_stand_apart() -> None:
    """They come last, whatever else there is."""
    merge, docs = made("merge", parents=2), made("docs", "README.md")
    assert order([merge, docs], "vault/unlock.py") == ["docs", "merge"]


def test_words_are_safe_to_show() -> None:
    """A path cannot write to the terminal."""
    (only,) = rank([made("x", "a\x1b[31m\u202e/b.py")], [Frame("b.py", 1)], BAD)
    assert "\x1b" not in only.reasons[0]
    assert "\u202e" not in only.reasons[0]
