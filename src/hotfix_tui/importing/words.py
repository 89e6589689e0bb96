"""What headings and labels are about, in many languages: stems, used where structure alone does not decide."""

from __future__ import annotations

import re
from functools import lru_cache

from hotfix_tui.importing.scripts import fold

REMEMBERED = 20_000
"""Answers that are kept: the same headings are asked about by every stage."""

STEMS: dict[str, str] = {
    # what a numbered heading counts: steps of a procedure …
    "step": """vaihe phase step stage étape etape phase schritt paso fase etapa passo passaggio stap faza krok etap этап шаг
        фаза крок aşama adım adim steg bước langkah tahap fáze 步骤 步驟 阶段 階段 第一步 ステップ フェーズ 手順 工程 단계 절차 مرحلة المرحلة خطوة الخطوة चरण""",
    # … or things to choose from, or to read
    "choice": """scenario option method solution lösung solución solução soluzione решение çözüm 解决方案 解決策 alternative approach variant case example tier level path route strategy plan
        scénario méthode niveau cas szenario methode variante fall beispiel stufe escenario opción opcion método metodo
        caso ejemplo nivel cenário cenario opção opcao exemplo nível scenariusz opcja metoda przypadek сценарий вариант
        способ метод случай пример уровень сценарій варіант senaryo seçenek yöntem örnek 场景 情景 方案 选项 方法 案例 級別
        シナリオ 方法 ケース 例 パターン レベル 案 시나리오 방법 옵션 사례 예시 缺陷 问题 defect bug question q faq appendix annex anhang annexe
        chapter section part chapitre kapitel capítulo test rule principle tip lesson issue problem error rollback type
        appendice dodatek приложение ek 附录 付録 부록 template use role team metric kpi table figure article vague wave round tier
        طريقة الطريقة خيار الخيار سيناريو السيناريو حالة الحالة विकल्प""",
    "process": """menettely toimintaohje workflow process procedure procedura steps flow playbook runbook lifecycle life-cycle protocol "how to"
        phases stages response instructions walkthrough processus procédure déroulement étapes démarche ablauf vorgehen
        prozess verfahren schritte flujo proceso procedimiento pasos fases fluxo processo procedimento passos etapas
        flusso passaggi stappen werkwijze proces przebieg procedur kroki процесс процедур порядок шаги этапы действия
        процес кроки süreç prosedür adımlar akış 流程 步骤 步驟 过程 程序 工作流 手順 フロー ワークフロー プロセス 流れ 対応 절차 프로세스 워크플로 흐름 단계
        förfarande arbetsflöde postup "quy trình" prosedur alur timeline "action plan" sequence""",
    "rollback": """palautus palauttam rollback roll-back "roll back" "rolling back" revert reversion "back out" backout "way back" "ways back" "go back" "going back" downgrade restore undo
        "retour arrière" "retour en arrière" annulation zurückrollen rückgängig rücksetz reversión revertir "vuelta atrás"
        reversão reverter ripristino "terug draaien" terugdraaien wycofanie przywr откат возврат відкат "geri al" geridönüş
        "data recovery" "backup recovery" "database recovery" 数据恢复 备份恢复 数据库恢复 回滚 回退 回復 還原 撤回 ロールバック 切り戻し 切戻し 巻き戻し 롤백 되돌리기 återställ tillbakarull "khôi phục" """,
    "backup": """backup backups back-ups sauvegarde sicherung datensicherung respaldo "copia de seguridad" "cópia de segurança" бэкап
        "резервное копирование" yedek yedekleme 备份 バックアップ 백업 varmuuskop säkerhetskop zálohov""",
    "checklist": """tarkistuslista checklist check-list "check list" "to-do" todo checkliste prüfliste "liste de contrôle" "liste de vérification"
        "lista de verificación" "lista de comprobación" "lista de verificação" "lista di controllo" controlelijst
        "lista kontrolna" чек-лист чеклист "контрольный список" "kontrol listesi" 检查清单 检查表 检查列表 清单 チェックリスト 체크리스트
        "danh sách kiểm tra" "kontrolní seznam" """,
    "severity": """luokitus vakavuus severity severities priority priorities "incident level" "incident classification" "sev level" criticality urgency
        sévérité gravité priorité criticité niveaux schweregrad prioritäten priorität dringlichkeit severidad gravedad
        prioridad criticidad severidade gravidade prioridade criticidade severità gravità priorità ernst prioriteit
        priorytet krytyczno ważność серьезност серьёзност приоритет критичност пріоритет önem öncelik aciliyet 严重 嚴重 优先级
        級別 级别 分级 重大度 深刻度 優先度 緊急度 重要度 심각도 우선순위 등급 긴급도 allvarlighet závažnost "mức độ" classification klassifi clasific classifica classificaz классификац класифікац sınıflandır 分类 分類 분류 seviyeleri "incident levels" tanımları""",
    "contact": """yhteystiedot yhteyshenkil contact contacts contactos kontakt kontakte kontakty kontakter contatti contatos contato contacto
        ansprechpartner contactpersonen контакт контакти iletişim 联系 联络 连络 連絡先 緊急連絡 连系 연락처 담당자
        "phone list" "who to call" "whom to call" "call list" "on-call list" "liên hệ" kontak "key people" annuaire rufnummern """,
    "escalation": """escalat escalad escalaci escalação escalonamento eskalation eskalier eskalacj эскалац ескалац eskalasyon
        升级 升級 エスカレーション 에스컬레이션 "notification path" """,
    "template": """template templates modèle modele gabarit vorlage plantilla modelo "sjabloon" szablon шаблон şablon 模板 模版 範本
        mallar テンプレート ひな形 雛形 템플릿 양식 mall mẫu boilerplate snippet""",
    "communication": """communicat kommunikation comunicac comunicaç comunicaz communicatie komunikac коммуникац комунікац
        уведомлен оповещ повідомл iletişim bildirim 沟通 通知 溝通 公告 連絡 告知 コミュニケーション 커뮤니케이션 공지 알림 notif
        announce messaging meldung benachrichtig "status update" "status page" stakeholder """,
    "postmortem": """postmortem post-mortem "post mortem" "post-incident" "post incident" retrospective retro rca "root cause analysis"
        "incident report" "incident review" "after action" "after-action" "lessons learned" "pós-incidente" "pós-mortem"
        "post-hotfix review" "rapport d'incident" "fiche d'incident" "retour d'expérience" nachbereitung nachbetrachtung ursachenanalyse
        "informe de incidente" "relatório de incidente" постмортем "разбор инцидента" 事故报告 事件报告 故障报告 复盘 事后 事後 複盤 ポストモーテム 振り返り 障害報告
        사후 회고 포스트모템 evaluatie "olay sonrası" """,
    "scenario": """scenari scenario scénario szenari escenario cenário cenario scenariusz сценари сценарі senaryo 场景 情景 シナリオ 시나리오
        "common issues" "issue resolution" "use case" "common problems" "quick fix" "incident types" "specific incident" "known problems" playbooks "kịch bản" "emergency types" """,
    "example": """example exemple beispiel ejemplo exemplo esempio voorbeeld przykład пример приклад örnek 示例 例子 实例 案例 実例
        예시 예제 사례 "past hotfixes" "case study" sample history "real-world" """,
    "reference": """reference references resource resources related links "see also" "further reading" appendix annex glossary
        tools tooling bibliography "quick commands" "useful commands" "quick links" "command reference"
        "quick reference" "cheat sheet" cheatsheet matrix rota roster références ressources liens annexe glossaire outils verweise anhang ressourcen
        weiterführend glossar werkzeuge referencias recursos enlaces apéndice glosario herramientas referências anexo
        ferramentas riferimenti risorse appendice strumenti verwijzingen bijlage odniesienia załącznik zasoby ссылки
        ресурсы приложение инструменты справка посилання kaynaklar ekler bağlantılar 参考 附录 附錄 资源 链接 相关 工具 関連 参照 付録
        リンク ツール 참고 부록 관련 링크 도구 "documentation index" apêndice documents referenser "tham khảo" """,
    "overview": """tavoite rajaus tarkoitus roolit vastuut overview purpose introduction intro scope background goal goals objective definition definitions details principle
        principles prerequisite prerequisites pre-requisite "pre requisite" precondition requirements about summary roles responsibilities audience terminology
        "what is" "what's" context policy guidelines vue d'ensemble aperçu introduction objectif objectifs portée contexte
        principes prérequis rôles "qu'est-ce" überblick übersicht zweck einleitung einführung ziel geltungsbereich
        voraussetzungen rollen grundsätze zuständigkeit resumen introducción objetivo alcance contexto principios requisitos
        visión propósito "visão geral" introdução escopo princípios "pré-requisitos" panoramica scopo introduzione ambito
        prerequisiti overzicht doel inleiding przegląd wprowadzenie cel zakres обзор введение цель назначение область
        роли принципы определения вступ мета огляд genel amaç giriş kapsam tanım 概述 概要 目的 目标 限制 约定 规范 简介 前提 介绍 背景 适用 原则 角色 职责
        範囲 はじめに 前提条件 役割 原則 개요 목적 소개 범위 역할 원칙 översikt úvod "tổng quan" "mục đích" architecture ownership limitation limitations constraints convention conventions considerations consideration team équipe equipe equipo takım 团队 チーム 팀 types tipos типы türleri symptom symptoms síntoma sintoma symptôme symptome симптом 症状 증상""",
    "use": """"when to use" "when to" "when is it" "when is this" "is it a hotfix" "is this a hotfix" "wann ist es" "quand est-ce" "use when" triggers trigger criteria "quand utiliser" critères "wann" kriterien "cuándo"
        criterios "quando usar" "quando" critérios "когда" критерии "ne zaman" 何时 什么时候 適用 いつ 언제 "use cases" qualif
        conditions "decision matrix" "decision tree" "결정 기준" "판단 기준" 判断基準 判断标准 kryteria kdy când declenchement eligib "what counts as" "what qualifies" """,
    "not-use": """"when not" "not to use" "do not use" "don't use" "not requiring" "not a hotfix" "not hotfix" "isn't a hotfix"
        "ne pas utiliser" "quand ne pas" "wann nicht" "kein hotfix" "cuándo no" "quando não" "non usare" "когда не" "не хотфикс"
        "ne zaman kullanılmaz" 不适用 何时不 使わない 対象外 사용하지 "out of scope" """,
    "advice": """"best practice" "best practices" dos don'ts rules guidelines tips "golden rules" "bonnes pratiques" "buenas prácticas"
        "boas práticas" "best practises" "лучшие практики" рекомендации правила "en iyi" 最佳实践 注意事项 注意 ベストプラクティス 留意
        注意点 모범 주의 safety pitfalls "anti-patterns" "common mistakes" prevention prävention prévention prevención prevenção 预防 予防 예방 warnings hinweise regeln règles reglas regras """,
    "drill": """drill drills training exercise exercises simulation "game day" gameday "chaos" rehearsal preparedness
        übung schulung entraînement formation exercice simulacro simulação treinamento esercitazion учени тренировк tatbikat
        演练 演習 訓練 훈련 ćwiczenia oefening """,
    "criteria": """"success criteria" "exit criteria" "definition of done" "acceptance criteria" "critères de succès" erfolgskriterien
        "criterios de éxito" "critérios de sucesso" "критерии успеха" "başarı kriter" 成功标准 成功基準 成功条件 "성공 기준" """,
    "metric": """metric metrics kpi kpis slo slos sla slas rto rpo métriques metriken kennzahl métricas indicateurs metriche метрики показател
        metrikler 指标 指標 メトリクス 지표 "time targets" "timeline expectations" "response times" """,
    "faq": """faq "frequently asked" troubleshooting problembehebung fehlerbehebung dépannage "solución de problemas"
        "solução de problemas" "устранение неполадок" "sorun giderme" 故障排除 常见问题 トラブルシューティング よくある "문제 해결"
        "known issues" "common errors" """,
    "toc": """"table of contents" contents index inhalt inhaltsverzeichnis sommaire "table des matières" índice indice contenido
        conteúdo sumário inhoud "spis treści" содержание оглавление зміст içindekiler 目录 目錄 目次 목차 innehåll obsah "mục lục" """,
    "goal": "goal objective aim objectif but ziel objetivo obiettivo doel cel цель мета amaç hedef 目标 目標 目的 ゴール 목표 purpose",
    "time": """duration time timeline timeframe "time frame" "time-frame" timebox time-box "time box" eta estimate estimated "target time"
        target budget sla deadline window durée temps délai dauer zeit zeitrahmen zeitaufwand frist duración tiempo plazo
        duração tempo prazo durata tempi tempistica duur tijd czas "czas trwania" длительность время срок продолжительность
        тривалість час süre zaman 时间 时长 时限 时效 耗时 用时 預計 所要時間 時間 目安 期限 소요 시간 기한 tid "thời gian" waktu durasi ⏱ ⏰ ⏳""",
}

