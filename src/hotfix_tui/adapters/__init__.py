"""What stands behind the ports: SQLite, git, files, clocks. Each translates its errors at the border."""
