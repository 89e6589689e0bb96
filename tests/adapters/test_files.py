from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from hotfix_tui.adapters.files import write_text
from hotfix_tui.domain.errors import PortFailure

FULL = 4096


def test_a_disk_that_fills_up_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """Row 76: one sentence, the older text whole, nothing half written beside it; in a child whose files may not grow."""
    target = tmp_path / "post-mortem.md"
    target.write_text("the older one")
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (FULL, FULL))
        try:
            write_text(target, "x" * FULL * 4, True)
        except PortFailure as error:
            (tmp_path / "said").write_text(str(error))
        os._exit(0)
    os.waitpid(child, 0)
    assert "cannot be written" in (tmp_path / "said").read_text()
    assert target.read_text() == "the older one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["post-mortem.md", "said"]


@pytest.mark.parametrize("replace", [False, True])
def test_what_is_written_is_whole(tmp_path: Path, replace: bool) -> None:
    """Also what has no encoding, and over another file only where that was asked for."""
    target = tmp_path / "a.md"
    if replace:
        target.write_text("the older one, which was longer")
    write_text(target, "half a \ud800 sign\n", replace)
    assert target.read_bytes() == b"half a ? sign\n"
