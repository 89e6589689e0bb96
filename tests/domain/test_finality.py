"""Commands that nobody can take back, told by their own words."""

from __future__ import annotations

import pytest

from hotfix_tui.domain.finality import final, publishes

FINAL = """
git push --force origin main
git push -f
git push origin +main
git push --force-with-lease=main:abc origin main
git push origin main
git push origin HEAD:main
git push -u origin release/1.2
git push origin --tags
git push origin refs/tags/v1.2.4
git push origin tag v1.2.4
git push origin --delete hotfix/1
git push origin :refs/tags/v1.2.4
git tag -d v1.2.4
git branch -D hotfix/1
git reset --hard origin/main
git clean -fdx
git stash drop
rm -rf .git
sudo rm -rf /var/lib/app
/usr/bin/rm old.db
npm publish --force
npx lerna publish
pnpm -r publish
cargo publish
cargo yank --version 1.2.4
twine upload dist/app.whl
gem push app.gem
./gradlew publishToMavenCentral
mvn deploy
gh release delete v1.2.4
terraform destroy
kubectl delete deployment app -n live
helm uninstall app
heroku pg:reset DATABASE_URL
aws s3 rm s3://files --recursive
aws ec2 terminate-instances --instance-ids i-1
docker volume prune
dropdb live
redis-cli flushall
psql live -c "DROP TABLE users"
GIT_TRACE=1 git push --force
""".strip().splitlines()
HARMLESS = """
git push -u origin hotfix/1
git push origin hotfix/v1.2.4
git push --dry-run origin main
git push -n --force origin
git fetch --tags
git tag -a v1.2.4
git tag -l v1.*
git branch --show-current
git reset HEAD file
git revert --no-edit abc
git stash
cargo publish --dry-run
cargo test
npm test
npm run deploy:staging
npm version patch
kubectl rollout undo deployment/app
kubectl get pods
helm rollback app 3
gh release view v1.2.4
gh run list --workflow=publish.yml
aws s3 ls
docker ps
terraform plan
psql live -c "SELECT 1"
systemctl restart app
echo rm
""".strip().splitlines()


@pytest.mark.parametrize("line", FINAL)
def test_it_cannot_be_taken_back(line: str) -> None:
    """What publishes, deletes, rewrites or goes to a shared branch is final, whatever stands around it."""
    assert final(line.split())


@pytest.mark.parametrize("line", HARMLESS)
def test_it_can(line: str) -> None:
    """What reads, tries, goes to a branch of its own or goes back is not."""
    assert not final(line.split())


def test_what_publishes_is_told_from_what_deletes() -> None:
    """A pushed tag and a package publish; a deleted tag does not."""
    assert publishes(("git", "push", "origin", "refs/tags/v1"))
    assert publishes(("npm", "publish"))
    assert not publishes(("git", "push", "origin", "--delete", "refs/tags/v1"))
    assert not publishes(("rm", "-r", "dist"))
    assert not final(())
