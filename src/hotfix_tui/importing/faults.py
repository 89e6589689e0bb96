"""Headings that name what is broken ("Database down"): cards for kinds of emergencies, and no steps of one."""

from __future__ import annotations

import re

from hotfix_tui.importing.scripts import fold

_FAULT = re.compile(
    r"(?i)\b(?:fail(?:s|ed|ing|ures?)|down|outage|unresponsive|unavailable|crash(?:es|ed|ing)?|time-?outs?|stuck|full"
    r"|not\s(?:respond|work|start|load|connect)\w*|exhaust\w+|leak\w*|overload\w*|corrupt\w*|breach\w*|compromised?|degrad(?:ed|ation|ad[ao]|é\w*)|loss|ko|spikes?|exposure|ransomware|malware|d?dos|attacks?|threats?|intrusion|exploit\w*|phishing|angriff\w*|attaques?|ataques?|saldırı\w*|атак\w*|issues?|problems?|probleme|problèmes?|problemas?|проблем\w*|inaccesible|brecha|perte|pérdida|perda|verlust"
    r"|high\s(?:cpu|memory|latency|error)\w*|slow\w*|lost"
    r"|ausfall|nicht\serreichbar|panne|indisponible|ne\srépond\spas|caíd[oa]s?|no\sresponden?|fall[ao]s?|caiu|falhas?|indisponível"
    r"|не\sработает|недоступ\w*|сбо[йи]|отказ\w*|çalışmıyor|çöktü|erişilemiyor)\b"
    r"|故障|攻击|攻撃|공격|(?:でき|開け|起動し|つながら|動か)ない|不足|异常|超时|失败|宕机|不可用|崩溃|泄[露漏]|误触发|障害|落ち|応答しない|失敗|장애|다운|오류|실패"
)


def names_fault(title: str) -> bool:
    """Whether a heading names something that is broken."""
    return bool(_FAULT.search(fold(title)))
