"""Changelogs in many forms, each before and after 1.2.4 was entered on 2 November 2026."""

from __future__ import annotations

ENTRY = "## [1.2.4] - 2026-11-02\n\n### Fixed\n- Critical: crash at start (#7)\n"
"""What the playbook's text makes."""

KEEP = """\
# Changelog

All notable changes.

## [Unreleased]

### Added

- Something unfinished

{new}## [1.2.3] - 2026-01-05

### Fixed

- A thing

## [1.2.2] - 2025-12-31 [YANKED]

### Added

- Another

{links}"""

KEEP_LINKS = (
    "[Unreleased]: https://example.org/o/r/compare/v1.2.3...HEAD\n"
    "[1.2.3]: https://example.org/o/r/compare/v1.2.2...v1.2.3\n"
    "[1.2.2]: https://example.org/o/r/releases/tag/v1.2.2\n"
)
KEEP_LINKS_AFTER = (
    "[Unreleased]: https://example.org/o/r/compare/v1.2.4...HEAD\n"
    "[1.2.4]: https://example.org/o/r/compare/v1.2.3...v1.2.4\n"
    "[1.2.3]: https://example.org/o/r/compare/v1.2.2...v1.2.3\n"
    "[1.2.2]: https://example.org/o/r/releases/tag/v1.2.2\n"
)
KEEP_NEW = "## [1.2.4] - 2026-11-02\n\n### Fixed\n\n- Critical: crash at start (#7)\n\n"

