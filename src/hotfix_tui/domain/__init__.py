"""The pure core: what happened, what may happen next, and what it means. No I/O, no clock, no randomness."""
