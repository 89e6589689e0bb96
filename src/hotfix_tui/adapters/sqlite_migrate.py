"""How an older database becomes ours: each step in one transaction, after a copy of what was there."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from hotfix_tui.adapters.sqlite_files import back_up
from hotfix_tui.adapters.sqlite_schema import APPLICATION_ID


def migrate(connection: sqlite3.Connection, path: Path, target: int, statements: Sequence[str]) -> int:
    """Reach `target` in one transaction, after a backup of what was there; the version reached.

    From the backup to the commit nobody else writes, so that the backup holds all that the old version did.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version < target:
            if version:
                with closing(
                    sqlite3.connect(path)
                ) as source:  # a reader: one cannot copy what one is writing
                    back_up(source, path, version)
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {target}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
