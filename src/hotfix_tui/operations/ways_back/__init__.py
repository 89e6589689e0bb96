"""The six ways back of X.8, each one file, and what they share."""

from __future__ import annotations