STAGES: tuple[tuple[int, str], ...] = (
    (
        0,
        """before pre- prepar readiness avant vor vorbereit antes prima до подготовк hazırlık öncesi 准备 之前 事前 準備 준비 사전 voorbereid
        przed immediate sofort prerequis persiap "chuẩn bị" förbered příprav przygotow""",
    ),
    (
        1,
        """detect meldung meldet identif discover report alert declar notic intake recogni acknowledg détect détecter signal erkenn meld detec identific
        rilev обнаруж выявл виявл сообщ tespit algıla bildir 检测 发现 上报 响应 检知 検知 検出 発生 報告 감지 발견 접수 보고 upptäck wykry respond
        response activat mobili deteks pelapor lapor "phát hiện" "báo cáo" "ghi nhận" odhal zjišt zgłosz melding""",
    ),
    (
        2,
        """triag triaj оценк ocena оценить assess evaluat investigat analy diagnos confirm reproduc classif prioriti évalu enquêt bewert untersuch evalu
        investig diagnó diagnost avali valut оцен анализ диагност расслед оцінк değerlend incele teşhis 评估 分析 诊断 判断 评审 調査 評価
        分析 原因 평가 분석 조사 진단 triage ocen bedöm root-cause decid decis klasifikas penilai analis investigas "đánh giá" "phân loại" "phân tích" "điều tra" beoordel onderzoek posouz analýz vyšetř utred""",
    ),
    (
        3,
        """contain mitigat isolat stabili confin endig eindämm conten mitig contenç contenc локализ ізоля izole sınırla 遏制 隔离 处置 处理 止血 缓解 封じ込め 緩和 完화
        봉쇄 완화 communicat branch cherry koordinas penangan isolas coordinat "cô lập" "ngăn chặn" "giảm thiểu" "xử lý" indam begräns omez ogranicz""",
    ),
    (
        4,
        """eradicat erradic éradic éradiq fix fixing fixes coding tagging bumping build implement develop code coding patch build corrig correc correz beheb entwick desarroll implement sviluppo
        исправл разработ виправл düzelt geliştir 修复 开发 修正 実装 修補 수정 개발 구현 åtgärd naprawa fixing remediat version bump tag perbaik "khắc phục" "sửa lỗi" oploss oprav""",
    ),
    (
        5,
        """test verif validat review approv qa staging vérif revis prüf verific valid revis testing tested tests prüfung prüfen тестир проверк провер ревью перевір doğrula incele 测试 验证
        审查 审核 检查 校验 核对 比对 テスト 検証 確認 レビュー 테스트 검증 확인 리뷰 weryf during pendant während durante sırasında pengujian tinjau "kiểm tra" "kiểm thử" "xác minh" controle ověřen""",
    ),
    (
        6,
        """wiederanlauf wiederherstell deploy releas publish promot rollout roll-out ship merge merging execut recover recuper récup restor rétabl restaur restabl behob resol déploi bereitstell ausroll despl implant
        rilasc veröffentl lanz publica развер выпуск деплой релиз восстанов розгорт dağıt yayın kurtarma 部署 发布 上线 恢复 解决 デプロイ
        リリース 復旧 反映 배포 릴리스 복구 wdro launch shipping lanzar lanzam wdroż pemulih rilis penerap "triển khai" "khôi phục" "phát hành" uitrol nasaz obnov driftsätt""",
    ),
    (
        7,
        """monitor observ watch surveill überwach monitor supervis мониторинг наблюд моніторинг izleme 监控 观察 監視 모니터링 감시 communicat
        notif announc stakeholder kommunik comunic уведом bildirim 通知 公告 連絡 공지 pantau pemantau komunikas "giám sát" "theo dõi" "thông báo" bewak powiadom övervak sledov""",
    ),
    (
        8,
        """post-mortem postmortem post-incident retrospect learn follow-up "follow up" followup close closing closure clôture after syncing synchron post- aftermath backport sync
        back-merge clean clôtur après abschluss nach- nachbereit cierr posterior encerr después depois chius dopo закрыт после
        разбор kapan sonrası 复盘 总结 关闭 之后 事後 振り返り 終了 クローズ 사후 회고 종료 improv prevent document dokumentas penutup pasca "sau sự cố" "rút kinh nghiệm" afsluit nazorg zamkn podsumow uppfölj avslut efter uzavř""",
    ),
)
"""What happens in an emergency, in the usual order: a stem's number is its place."""

