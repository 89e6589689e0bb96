"""Playbook files: TOML text in, a checked playbook out, or every error at once with file, line and hint."""
