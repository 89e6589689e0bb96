"""The names of shells' languages and of programs that shell lines begin with."""

from __future__ import annotations

_SHELLS = """
bash bash-session bashrc bat batch cli cmd commandline console dash dos fish ksh nu nushell posh
powershell ps ps1 pwsh sh sh-session shell shell-session shellscript shellsession terminal zsh
"""
_UNSAID = "text txt plain plaintext none code git example"
_PROGRAMS = """
act adb alias amtool ansible ansible-playbook ant apachectl apk apt apt-get argocd artisan at awk
aws az base64 bin/magento bq brew bump2version bumpversion bun bundle cargo case cat cd cdk certbot
certutil changeset chmod choco chown clickhouse-client clippy cmake code composer conda consul copy
copy-item cosign cp cpan cqlsh createdb crontab curl cut dart datadog-agent date del deno df diff
dig dir dmesg dnf do doas docker docker-compose doctl done dotnet dropdb drush du eas eb echo
ecs-cli egrep elixir else env eslint etcdctl eval exec exit explorer expo export fastlane fi find
firebase flutter flux fly flyctl for forge free function gcloud gem get-content get-process
get-service ggrep gh git glab go goreleaser gpg gradle gradlew grep grype gsed gsutil gunzip gzip
head helm heroku hg host htop http https hub hugo if ifconfig import-module influx invoke-restmethod
invoke-webrequest iostat ip ipconfig iptables istioctl java javac jekyll jest journalctl jq just k9s
kafka-topics kill killall kubectl kubectx kubens kustomize lerna less ln logcli ls lsof magento make
mamba mariadb md5sum mix mkcert mkdir mkdocs mongo mongodump mongorestore mongosh more mount msbuild
mv mvn mvnw mysql mysqldump nano nc net netlify netsh netstat new-item newrelic ng nginx ninja node
nohup nomad npm npx nslookup nuget nx oc open openssl packer pacman patch pdm perl pg_dump
pg_dumpall pg_restore php ping pip pip3 pipx pkill pm2 pnpm pod podman poetry pre-commit printf
promtool ps psql pulumi pwd pytest python python3 rabbitmqctl rails railway rake read readlink
realpath redis-cli reg remove-item restart-service rg rm rmdir rsync ruby rustc rustfmt rustup sam
sbt sc scoop scp screen sdkmanager sed semantic-release sentry-cli serverless service set
set-location sftp sha256sum shasum skaffold slack-cli sleep sls snap snyk sort source sqlite3 ss ssh
standard-version start start-service stop-service strace stripe su sudo supabase supervisorctl svn
swift syft symfony systemctl tail tar task taskkill tasklist tcpdump tee telnet terraform terragrunt
test then time tmux tofu top touch tox traceroute trivy tsc turbo twine type ufw uniq unset unzip
uptime uv vagrant vault vercel vi vim vitest vmstat vue watch wc wget whereis which while winget wp
wrangler write-host xargs xcodebuild xcopy xdg-open yarn yq yum zip
"""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHELLS = _names(_SHELLS)
"""What fences say whose content is for a shell."""
UNSAID = _names(_UNSAID) | {""}
"""What fences say that leave open what is inside."""
PROGRAMS = _names(_PROGRAMS)
"""Programs that people write in runbooks."""
