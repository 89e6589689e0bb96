"""Which headings are the phases: the steps of the main procedure, on the highest level that names one."""

from __future__ import annotations

import pytest

from hotfix_tui.importing.understanding import understand

PHASES = {
    "over several chapters": (
        "# T\n## Prepare\n### Step 1: a\n### Step 2: b\n## Execute\n### Step 3: c\n## Rollback\n### Step 1: x\n### Step 2: y\n",
        ["Step 1: a", "Step 2: b", "Step 3: c"],
    ),
    "on the first level": ("# Phase 1: a\nx\n# Phase 2: b\ny\n", ["Phase 1: a", "Phase 2: b"]),
    "with letters": ("# T\n## Phase A: a\n## Phase B: b\n", ["Phase A: a", "Phase B: b"]),
    "with signs for numbers": ("# T\n## 1️⃣ **Find** (5 min)\n## 2️⃣ **Fix**\n## 3️⃣ **Ship**\n", ["1️⃣ **Find** (5 min)", "2️⃣ **Fix**", "3️⃣ **Ship**"]),
    "two of a process": ("# T\n## Process\n### 1. Find\n### 2. Fix\n", ["1. Find", "2. Fix"]),
    "highest level": (
        "# T\n## Phase 1: a\n### 1. x\n### 2. y\n## Phase 2: b\n### 1. x\n### 2. z\n",
        ["Phase 1: a", "Phase 2: b"],
    ),
    "by the clock": ("# T\n## First 15 minutes\nx\n## 15-60 minutes\ny\n## After 1 hour\nz\n", ["First 15 minutes", "15-60 minutes", "After 1 hour"]),
    "by the stage alone": (
        "# Incident response\n## Overview\n## Detection\n## Triage\n## Mitigation\n## Recovery\n## References\n",
        ["Detection", "Triage", "Mitigation", "Recovery"],
    ),
    "called so": ("# T\n## Analysis Phase\n### 1. a\n### 2. b\n## Repair Phase\n### 1. c\n### 2. d\n", ["Analysis Phase", "Repair Phase"]),
    "in an unknown language": ("# Ohje\n## 1. Aloita\nx\n## 2. Jatka\ny\n## 3. Lopeta\nz\n## 4. Valmis\n", ["1. Aloita", "2. Jatka", "3. Lopeta", "4. Valmis"]),
    "inside chapters": (
        "# T\n## 1. Purpose\n## 2. Scope\n## 3. Procedure\n### 3.1 Detect\n### 3.2 Fix\n### 3.3 Deploy\n## 4. Contacts\n",
        ["3.1 Detect", "3.2 Fix", "3.3 Deploy"],
    ),
    "of the first way": (
        "# T\n## Option A: cluster\n### Step 1: a\n### Step 2: b\n## Option B: server\n### Step 1: c\n### Step 2: d\n### Step 3: e\n",
        ["Step 1: a", "Step 2: b"],
    ),
    "boxes by stage": ("# Release checklist\n## Pre-release\n- [ ] a\n- [ ] b\n## Release\n- [ ] c\n## Post-release\n- [ ] d\n- [ ] e\n", ["Pre-release", "Release", "Post-release"]),
    "repairs of what is broken": ("# T\n## 1. Stop failing jobs\n## 2. Restart crashed workers\n## 3. Verify\n", ["1. Stop failing jobs", "2. Restart crashed workers", "3. Verify"]),
    "lists in their order": (
        "# Rollback\n## Candidate Selection\n1. Select one.\n2. Check it.\n## Redeploy\n1. Choose it.\n2. Trigger it.\n## Verification\n1. Confirm this.\n2. Confirm that.\n",
        ["Candidate Selection", "Redeploy", "Verification"],
    ),
    "lists of a checklist": (
        "# Releasing\n## Versions\nSemVer\n## Checklist\n### Pre-Release\n1. Run it.\n2. Check it.\n### Creating a Release\n1. Create it.\n2. Push it.\n### Post-Release\n1. Verify it.\n2. Monitor it.\n",
        ["Pre-Release", "Creating a Release", "Post-Release"],
    ),
    "with codes": ("# T\n## H0：声明\nx\n## H1：修复\ny\n## H2：验证\nz\n", ["H0：声明", "H1：修复", "H2：验证"]),
    "with a call for help between them": (
        "# Incidents\n## 1. Detection\n## 2. Triage\n## 3. Escalation\n## 4. Resolution\n## 5. Rollback\n## 6. Report Template\n",
        ["1. Detection", "2. Triage", "3. Escalation", "4. Resolution"],
    ),
    "all there is": ("# Hotfix\n## Select the base\n1. a\n## Perform the build\n2. b\n## Merge it\n3. c\n", ["Select the base", "Perform the build", "Merge it"]),
    "by the calendar": (
        "# Checklist\n## Actions (Next 24 Hours)\n### Code\n- [ ] a\n## Outreach (Next Week)\n- [ ] b\n## Success Metrics\n- [ ] c\n",
        ["Actions (Next 24 Hours)", "Outreach (Next Week)"],
    ),
    "up to the appendix, without the symptom": (
        "# Runbook\n## 1. Sintoma\n## 2. Diagnóstico (≤ 5min)\n## 3. Mitigação (≤ 10min)\n## 4. Restart\n## 5. Validação\n## 6. Postmortem\n## Apêndice\n## 7. Receiver\n### 7.1 x\n## 8. Proxy\ny\n",
        ["2. Diagnóstico (≤ 5min)", "3. Mitigação (≤ 10min)", "4. Restart", "5. Validação", "6. Postmortem"],
    ),
    "times that look like numbers": (
        "# Runbook\n## 0. Contract\n## 1. Severity\n## 2. First day\n### 0-15 minutes - detect\n### 15-60 minutes - contain\n### 1-4 hours - rotate\n### 8-24 hours - recover\n## 3. Contacts\n",
        ["0-15 minutes - detect", "15-60 minutes - contain", "1-4 hours - rotate", "8-24 hours - recover"],
    ),
    "up to what is learnt": (
        "# Plan\n## Overview\n## Detection and Analysis\n## Containment\n## Eradication and Recovery\n## Post-Incident Review\n## Communication Plan\n## Roles\n",
        ["Detection and Analysis", "Containment", "Eradication and Recovery", "Post-Incident Review"],
    ),
    "boxes, and not the steps of what is set up once": (
        "# Release Checklist\n## Pre-Release\n- [ ] a\n- [ ] b\n- [ ] c\n## Deployment\n- [ ] d\n- [ ] e\n## Post-Release\n- [ ] f\n## Setting up staging\n### Step 1: Create\n### Step 2: Apply\n### Step 3: Configure\n",
        ["Pre-Release", "Deployment", "Post-Release"],
    ),
    "verbs of a flow, behind what is to be considered": (
        "# Plugins\n## Release flows\n### Considerations when bumping\n### Create the issue\n### Tag/cut a version\n### Bundle it\n### Publish it\n### Release to the site\n",
        ["Create the issue", "Tag/cut a version", "Bundle it", "Publish it", "Release to the site"],
    ),
    "from a deeper level to a higher one": (
        "# Release\n## Local\n### Phase 1: Check\nx\n### Phase 2: Build\ny\n## Phase 3: Publish\nz\n## Phase 4: Verify\nw\n",
        ["Phase 1: Check", "Phase 2: Build", "Phase 3: Publish", "Phase 4: Verify"],
    ),
    "the first with boxes, whatever it is about": (
        "# Release-Checkliste\n## 1. Scope & Risiko\n- [ ] a\n- [ ] b\n## 2. Qualität\n- [ ] c\n## 3. Betrieb\n- [ ] d\n## 4. Deploy\n- [ ] e\n## 5. Validierung\n- [ ] f\n## 6. Kommunikation\n- [ ] g\n",
        ["1. Scope & Risiko", "2. Qualität", "3. Betrieb", "4. Deploy", "5. Validierung", "6. Kommunikation"],
    ),
    "timed, and the procedure between them": (
        "# Rollback\n## When\nx\n## Pre-flight (≤ 60 s)\n1. a\n## Procedure\n1. Stop it\n2. Start it\n## Verification (≤ 5 min)\n1. b\n## Obligations (within 48 h)\n1. c\n",
        ["Pre-flight (≤ 60 s)", "Procedure", "Verification (≤ 5 min)", "Obligations (within 48 h)"],
    ),
    "behind when to use it": (
        "# Hotfix\n## 0. When is it a hotfix?\nx\n## 1. Triage\n- [ ] a\n## 2. Branch\n1. b\n## 3. Fix & Test\n1. c\n## 4. Release\n1. d\n## 5. After\n- e\n",
        ["1. Triage", "2. Branch", "3. Fix & Test", "4. Release", "5. After"],
    ),
    "steps inside one part of a checklist": (
        "# Release Checklist\n## Pre-Release\n### Code\n- [ ] a\n- [ ] b\n## Release\n### Step 1: Check\n- [ ] d\n### Step 2: Publish\n- [ ] e\n## Post-Release\n### Looks\n- [ ] f\n",
        ["Step 1: Check", "Step 2: Publish"],
    ),
    "topics of a checklist": (
        "# Release checklist\n## Build\n- [ ] a\n## Quality\n### Bugs\n- [ ] b\n### Load\n- [ ] c\n## Platform\n- [ ] d\n## Sign-offs\nx\n",
        ["Build", "Quality", "Platform"],
    ),
    "a few verbs in the usual order": ("# Incident response\n## Detect\nx\n## Contain\ny\n## Recover\nz\n## Evidence\nw\n", ["Detect", "Contain", "Recover"]),
    "in the only scenario that has some": (
        "# Rollback\n## Scenario 1: off\n### Step 1: Disable\n### Step 2: Verify\n## Scenario 2: back\nx\n## Scenario 3: restore\ny\n",
        ["Step 1: Disable", "Step 2: Verify"],
    ),
    "of each severity, also where one has no stages": (
        "# Playbook\n## P1: Down\n### Detection\nx\n### Actions (< 2 min)\ny\n### Recovery (5 min)\nz\n## P2: Errors\n### Check the load\nx\n### Solutions\ny\n",
        ["Detection", "Actions (< 2 min)", "Recovery (5 min)", "Check the load", "Solutions"],
    ),
    "deeper, where the chapters around are processes too": (
        "# Plan\n## 1. Overview\n## 2. Classification\n### P1\n### P2\n## 3. Team\n## 4. Response Procedures\n### 4.1 Initial Response (15 minutes)\n### 4.2 Investigation\n### 4.3 Resolution\n### 4.4 Recovery\n## 5. Security Procedures\n### 5.1 Breach\nx\n## 6. Post-Incident Activities\n## 7. Contacts\n",
        ["4.1 Initial Response (15 minutes)", "4.2 Investigation", "4.3 Resolution", "4.4 Recovery"],
    ),
    "a stage that says restore in brackets": (
        "# Incydenty\n## 1. Detekcja\n## 2. Triage\n## 3. Mitigation\n## 4. Recovery (przywrócenie)\n## 5. Zamknięcie\n",
        ["1. Detekcja", "2. Triage", "3. Mitigation", "4. Recovery (przywrócenie)", "5. Zamknięcie"],
    ),
    "behind the severities": (
        "# Incidents\n## 1. Classification\n### P1: all\n### P2: some\n## 2. First 5 minutes\n## 3. Investigation\n## 4. Resolution\n## 5. Post-incident\n",
        ["2. First 5 minutes", "3. Investigation", "4. Resolution", "5. Post-incident"],
    ),
    "with care between them": (
        "# Release\n## 1. Local readiness\n## 2. Migration safety\n## 3. Cut release\n## 4. Post-release verification\n## 5. Rollback\n## 6. Sign-off template\n",
        ["1. Local readiness", "2. Migration safety", "3. Cut release", "4. Post-release verification"],
    ),
    "a timed checklist among them": (
        "# 런북\n## 1. 목적\n## 2. 장애 등급\n## 3. 즉시 대응 체크리스트 (0~15분)\n## 4. 진단\n## 5. 복구\n## 6. 종료\n## 7. 사후 회고\n## 8. 템플릿\n",
        ["3. 즉시 대응 체크리스트 (0~15분)", "4. 진단", "5. 복구", "6. 종료", "7. 사후 회고"],
    ),
    "with codes, and steps inside one of them": (
        "# 热修复\n## H0：声明\nx\n## H1：修复\n### 步骤 1：定位\n### 步骤 2：修改\n## H2：验证\ny\n",
        ["H0：声明", "H1：修复", "H2：验证"],
    ),
    "three numbered stages": ("# Checklist\n## 1. Pre-Release\nx\n## 2. Release\ny\n## 3. Post-Release\nz\n## Sign-Off\nw\n", ["1. Pre-Release", "2. Release", "3. Post-Release"]),
    "without a number, two words of which may stand early or late": (
        "# Runbook\n## Triage (first 5 minutes)\n## Containment levers\n## Investigation\n## Communication\n## Post-incident\n## Notification matrix\n## On-call rota\n",
        ["Triage (first 5 minutes)", "Containment levers", "Investigation", "Communication", "Post-incident"],
    ),
    "a timed way back among them": (
        "# Runbook\n## 0. Classify\n## 1. P1 - Rollback (15 min)\n## 2. Diagnose\n## 3. Mitigate\n## 4. Verify\n## 5. Close\n",
        ["0. Classify", "1. P1 - Rollback (15 min)", "2. Diagnose", "3. Mitigate", "4. Verify", "5. Close"],
    ),
    "without the message between them": (
        "# Incidents\n## 1. Detection\n## 2. Triage\n## 3. Mitigation\n## 4. Recovery\n## 5. Communications Template\n## 6. Post-incident\n",
        ["1. Detection", "2. Triage", "3. Mitigation", "4. Recovery", "6. Post-incident"],
    ),
    "two that only say when": ("# Post-release\n## Direkt efter publicering\n- [ ] a\n- [ ] b\n- [ ] c\n## Första 72 timmarna\n- [ ] d\n- [ ] e\n", ["Direkt efter publicering", "Första 72 timmarna"]),
    "boxes in headings": (
        "# Checklist\n## Pre-Release: on dev\n### [ ] Review the issues\n- [ ] a\n### [ ] Review the load\n- [ ] b\n## Release: on main\n### [ ] Tag it\n### [ ] Push it\n## Post-Release: Verify\n### [ ] Close it\n## Troubleshooting\nx\n",
        ["Pre-Release: on dev", "Release: on main", "Post-Release: Verify"],
    ),
}  # fmt: skip
IN_ORDER = {
    "en": "Detection, Triage, Mitigation, Recovery",
    "id": "Deteksi, Klasifikasi, Penanganan, Pemulihan, Dokumentasi",
    "vi": "Phát hiện, Đánh giá, Khắc phục, Kiểm tra, Triển khai",
    "cs": "Zjištění, Posouzení, Oprava, Ověření, Nasazení",
    "nl": "Melding, Beoordeling, Oplossing, Controle, Uitrol",
    "sv": "Upptäckt, Bedömning, Åtgärd, Driftsättning, Uppföljning",
}
LISTED = {
    "of a way back": ("# Rollback\n## When\n- it fails\n## Rollback procedure\n" + "".join(f"{n}. Do {n}\n" for n in range(1, 6)), 5),
    "not of one of several ways": ("# Rollback\n## Functions rollback\n1. Open\n2. Choose\n3. Press\n", 0),
}  # fmt: skip
NONE = {
    "scenarios": "# T\n## Scenarios\n### Scenario 1: a\n### Scenario 2: b\n",
    "ways back": "# Rollback plan\n## Railway Rollback\n## Git Rollback\n## Database Rollback\n",
    "alternatives": "# T\n## Method 1: a\n## Method 2: b\n## Method 3: c\n",
    "chapters": "# T\n## 1. Purpose\n## 2. Severity\n## 3. Contacts\n## 4. References\n",
    "the same parts of every card": "# T\n## A\n### Detect (5 min)\n### Fix (5 min)\n## B\n### Detect (5 min)\n### Fix (5 min)\n## C\n### Detect (5 min)\n### Fix (5 min)\n",
    "what recurs": "# T\n## Daily tasks\n- [ ] a\n## Weekly tasks\n- [ ] b\n## Monthly tasks\n- [ ] c\n",
    "topics of a form": "# PR\n## Type\n- [ ] a\n- [ ] b\n## Risk\n- [ ] c\n- [ ] d\n## Labels\n- [ ] e\n",
    "severities": "# T\n## P0 - Critical (Response: 15 min)\n## P1 - High (Response: 1 hour)\n## P2 - Low (Response: 4 hours)\n",
    "lists of one topic": "# T\n## Lamps\n1. Check it.\n2. Fix it.\n## Doors\n1. Check it.\n2. Fix it.\n## Roofs\n1. Check it.\n2. Fix it.\n",
    "what is broken": "# T\n## 1. Database down\n```sh\nx\n```\n## 2. API not responding\n```sh\nx\n```\n## 3. Disk full\n```sh\nx\n```\n",
    "what is broken, in Japanese": "# 手順\n## 1. 画面が開けない\n```sh\nx\n```\n## 2. 検索に失敗する\n```sh\nx\n```\n## 3. 出力に失敗する\n```sh\nx\n```\n",
    "groups of a checklist inside": "# Recovery\n## Overview\nx\n## Recovery Validation Checklist\n### Infrastructure Validation\n- [ ] a\n- [ ] b\n### Application Validation\n- [ ] c\n- [ ] d\n### Data Validation\n- [ ] e\n",
    "ways in Arabic": "# دليل\n## الطريقة 1: من الواجهة\n1. a\n2. b\n## الطريقة 2: من الطرفية\n1. c\n2. d\n",
    "boxes of no stage": "# Recovery\n## Objectives\nx\n## Strategy\ny\n## Incident Response\n- [ ] a\n- [ ] b\n- [ ] c\n## Checklist\n- [ ] d\n- [ ] e\n- [ ] f\n",
    "attacks": "# Plan\n## 3. Playbooks\n### 3.1 Breach Response (P1)\n```sh\nx\n```\n### 3.2 Ransomware Response (P1)\n```sh\nx\n```\n### 3.3 Insider Threat Response (P2)\n```sh\nx\n```\n",
    "defects": "# Runbook\n## 已知缺陷\n### 缺陷 1：a\nx\n### 缺陷 2：b\ny\n",
    "copies": "# Disaster recovery\n## Backup Procedures\n### 1. Database\n```sh\npg_dump x\n```\n### 2. Volumes\n```sh\ndocker cp x y\n```\n",
    "things with a time below": "# Security\n## Keys\n### Storage Key Renewal\n**Time:** 15 minutes\n### Certificate Renewal\n**Time:** 30 minutes\n### Schedule\nx\n",
    "times of what recurs": "# Plan\n## Database\n- **Full copies**: Daily at 00:00\n- **Log copies**: Every 5 minutes\n## Cache\n- **Snapshot**: Every 6 hours\n",
    "topics and the process itself": "# Releasing\n## Versioning\nx\n## Release Process\n1. a\n2. b\n3. c\n## Release Process for the Kit\ny\n",
    "chapters around a listed flow": "# Plan\n## 1. Purpose\n## 2. Detection channels\n## 3. Severity levels\n## 4. Standard response flow\n1. Check it\n2. Fix it\n3. Close it\n## 5. Actions for P1\n## 6. Recovery targets\n## 7. Follow-up\n## 8. Contacts\n",
    "what is left of numbered ways back": "# Rollback\n## 1. Backend Rollback\n## 2. Dashboard Rollback\n## 3. Flag (Immediate)\n## 4. Database Rollback\n## 5. Data Recovery\n## 6. Communication\n## Troubleshooting\n",
    "what is done about one fault": "# T\n## 1. Key compromise\n### 1a. Assess\n### 1b. Rotate\n### 1c. Verify\n## 2. Database breach\n### 2a. Assess\n### 2b. Contain\n### 2c. Report\n## 3. Service degradation\nx\n",
    "a post-mortem": "# Post-mortem: the lamp\n## 1. Detection\n## 2. Mitigation\n## 3. Recovery\n",
}