FORMS: dict[str, tuple[str, str]] = {
    "Keep a Changelog": (
        KEEP.format(new="", links=KEEP_LINKS),
        KEEP.format(new=KEEP_NEW, links=KEEP_LINKS_AFTER),
    ),
    "Keep a Changelog without links": (KEEP.format(new="", links=""), KEEP.format(new=KEEP_NEW, links="")),
    "Windows line ends": (
        KEEP.format(new="", links=KEEP_LINKS).replace("\n", "\r\n"),
        KEEP.format(new=KEEP_NEW, links=KEEP_LINKS_AFTER).replace("\n", "\r\n"),
    ),
    "an old release is repaired": (
        (
            "# Changelog\n\n## [2.0.0] - 2026-05-01\n- New\n\n## [1.2.3] - 2026-01-05\n- Old\n\n"
            "[2.0.0]: https://example.org/compare/v1.2.3...v2.0.0\n[1.2.3]: https://example.org/tag/v1.2.3\n"
        ),
        (
            "# Changelog\n\n## [2.0.0] - 2026-05-01\n- New\n\n## [1.2.4] - 2026-11-02\n### Fixed\n"
            "- Critical: crash at start (#7)\n\n## [1.2.3] - 2026-01-05\n- Old\n\n"
            "[2.0.0]: https://example.org/compare/v1.2.3...v2.0.0\n[1.2.4]: https://example.org/tag/v1.2.4\n"
            "[1.2.3]: https://example.org/tag/v1.2.3\n"
        ),
    ),
    "plain headings and stars": (
        "# Changes\n\n\n## 1.2.3\n* One\n* Two\n\n\n## 1.2.2\n* Zero\n",
        "# Changes\n\n\n## 1.2.4\n* Critical: crash at start (#7)\n\n\n## 1.2.3\n* One\n* Two\n\n\n## 1.2.2\n* Zero\n",
    ),
    "top-level headings with a v": (
        "# v1.2.3 (2026/01/05)\n\n## Bugfixes\n\n+ One\n\n# v1.2.2 (2025/12/31)\n",
        (
            "# v1.2.4 (2026/11/02)\n\n## Fixed\n\n+ Critical: crash at start (#7)\n\n"
            "# v1.2.3 (2026/01/05)\n\n## Bugfixes\n\n+ One\n\n# v1.2.2 (2025/12/31)\n"
        ),
    ),
    "underlined": (
        (
            "unreleased\n==========\n\n  * waiting\n\n1.2.3 / 2026-01-05\n==================\n\n  * One\n    more of it\n\n"
            "1.2.2 / 2025-12-31\n==================\n\n  * Zero\n"
        ),
        (
            "unreleased\n==========\n\n  * waiting\n\n1.2.4 / 2026-11-02\n==================\n\n"
            "  * Critical: crash at start (#7)\n\n1.2.3 / 2026-01-05\n==================\n\n  * One\n    more of it\n\n"
            "1.2.2 / 2025-12-31\n==================\n\n  * Zero\n"
        ),
    ),
    "an underlined title": (
        "Release History\n===============\n\n1.2.3 (January 5, 2026)\n-----------------------\n- One\n",
        (
            "Release History\n===============\n\n1.2.4 (November 2, 2026)\n------------------------\n"
            "- Critical: crash at start (#7)\n\n1.2.3 (January 5, 2026)\n-----------------------\n- One\n"
        ),
    ),
    "links in the headings": (
        (
            "# Change Log\n\n### [1.2.3](https://example.org/compare/v1.2.2...v1.2.3) (2026-01-05)\n\n\n### Bug Fixes\n\n* one\n\n"
            "## [1.2.0](https://example.org/compare/v1.1.0...v1.2.0) (2025-01-05)\n\n* two\n"
        ),
        (
            "# Change Log\n\n### [1.2.4](https://example.org/compare/v1.2.3...v1.2.4) (2026-11-02)\n\n### Fixed\n\n"
            "* Critical: crash at start (#7)\n\n"
            "### [1.2.3](https://example.org/compare/v1.2.2...v1.2.3) (2026-01-05)\n\n\n### Bug Fixes\n\n* one\n\n"
            "## [1.2.0](https://example.org/compare/v1.1.0...v1.2.0) (2025-01-05)\n\n* two\n"
        ),
    ),
    "lines without marks": (
        "1.2.3 (05.01.2026)\n - One\n\n1.2.2 (31.12.2025)\n - Two",
        "1.2.4 (02.11.2026)\n - Critical: crash at start (#7)\n\n1.2.3 (05.01.2026)\n - One\n\n1.2.2 (31.12.2025)\n - Two",
    ),
    "oldest first": (
        "# Log\n\n## 1.2.2\n\n- Zero\n\n## 1.2.3\n\n- One\n\n[site]: https://example.org\n",
        (
            "# Log\n\n## 1.2.2\n\n- Zero\n\n## 1.2.3\n\n- One\n\n## 1.2.4\n\n- Critical: crash at start (#7)\n\n"
            "[site]: https://example.org\n"
        ),
    ),
    "the first entry": (
        "# Changelog\n\nWhat changed.\n",
        "# Changelog\n\nWhat changed.\n\n## [1.2.4] - 2026-11-02\n\n### Fixed\n- Critical: crash at start (#7)\n",
    ),
    "only unreleased": (
        "# Changelog\n\n## Unreleased\n\n- Waiting\n\n[Unreleased]: https://example.org/compare/HEAD\n",
        (
            "# Changelog\n\n## Unreleased\n\n- Waiting\n\n## [1.2.4] - 2026-11-02\n\n### Fixed\n"
            "- Critical: crash at start (#7)\n\n[Unreleased]: https://example.org/compare/HEAD\n"
        ),
    ),
    "no heading at all": (
        "We made it faster.\n",
        "1.2.4 - 2026-11-02\n- Critical: crash at start (#7)\n\nWe made it faster.\n",
    ),
    "a new file": (
        "",
        "# Changelog\n\n## [1.2.4] - 2026-11-02\n\n### Fixed\n- Critical: crash at start (#7)\n",
    ),
    "headings in examples and comments": (
        "# Changelog\n\n<!--\n## 1.2.4 - like this\n-->\n```\n## 1.2.4\n```\n\n## 1.2.3 - The Quick Fox - 5 Jan 2026\n\n- One\n",
        (
            "# Changelog\n\n<!--\n## 1.2.4 - like this\n-->\n```\n## 1.2.4\n```\n\n## 1.2.4 - 2 Nov 2026\n\n"
            "- Critical: crash at start (#7)\n\n## 1.2.3 - The Quick Fox - 5 Jan 2026\n\n- One\n"
        ),
    ),
    "anchors and a package's name": (
        '\ufeff# Log\n\n<a name="1.2.3"></a>\n## Letters 1.2.3 (2026-01-05)\n- One, see 1.2.4 and 1.3\n',
        (
            "\ufeff# Log\n\n## Letters 1.2.4 (2026-11-02)\n- Critical: crash at start (#7)\n\n"
            '<a name="1.2.3"></a>\n## Letters 1.2.3 (2026-01-05)\n- One, see 1.2.4 and 1.3\n'
        ),
    ),
}
"""A changelog before and after."""
