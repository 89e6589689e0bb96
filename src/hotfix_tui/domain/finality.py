"""Commands that nobody can take back, told by their own words, whatever the playbook says of them (SCREENS.md, level 3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

_AROUND = frozenset({"sudo", "doas", "env", "nice", "nohup", "time", "npx", "command"})
"""Programs that only start another one."""
_ONLY_TRIES = frozenset({"--dry-run", "--dryrun", "--check", "--what-if", "-WhatIf"})
_PUBLISHES = "what is published is taken by others at once, and stays with them"
_DELETES = "what it deletes is gone"
_REWRITES = "it rewrites what others have already"
_SHARED = "the others have it at once"

_FINAL: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:{words})(?!\S)"), why)
    for words, why in (
        (r"git push(?: \S+)* (?:--force(?:-with-lease(?:=\S+)?|-if-includes)?|-\w*f\w*|--mirror|\+\S+)", _REWRITES),
        (r"git push(?: \S+)* (?:--delete|-\w*d\w*|--prune|:\S+)", _DELETES),
        (r"git push(?: \S+)* (?:--tags|--follow-tags|--all|tag|\S*refs/tags/\S+)", _PUBLISHES),
        (r"git push(?: -\S+)* \S+ (?:\S+:)?(?:refs/heads/)?(?:main|master|develop|trunk|release/\S+)", _SHARED),
        (r"git (?:reset(?: \S+)* --hard|clean(?: \S+)* -\w*f\w*|filter-branch|filter-repo|gc --prune=now)(?: \S+)*", _DELETES),
        (r"git (?:branch(?: \S+)* -\w*D\w*|(?:branch|tag)(?: \S+)* (?:-\w*d\w*|--delete)|stash (?:drop|clear)|reflog expire)(?: \S+)*", _DELETES),
        (r"(?:rm|rmdir|shred|srm|dd|mkfs\S*|truncate|wipefs)(?: \S+)*", _DELETES),
        (r"(?:npm|pnpm|yarn|bun|cargo|poetry|uv|flit|hatch|pdm|lerna|rush|dart pub|flutter pub|mvn|sbt)(?: \S+)*? (?:publish|unpublish|yank)(?: \S+)*", _PUBLISHES),
        (r"(?:gem (?:push|yank)|twine upload|vsce publish|ovsx publish|dotnet nuget (?:push|delete)|nuget push|helm push)(?: \S+)*", _PUBLISHES),
        (r"(?:mvn|gradle|\./gradlew|gradlew)(?: \S+)*? (?:deploy|publish\w*|release:perform)(?: \S+)*", _PUBLISHES),
        (r"gh (?:release|repo|run|cache|secret|variable) delete(?:-asset)?(?: \S+)*", _DELETES),
        (r"(?:terraform|tofu|terragrunt|pulumi|cdk|serverless|sls|eksctl)(?: \S+)*? (?:destroy|down|delete|remove)(?: \S+)*", _DELETES),
        (r"(?:kubectl|oc|helm|flux|argocd|istioctl|az|gcloud|doctl|fly|flyctl|heroku)(?: \S+)*? (?:delete|uninstall|destroy|purge|\S+:destroy|pg:reset)(?: \S+)*", _DELETES),
        (r"aws(?: \S+)*? (?:rm|rb|(?:delete|terminate|deregister|purge)-\S+)(?: \S+)*", _DELETES),
        (r"(?:docker|podman)(?: \S+)*? (?:rm|rmi|prune)(?: \S+)*", _DELETES),
        (r"(?:dropdb|dropuser)(?: \S+)*|redis-cli(?: \S+)*? (?i:flushall|flushdb)(?: \S+)*", _DELETES),
        (r"(?:psql|mysql|mariadb|sqlite3|mongosh?|clickhouse-client)(?: \S+)*? .*\b(?i:drop|truncate|delete)\b.*", _DELETES),
    )
)  # fmt: skip
"""What a whole command begins with, and why nobody can take it back; the first that fits."""


MOST = 60
"""So many words of a command are looked at."""


def final(argv: Sequence[str]) -> str:
    """Why nobody can take this command back, as a phrase; empty where its words do not tell."""
    words = _own_words(argv)
    if not words or _ONLY_TRIES & set(words) or (words[0] in ("git", "npm", "cargo") and "-n" in words):
        return ""
    whole = " ".join(words[:MOST])
    return next((why for pattern, why in _FINAL if pattern.match(whole)), "")


def publishes(argv: Sequence[str]) -> bool:
    """Whether the command pushes a tag or publishes a package."""
    return final(argv) == _PUBLISHES


def _own_words(argv: Sequence[str]) -> list[str]:
    """The command without what only starts it, its program by its name alone."""
    words = list(argv)
    while words and (words[0] in _AROUND or re.match(r"[A-Za-z_]\w*=", words[0])):
        words.pop(0)
    if words and not words[0].startswith("./"):
        words[0] = PurePosixPath(words[0]).name
    return words
