"""Which fences can be run in a shell, apart from output, configuration, diagrams, chat and comments only."""

from __future__ import annotations

import re

SHELLS = frozenset(
    "bash sh shell zsh console shell-session shellsession sh-session bash-session terminal powershell ps1 ps pwsh posh cmd bat "
    "batch fish shellscript ksh dos dash nushell nu commandline cli bashrc".split()
)
UNSAID = frozenset({"", "text", "txt", "plain", "plaintext", "none", "code", "git", "example"})
"""Languages that leave open what is inside."""
PROGRAMS = frozenset(
    """git gh glab hub svn hg npm npx pnpm yarn bun node deno python python3 pip pip3 pipx poetry uv pdm conda mamba pytest tox
    cargo rustup rustc go make cmake ninja mvn mvnw gradle gradlew java javac ant sbt dotnet nuget msbuild ruby bundle gem rake
    rails php composer artisan drush perl cpan elixir mix swift xcodebuild fastlane pod flutter dart tsc eslint jest vitest
    docker docker-compose podman kubectl helm kustomize k9s kubectx kubens oc skaffold argocd flux istioctl terraform tofu
    terragrunt pulumi ansible ansible-playbook vagrant packer aws gcloud gsutil bq az doctl heroku vercel netlify fly flyctl
    railway supabase firebase wrangler sam cdk serverless sls eb ecs-cli ssh scp sftp rsync curl wget http https ping dig
    nslookup host traceroute nc telnet openssl gpg systemctl service journalctl supervisorctl pm2 nginx apachectl certbot
    ps top htop kill pkill killall lsof netstat ss df du free uptime vmstat iostat dmesg strace tcpdump iptables ufw mount
    ls cd cp mv rm mkdir rmdir touch cat less more head tail grep egrep rg awk sed cut sort uniq wc xargs find tee tar gzip gunzip
    zip unzip chmod chown ln readlink realpath pwd echo printf read export unset env set source eval exec exit test time
    watch sleep date which whereis type alias sudo su doas apt apt-get apk yum dnf pacman brew choco winget scoop snap
    psql pg_dump pg_restore pg_dumpall createdb dropdb mysql mysqldump mariadb mongo mongosh mongodump mongorestore redis-cli
    sqlite3 influx cqlsh clickhouse-client kafka-topics rabbitmqctl consul vault nomad etcdctl jq yq vi vim nano code open
    xdg-open start explorer semantic-release changeset lerna nx turbo standard-version bumpversion bump2version twine
    goreleaser trivy snyk grype syft cosign act pre-commit logcli promtool amtool sentry-cli datadog-agent newrelic crontab
    at nohup screen tmux base64 sha256sum md5sum shasum diff patch for while if case do done then fi else function
    adb sdkmanager gsed ggrep netsh ipconfig ifconfig ip taskkill tasklist sc reg net dir copy xcopy del
    new-item get-service stop-service start-service restart-service get-process invoke-webrequest invoke-restmethod
    set-location get-content write-host remove-item copy-item import-module eas expo ng vue rustfmt clippy just task
    wp magento bin/magento symfony forge certutil nslookup mkcert hugo jekyll mkdocs pulumi stripe slack-cli""".split()
)
_COMMENT = re.compile(r"^\s*(#(?!!)|//|REM\b|::|--\s)", re.IGNORECASE)
_HEREDOC = re.compile(r"<<-?\s*['\"]?(\w+)['\"]?")
_PROMPT = re.compile(r"^\s*(?:\[?[\w.@~:/-]*\]?[$%#❯➜]|PS [A-Z]:[^>]*>|[A-Z]:\\[^>]*>)\s+(?=\S)")
_PROSE = re.compile(
    r"^(?:\d+[.)]\s|[-*•+]\s|[@>|]|[^\x00-\x7f]|\"[^\"]*\"$|'[^']*'$|[A-Z][\w /-]{0,30}:\s|[A-Z][\w /-]{0,30}:$|[\[<{(]|[#=~*]{3})"
)
_METRIC = re.compile(r"^[\w.]+(?:[({][^)}]*[)}])?\s*(?:[<>]=?|==?|!=)\s*[\d\"'$]|^\w+\([^)]*\)\s*[<>/*]|^(?:SELECT|UPDATE|INSERT|DELETE|ALTER|CREATE|DROP|SHOW)\s")
_WORD = re.compile(r"^(?:[A-Z_][A-Z0-9_]*=(?:\"[^\"]*\"|'[^']*'|\$\([^)]*\)|\S*)\s*)*(?P<word>\S*)")
_ASSIGN = re.compile(r"^[A-Za-z_]\w*=(?:\S|$)")


def is_runnable(language: str, text: str) -> bool:
    """Whether a fence's text can be run in a shell: a shell's language, or a shell's content."""
    lines = _code_lines(text)
    if not lines:
        return False
    if language in SHELLS:
        return any(_is_command(line) for line in lines)
    if language not in UNSAID:
        return False
    known = sum(_is_known(line) for line in lines)
    return known * 3 >= len(lines) * 2 and known > 0


def _code_lines(text: str) -> list[str]:
    """Lines that begin a command: no comments, blanks, continued lines, bodies of heredocs or open quotes."""
    lines, until, more, quote = [], "", False, ""
    for line in text.split("\n"):
        stripped = line.strip()
        if until:
            until = "" if stripped == until else until
            continue
        if quote:
            quote = "" if line.count(quote) % 2 else quote
            continue
        if stripped and not more and not _COMMENT.match(line):
            lines.append(stripped)
        heredoc = _HEREDOC.search(line)
        until = heredoc[1] if heredoc else ""
        more = stripped.endswith(("\\", "&&", "||", "|", "`")) and not stripped.startswith("#")
        if not stripped.startswith("#"):
            quote = next((q for q in ('"', "'") if line.count(q) % 2 and "=" not in stripped[:1]), "")
            if quote == "'" and re.search(r"\w'\w", line):
                quote = ""
    return lines


def _is_known(line: str) -> bool:
    """Whether a line begins with a program that is known, or a script's path."""
    prompt = _PROMPT.match(line)
    if prompt:
        return True
    word = _WORD.match(line)
    first = word["word"] if word else ""
    return (
        first.lower().removesuffix(".exe") in PROGRAMS and not re.match(r"^[A-Z][a-z]", first)
    ) or first.startswith(("./", "../", "~/", "/usr/", "/opt/", "/bin/", "$(", "scripts/", "bin/", "script/"))


def _is_command(line: str) -> bool:
    """Whether a line in a shell's fence is a command, and not prose, chat or a measure."""
    if _is_known(line) or _ASSIGN.match(line):
        return True
    if _PROSE.match(line) or _METRIC.match(line):
        return False
    words = line.split()
    if words and not re.match(r"^[\w./$~{%-]+$", words[0]):
        return False
    capital = bool(words) and bool(re.match(r"^[A-Z][a-z]+$", words[0]))
    return not (capital and len(words) > 2) and not line.endswith((".", ":", "?", "!"))
