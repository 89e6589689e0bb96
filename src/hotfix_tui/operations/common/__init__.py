"""What several operations have in common."""

from __future__ import annotations