_CJK = re.compile("[\u3040-\u9fff\uac00-\ud7af\u0600-\u06ff\u0900-\u097f⏱⏰⏳]")


def _compiled(stems: str) -> re.Pattern[str]:
    """A stem stands for the words that begin with it; one of up to four letters for itself and its plural alone."""
    found = re.findall(r'"([^"]+)"|(\S+)', fold(stems))
    words = sorted({(quoted or single).casefold() for quoted, single in found}, key=len)[::-1]
    latin = [word for word in words if not _CJK.search(word)]
    prefixes = "|".join(re.escape(word) for word in latin if len(word) > SHORT or word.endswith("-"))
    whole = "|".join(re.escape(word) for word in latin if len(word) <= SHORT and not word.endswith("-"))
    free = "|".join(re.escape(word) for word in words if _CJK.search(word))
    begins = (
        rf"(?<![^\W\d_])(?:{prefixes}|(?:{whole})s?(?![^\W\d_]))"
        if whole
        else rf"(?<![^\W\d_])(?:{prefixes})"
    )
    return re.compile("|".join(part for part in (begins, free) if part))


SHORT = 4
"""Letters of a word that is too short to stand for all that begin with it: "slo" is in "slow"."""
_PATTERNS: dict[str, re.Pattern[str]] = {}


def stage(text: str) -> int | None:
    """The place in the usual order of what the text is about; None where it is about nothing of it."""
    found = stages(text)
    return found[0] if found else None


@lru_cache(REMEMBERED)
def stages(text: str) -> tuple[int, ...]:
    """Every place that the first word of a stage in the text may have: people are told while it lasts, and afterwards."""
    first = len(text)
    places: list[int] = []
    for place, stems in STAGES:
        name = f"stage {place}"
        if name not in _PATTERNS:
            _PATTERNS[name] = _compiled(stems)
        found = _PATTERNS[name].search(fold(text.casefold()))
        if found and found.start() <= first:
            places = [*places, place] if places and found.start() == first else [place]
            first = found.start()
    return tuple(places)


@lru_cache(REMEMBERED)
def about(concept: str, text: str) -> bool:
    """Whether the text has a word of the concept."""
    return find(concept, text) is not None


def find(concept: str, text: str) -> re.Match[str] | None:
    """The first word of the concept in the text; its places are those of the casefolded text."""
    pattern = _PATTERNS.get(concept)
    if pattern is None:
        pattern = _PATTERNS[concept] = _compiled(STEMS[concept])
    return pattern.search(fold(text.casefold()))
