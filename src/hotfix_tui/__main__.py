"""`python -m hotfix_tui` and the command `hotfix` are the same thing."""

from __future__ import annotations

from hotfix_tui.cli import main

if __name__ == "__main__":
    main()