@pytest.mark.parametrize("name", PHASES)
def test_the_steps_are_found_on_their_level(name: str) -> None:
    """However the steps are written, they are the phases, in order, by the document's own headings (X.3)."""
    text, expected = PHASES[name]
    document = understand(text.encode())
    assert document.phase_kind == "headings"
    assert [one.title for one in document.phases] == expected


@pytest.mark.parametrize("language", IN_ORDER)
def test_the_usual_order_is_known(language: str) -> None:
    """Headings without a number that go through the stages of an emergency, in the language of the document."""
    titles = IN_ORDER[language].split(", ")
    document = understand(("# T\n" + "".join(f"## {title}\nx\n" for title in titles)).encode())
    assert [one.title for one in document.phases if document.phase_kind == "headings"] == titles


@pytest.mark.parametrize("name", LISTED)
def test_a_list_is_the_steps_of_a_way_back(name: str) -> None:
    """In a document that is about it, below a heading about the procedure."""
    text, expected = LISTED[name]
    document = understand(text.encode())
    assert (len(document.phases) if document.phase_kind == "list" else 0) == expected


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_step_makes_no_phase(name: str) -> None:
    """Alternatives, cards, chapters, recurring tasks and topics are not the main procedure."""
    document = understand(NONE[name].encode())
    assert [one.title for one in document.phases if document.phase_kind == "headings"] == []
