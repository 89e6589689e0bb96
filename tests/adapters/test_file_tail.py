"""A real file is followed through everything that happens to log files (RELIABILITY.md B, rows 41 to 44)."""

from __future__ import annotations

import os
import time
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotfix_tui.adapters import file_tail
from hotfix_tui.adapters.file_tail import ROTATED, TRUNCATED, FileTail
from hotfix_tui.adapters.line_cutter import LIMIT, LineCutter, shown
from hotfix_tui.domain.errors import PortFailure


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    path = tmp_path / "app.log"
    path.write_text("one\n")
    return path


def write(path: Path, text: str | bytes) -> None:
    """Append as an application does."""
    with path.open("ab") as file:
        file.write(text.encode() if isinstance(text, str) else text)


# --- row 41: rotation, truncation, removal


def test_rotation_by_renaming_loses_and_repeats_nothing(path: Path) -> None:
    """The end of the old file, a marker, the new file; also what came just before the rename."""
    tail = FileTail(path)
    assert tail.poll() == ("one",)
    write(path, "two\n")
    path.rename(path.with_name("app.log.1"))
    path.write_text("three\n")
    assert tail.poll() == ("two", ROTATED, "three")
    assert tail.poll() == ()


def test_the_old_file_is_read_until_the_new_one_has_a_line(path: Path) -> None:
    """An application writes to the renamed file until it opens the new one: those lines are not lost."""
    tail = FileTail(path)
    tail.poll()
    old = path.with_name("app.log.1")
    path.rename(old)
    path.touch()
    write(old, "late\n")
    assert tail.poll() == ("late",)
    write(old, "later\n")
    write(path, "new\n")
    assert tail.poll() == ("later", ROTATED, "new")


def test_half_a_line_at_the_end_of_a_rotated_file_is_shown(path: Path) -> None:
    """What a crash left without a line's end is shown before the marker."""
    tail = FileTail(path)
    tail.poll()
    write(path, "half")
    path.rename(path.with_name("app.log.1"))
    path.write_text("new\n")
    assert tail.poll() == ("half", ROTATED, "new")


def test_copytruncate_goes_on_at_the_beginning(path: Path) -> None:
    """A file that was emptied in place is read from its beginning, with a marker."""
    tail = FileTail(path)
    tail.poll()
    os.truncate(path, 0)
    assert tail.poll() == (TRUNCATED,)
    write(path, "two\n")
    assert tail.poll() == ("two",)


@pytest.mark.parametrize("refilled", ["six\n", "a longer line than before\nand more\n"])
def test_a_file_that_was_emptied_and_filled_between_two_looks_is_noticed(path: Path, refilled: str) -> None:
    """The size alone does not tell: it may be the same again, or larger."""
    tail = FileTail(path)
    tail.poll()
    path.write_text(refilled)
    assert tail.poll() == (TRUNCATED, *refilled.splitlines())


def test_a_removed_file_is_waited_for(path: Path) -> None:
    """Its removal is said once; a new one of that name is read from its beginning."""
    tail = FileTail(path)
    tail.poll()
    path.unlink()
    assert tail.poll() == ("── file removed, waiting for app.log ──",)
    assert tail.poll() == ()
    path.write_text("two\n")
    assert tail.poll() == (ROTATED, "two")


def test_a_removed_file_is_let_go(path: Path) -> None:
    """Whoever removes a log to make room gets the room: nothing keeps the removed file open."""
    tail = FileTail(path)
    tail.poll()
    path.unlink()
    tail.poll()
    held = [str(entry.readlink()) for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]
    assert not [name for name in held if name.startswith(str(path))]


@pytest.mark.parametrize("look", [False, True], ids=["between two looks", "over several looks"])
def test_a_new_file_with_the_old_ones_inode_number_is_a_new_file(path: Path, look: bool) -> None:
    """File systems give a freed inode number out again: the new file is read whole, and nothing twice."""
    tail = FileTail(path)
    tail.poll()
    path.unlink()
    if look:
        tail.poll()
    path.write_text("two\n")
    assert tail.poll() == (ROTATED, "two")


