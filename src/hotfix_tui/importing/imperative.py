"""Headings that say what to do: by how a verb ends where the language shows it, by the verb itself where it does not."""

from __future__ import annotations

import re
from functools import lru_cache

from hotfix_tui.importing.inline import unsigned
from hotfix_tui.importing.scripts import fold

_VERBS = """
access acknowledge activate adapt add adjust alert align analyse analyze announce apply approve archive
ask assemble assess assign attach authorize await back backport begin block branch bring build bump bundle call
cancel capture change check checkout cherry-pick choose classify clean cleanup clear clone close collect
commit communicate compare complete configure confirm connect contain continue coordinate copy create
cut decide declare define delete deploy describe detect determine diagnose disable discuss do document
double-check download draft drain drop edit enable ensure escalate establish evaluate execute export
extract fetch find finish fix follow force freeze gather generate get give go grant identify implement
import increase inform initialize initiate inspect install invalidate investigate invite involve isolate
join keep kill launch let locate lock login lower make mark merge migrate mitigate monitor move notify
observe obtain open page pause perform pick pin ping prepare prevent prioritize proceed promote protect
provide provision publish pull push put raise reach rebase rebuild recover redeploy reduce register reload
remediate remove repair replace replicate reproduce request reset resolve respond restart restore resume
retire retrieve return revert revoke roll rotate run save scale schedule search secure select send set
share ship shut sign snapshot solve squash stabilize start stop submit switch sync synchronize tag take
tell terminate trace track triage trigger try turn undo unlock update upgrade upload validate verify
wait warn watch wrap write
"""
"""Verbs that a heading of work begins with; words that are nouns as often (test, release, plan, log, report) are not here."""
_ENGLISH = frozenset(_VERBS.split())
_AGAIN = re.compile(r"^(?:re|un|de|pre|re-|un-|pre-)")
_FIRST = re.compile(
    r"^(?:[^\W\d_]{2,}(?:er|ir|oir|dre|tre|ire|ure|ar|are|ere)\s(?:l['’]|d['’]|(?:l[ea]s?|el|los|las|il|lo|gli|un|una|une|o|a|os|as|um|uma|des?|du)(?![^\W\d_]))"  # fr, es, pt, it
    r"|[^\W\d_]{2,}(?:ать|ять|ить|еть|уть|ыть|йти|сти|айте|ите|ться|ати|яти|ити|іть|йте)(?![^\W\d_])"  # ru, uk
    r"|(?:创建|建立|提交|推送|合并|部署|发布|回滚|通知|确认|检查|验证|测试|修复|执行|更新|打标签|切换|拉取|记录|分析|评估|收集|启动|停止|恢复|准备|关闭|清理|编写|运行|查看|删除|监控))",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(?:\s[a-zäöüß]{2,}(?:en|eln|ern)"  # de: a noun would be capital
    r"|\s(?:oluştur|yap|et|gönder|birleştir|al|doğrula|başlat|durdur|bildir|güncelle|yayınla|çek|ekle|sil)(?:[ıiuü]n)?|\s[^\W\d_]*[ğışçöü][^\W\d_]*m[ae]"  # tr
    r"|(?<!失敗)する|させる|します|行う|作る|戻す|上げる|消す|出す|見る|確認|実行|作成|更新|公開|適用|切り替え|反映|修正|マージ|デプロイ|プッシュ|依頼|連絡|記録|設定"  # ja
    r"|하기|한다|합니다|하세요|생성|확인|배포|수정|병합|푸시|실행|보고|알림|검사|검증|점검|차단|복구|전파|기록)$"  # ko
)
_OBJECT = re.compile(r"を\S")


@lru_cache(5000)
def is_imperative(title: str) -> bool:
    """Whether a heading, without its number, says what to do."""
    said = fold(re.sub(r"^[\W\d_]+", "", unsigned(title)).strip())
    return any(_tells(part.strip()) for part in (said, *said.split(":", 1)[1:]))


def _tells(said: str) -> bool:
    first = re.split(r"[\s/,.]", said, maxsplit=1)[0].casefold() if said else ""
    if first in _ENGLISH or _AGAIN.sub("", first) in _ENGLISH:
        return True
    return bool(_FIRST.match(said) or _LAST.search(said) or _OBJECT.search(said))
