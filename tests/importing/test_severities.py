"""Severities wherever a document classes issues, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hotfix_tui.importing.understanding import understand
from hotfix_tui.importing.writing import write
from hotfix_tui.loading import read

CLASSED = {
    "headings with codes": ("## Severity\n### P1: Critical\n### P2: High\n", ["P1", "P2"]),
    "codes in brackets": ("## Levels\n### Critical (P1)\nx\n### Low (P4)\n", ["P1", "P4"]),
    "signs before": ("## Severity\n### 🔴 SEV1 - Critical\n### 🟠 SEV2 - High\n", ["SEV1", "SEV2"]),
    "numbered levels": ("## Severity\n### LEVEL 1: CRITICAL\n### LEVEL 2: HIGH\n", ["LEVEL 1", "LEVEL 2"]),
    "a table": ("## Severity Levels\n| Level | Name |\n|--|--|\n| **P0** | Worst |\n| **P1** | Bad |\n", ["P0", "P1"]),
    "a range in a table": ("| Severity | Action |\n|--|--|\n| P0 | now |\n| P1-P3 | later |\n", ["P0", "P1", "P2", "P3"]),
    "another column": ("| Condition | Severity |\n|--|--|\n| a | P0 |\n| b | P0 |\n| c | P1 |\n", ["P0", "P1"]),
    "words of their own": ("## Gravité\n| Niveau | Délai |\n|--|--|\n| Bloquant | 1h |\n| Majeur | 4h |\n", ["Bloquant", "Majeur"]),
    "a list": ("## Priorities\n- **P0**: now\n- **P1**: soon\n- **P2+**: later\n", ["P0", "P1", "P2"]),
    "a list in Chinese": ("## 严重程度\n- `P0`：数据丢失\n- `P1`：降级\n", ["P0", "P1"]),
    "a word that is not known": ("## Gravité\n- **Critique** : a\n- **Majeur** : b\n- **Anecdotique** : c\n", ["Critique", "Majeur", "Anecdotique"]),
    "boxes to choose from": ("### Severity Level\n- [ ] **P0 - Critical:** down\n- [ ] **P1 - High:** bad\n", ["P0", "P1"]),
    "a field": ("- **Severity**: [ ] Critical [ ] High [ ] Low\n", ["Critical", "High", "Low"]),
    "a field in a template": ("```\nSeverity: SEV-1 / SEV-2 / SEV-3\n```\n", ["SEV-1", "SEV-2", "SEV-3"]),
}  # fmt: skip
IN_PASSING = {
    "prose": "This may be a P0 or a P1.\n",
    "risks": "| Risk | Severity | Mitigation |\n|--|--|--|\n| a | High | x |\n| b | Low | y |\n",
    "packages": "| Package | Severity |\n|--|--|\n| x | high |\n| y | low |\n",
    "one case": "**Severity**: P1 (drill) / P0 (real)\n",
    "rungs of support": "## Who to call\n1. **L1** (0-15 min)\n2. **L2** (15-60 min)\n",
}


@pytest.mark.parametrize("name", CLASSED)
def test_severities_are_found_where_issues_are_classed(name: str) -> None:
    """Headings, tables, lists and choices class issues; codes go before words, ranges are expanded (X.1)."""
    text, expected = CLASSED[name]
    assert [one.id for one in understand(f"# T\n\n{text}".encode()).severities] == expected


@pytest.mark.parametrize("name", IN_PASSING)
def test_what_is_said_in_passing_is_no_severity(name: str) -> None:
    """A severity as a property of something else, or of one case, classes nothing."""
    assert understand(f"# T\n\n{IN_PASSING[name]}".encode()).severities == ()


def test_a_severity_has_its_clocks_and_what_follows() -> None:
    """Response, resolution, approvals and what follows are read from columns in other languages, too (S1.SEV.1, S3.SEV.4)."""
    table = "| Schweregrad | Auswirkung | Reaktionszeit | Behebung | Genehmigung |\n|--|--|--|--|--|\n"
    rows = "| S1 | alles steht | 15 Min. | 1-4 h | Leitung |\n| S2 | lästig | 1 Tag | nächste Version | Team + Leitung |\n"
    first, second = understand(f"# T\n\n{table}{rows}".encode()).severities
    assert (first.meaning, first.respond, first.resolve, first.approvals) == (
        "alles steht",
        (15, 15),
        (60, 240),
        ("Leitung",),
    )
    assert (second.resolve, second.resolve_text, second.approvals) == (
        None,
        "nächste Version",
        ("Team", "Leitung"),
    )


def test_a_line_tells_what_a_code_means() -> None:
    """Where its row does not: with how often is told, and without what stands behind a word that is a severity by chance."""
    lines = "SEV1 = money is wrong. Tell #status, updates every 20 min.\nSEV2 - some are affected\n"
    table = "| Severity | Resolve |\n|--|--|\n| SEV1 | 2h |\n| SEV2 | 8h |\n"
    first, second = understand(f"# T\n\n{lines}\n{table}".encode()).severities
    assert (first.meaning, first.communication) == ("money is wrong.", "Tell #status, updates every 20 min.")
    assert (second.meaning, second.communication) == ("some are affected", "")
    made = read(write(understand(f"# T\n\n{lines}\n{table}".encode()), "HOTFIX.md"), "p.toml")
    assert [one.update_every for one in made.severities] == [timedelta(minutes=20), None]
    words = "Critical: keep every change small\n\n| Severity | Resolve |\n|--|--|\n| Critical | 2h |\n| Low | 8h |\n"
    assert [one.meaning for one in understand(f"# T\n\n{words}".encode()).severities] == ["", ""]
