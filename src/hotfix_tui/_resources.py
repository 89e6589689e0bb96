"""Where the files that are not Python lie, in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path


def styles_dir() -> Path:
    """The folder of stylesheets: inside the installed package, or beside src/ in a checkout.

    Raises:
        FileNotFoundError: the installation is damaged.
    """
    here = Path(__file__).resolve().parent
    for candidate in (here / "styles", here.parents[1] / "styles"):
        if (candidate / "app.tcss").is_file():
            return candidate
    raise FileNotFoundError("hotfix-tui is installed without its stylesheets; reinstall it")
