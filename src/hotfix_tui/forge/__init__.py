"""What the forge says, asked through its own program `gh`: pull requests, releases, workflow runs.

Whatever it answers was written by others; it is cleaned here, line by line, and never obeyed.
"""

from __future__ import annotations