def test_a_link_that_is_pointed_elsewhere_is_a_rotation(tmp_path: Path) -> None:
    """`current.log` is often a link that moves on."""
    (tmp_path / "a").write_text("a\n")
    (tmp_path / "b").write_text("b\n")
    link = tmp_path / "current.log"
    link.symlink_to("a")
    tail = FileTail(link)
    assert tail.poll() == ("a",)
    link.unlink()
    link.symlink_to("b")
    assert tail.poll() == (ROTATED, "b")


steps = st.lists(
    st.sampled_from(
        ["write", "write", "half", "rotate", "rotate empty", "remove", "truncate", "look", "look"]
    ),
    max_size=30,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_happens_to_the_file_no_line_comes_twice(tmp_path: Path, steps: list[str]) -> None:
    """Lines come in order and never twice; without truncation or removal every one comes."""
    path = tmp_path / "app.log"
    path.unlink(missing_ok=True)
    path.touch()
    tail, seen, written = FileTail(path), [], 0
    lossy = {"truncate", "remove"} & set(steps)
    ended = True
    for step in [*steps, "write", "look"]:
        if step in {"write", "half"}:
            written += ended
            write(path, (f"n{written}" if ended else "") + ("\n" if step == "write" else ""))
            ended = step == "write"
        elif step.startswith("rotate") and path.exists():
            path.rename(path.with_name("app.log.1"))
            ended = True
            if step == "rotate":
                written += 1
                path.write_text(f"n{written}\n")
            else:
                path.touch()
        elif step == "remove":
            path.unlink(missing_ok=True)
            ended = True
        elif step == "truncate" and path.exists():
            os.truncate(path, 0)
            ended = True
        elif step == "look":
            seen += [line for line in tail.poll() if line.startswith("n")]
    tail.close()
    numbers = [int(line[1:]) for line in seen]
    assert numbers == sorted(set(numbers))
    if not lossy and steps.count("rotate") + steps.count("rotate empty") <= 1:
        assert numbers == list(range(1, written + 1))


# --- row 42: what cannot be followed


def test_a_missing_file_is_waited_for(tmp_path: Path) -> None:
    """A log that its application has not begun yet is waited for, and said once."""
    tail = FileTail(tmp_path / "app.log")
    assert tail.poll() == ("── waiting for app.log ──",)
    assert tail.poll() == ()
    (tmp_path / "app.log").write_text("one\n")
    assert tail.poll() == ("── app.log is there ──", "one")


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    """A folder, a pipe, an endless device and a loop of links: one sentence each, and no waiting."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    for path, reason in (
        (tmp_path, "is no regular file"),
        (tmp_path / "pipe", "is no regular file"),
        (Path("/dev/zero"), "is no regular file"),
        (tmp_path / "loop", "too many levels of symbolic links"),
        (tmp_path / "nul\0name", "null"),
    ):
        with pytest.raises(PortFailure, match=reason) as caught:
            FileTail(path)
        assert "\n" not in str(caught.value)


def test_a_file_without_permission_is_refused(path: Path) -> None:
    """Somebody else's file gives one sentence that says so (checked as another user when root runs the tests)."""
    path.chmod(0)
    if os.geteuid() != 0:
        with pytest.raises(PortFailure, match="permission denied"):
            FileTail(path)
        return
    path.parent.chmod(0o755)
    child = os.fork()
    if child == 0:  # nothing but this may run here
        os.chdir(path.parent)
        os.setuid(65534)
        try:
            FileTail(Path(path.name))
        except PortFailure as failure:
            os._exit(0 if "permission denied" in str(failure) else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_file_that_turns_into_something_else_is_a_failure_and_can_come_back(path: Path) -> None:
    """A pipe in the place of the log is said; a file there is followed again."""
    tail = FileTail(path)
    tail.poll()
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(PortFailure, match="no regular file"):
        tail.poll()
    path.unlink()
    path.write_text("two\n")
    assert tail.poll()[-1] == "two"


# --- row 43: what stands in it


def test_a_line_of_ten_megabytes_is_cut(path: Path) -> None:
    """One line, four thousand characters with an ellipsis, quickly; the next line is whole again."""
    tail = FileTail(path)
    tail.poll()
    seen: list[str] = []
    slowest = 0.0
    for piece in (*[b"x" * 1_000_000] * 10, b"\nnext\n"):
        write(path, piece)
        began = time.process_time()
        seen += tail.poll()
        slowest = max(slowest, time.process_time() - began)
    assert seen == ["x" * (LIMIT - 1) + "…", "next"]
    assert slowest < 0.1


def test_a_long_line_is_shown_once(path: Path) -> None:
    """However its pieces come, a long line gives one line of 4,000 characters."""
    tail = FileTail(path)
    tail.poll()
    seen: list[str] = []
    for _ in range(5):
        write(path, "ä" * 5000)
        seen += tail.poll()
    write(path, "\n")
    seen += tail.poll()
    assert [len(line) for line in seen] == [LIMIT]
    assert seen[0].endswith("ä…")


def test_text_without_any_line_end_is_shown_in_time(path: Path) -> None:
    """The last words of a crash have no line end: after a moment they are shown, and once."""
    tail = FileTail(path)
    tail.poll()
    write(path, "panicked at")
    seen = [line for _ in range(10) for line in tail.poll()]
    assert seen == ["panicked at"]
    write(path, "\nnext\n")
    assert tail.poll() == ("next",)


def test_a_progress_bar_keeps_its_last_state(path: Path) -> None:
    """A carriage return writes over what stood before; Windows line ends are none of them."""
    tail = FileTail(path)
    tail.poll()
    write(path, "10 %\r20 %\r")
    assert tail.poll() == ()
    write(path, "30 %\r\nnext\r\n")
    assert tail.poll() == ("30 %", "next")


def test_bytes_that_are_no_text_are_shown_as_such(path: Path) -> None:
    """Invalid UTF-8 becomes a replacement character; the zeros of a hole are left out."""
    tail = FileTail(path)
    tail.poll()
    write(path, b"\0" * 5000 + b"a\xffb\n")
    assert tail.poll() == ("a\ufffdb",)


def test_a_file_that_is_one_endless_line_is_opened_near_its_end(tmp_path: Path) -> None:
    """Without a line end in sight the end is shown, cut."""
    path = tmp_path / "app.log"
    path.write_bytes(b"x" * 1_000_000)
    tail = FileTail(path)
    assert tail.poll() == ("x" * (LIMIT - 1) + "…",)


@given(text=st.text(alphabet="ab\r\n\0é", max_size=60), cuts=st.lists(st.integers(0, 80), max_size=8))
def test_how_the_pieces_fall_does_not_matter(text: str, cuts: list[int]) -> None:
    """The same bytes give the same lines, wherever they were cut apart."""
    raw = text.encode() + b"\n"
    places = sorted({min(cut, len(raw)) for cut in cuts} | {0, len(raw)})
    whole, pieces = LineCutter(), LineCutter()
    expected = [shown(line) for line in whole.feed(raw)]
    got = [shown(line) for start, end in pairwise(places) for line in pieces.feed(raw[start:end])]
    assert got == expected


# --- row 44: floods


def test_a_flood_is_bounded_in_time_and_memory(path: Path) -> None:
    """A gigabyte that came between two looks is passed over, counted as far as that is cheap, and said."""
    tail = FileTail(path)
    tail.poll()
    size = 1 << 30
    os.truncate(path, size)  # a hole: no disk is used
    write(path, "\n" + "line\n" * 1_500_000)
    tracemalloc.start()
    began = time.process_time()
    first, *rest = tail.poll()
    spent, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert first.startswith("… more than ")
    assert first.endswith(" lines skipped in view, kept in file")
    assert len(rest) == file_tail.BATCH
    assert spent < 3
    assert peak < 64 << 20
    write(path, "next\n")
    assert tail.poll() == ("next",)


def test_what_was_skipped_is_counted_exactly(path: Path) -> None:
    """Lines shown and lines said to be skipped are all the lines there were."""
    tail = FileTail(path)
    tail.poll()
    write(path, "a line of a flood, as an application writes it\n" * 200_000)
    first, *rest = tail.poll()
    assert int(first.split()[1]) + len(rest) == 200_000
