from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotfix_tui.domain.redact import redact

MIXED = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8S9t0"
KEY = "-----BEGIN {0}PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nq83vEjRWeJCrze8=\n"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"

SECRETS = [
    ("private-key", KEY.format("RSA ") + "-----END RSA PRIVATE KEY-----", ""),
    ("private-key", KEY.format("OPENSSH ") + "and then the log was cut off", ""),
    ("private-key", KEY.format("") + "-----END PRIVATE KEY-----", ""),
    ("aws-key", "AKIA" + "IOSFODNN7EXAMPLE", ""),
    ("aws-key", "ASIA" + "IOSFODNN7EXAMPLE", ""),
    *(("github-token", f"gh{kind}_{MIXED}", "") for kind in "pousr"),
    ("github-token", f"github_pat_{MIXED}", ""),
    ("gitlab-token", f"glpat-{MIXED[:20]}", ""),
    ("slack-token", "xoxb-123456789012-abcDEF", ""),
    ("npm-token", f"npm_{MIXED[:36]}", ""),
    ("python-index-token", f"pypi-AgEIc{MIXED}", ""),
    ("crates-token", f"cio{MIXED[:32]}", ""),
    ("stripe-key", f"sk_live_{MIXED[:24]}", ""),
    ("google-key", f"AIza{MIXED[:35]}", ""),
    ("model-key", f"sk-proj-{MIXED}", ""),
    ("model-key", f"hf_{MIXED[:34]}", ""),
    ("sendgrid-key", f"SG.{MIXED[:22]}.{MIXED}", ""),
    ("jwt", JWT, ""),
    ("url-password", "kim:hunter2x", "https://{}@example.org/x.git"),
    ("url-password", ":hunter2x", "redis://{}@cache:6379/0"),
    ("url-password", "kim:p@ss@word", "postgres://{}@db/main"),
    ("url-password", "kim:p%2Fss", "amqp://{}@queue"),
    ("url-password", MIXED, "https://{}@example.org/x.git"),
    ("authorization", "Bearer abcdef123456", "Authorization: {}"),
    ("authorization", "Basic a2ltOmh1bnRlcjI=", "> authorization: {}"),
    ("authorization", "token abcdef123456", "curl -H 'Authorization: {}' x"),
    ("authorization", "Bearer abcdef123456", '{{"Authorization": "{}", "n": 1}}'),
    ("authorization", "Bearer abcdef123456", "authorization:{}"),
    ("authorization", "abcdef1234567890", "Authorization: {}"),
    ("secret", "hunter2x", "password={}"),
    ("secret", "hunter2x", "PASSWORD: {}"),
    ("secret", "hunter2x", "DB_PASSWORD={} started"),
    ("secret", "hunter2x", "PGPASSWORD={}"),
    ("secret", "hunter2x", "dbPassword={};x=1"),
    ("secret", '"hunter2x"', '{{"password": {}}}'),
    ("secret", "'two words'", "secret = {}"),
    ("secret", "correcthorse", "passphrase: {}"),
    ("secret", "abcdef12", "https://example.org/?token={}&page=2"),
    ("secret", "abcdef12", "X-Api-Key: {}"),
    ("secret", "wJalrXUtnFEMI/K7MDENG", "AWS_SECRET_ACCESS_KEY={}"),
    ("secret", "abcdef12", "client_secret={}"),
    ("secret", "hunter2x", "mysqldump --password {} main"),
    ("secret", "abcdef12", "deploy --api-token {}"),
]
"""The kind, the secret, and where it stands; without a place it stands in the middle of a line of a log."""

ORDINARY = [
    "3f786850e387550fdab836ed7e6dc881de23001b Fix the crash",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "550e8400-e29b-41d4-a716-446655440000",
    "2026-11-21T03:13:01Z ERROR [/api] bad path id=17 GET /api 200 41ms",
    "git@example.org:team/app.git",
    "ssh://git@example.org/team/app.git",
    "https://example.org:8443/path?next=kim@example.org",
    "https://example.org/a:b@c",
    "mail kim@example.org at 03:14",
    "Merge branch 'hotfix/v1.0.5' into main",
    "the password was changed at 03:10; the token had expired",
    "forgot password? ask the secretary: Robin",
    "tokens=12345678 monkey: bananas keyboard=qwertyui",
    "password= and token=no",
    "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkq\n-----END PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+g\n-----END CERTIFICATE-----",
    "Authorization: denied for kim",
    "risk-free task-force disk-usage-of-the-whole-machine-is-at-93-percent",
    "--token --password",
    "Password:\nRestarting the server",
    "AKIAnot a key, ghp_tooshort, eyJhbGci.only.parts",
]


@pytest.mark.parametrize(
    ("kind", "secret", "where"), SECRETS, ids=[f"{row[0]}-{i}" for i, row in enumerate(SECRETS)]
)
def test_a_secret_is_taken_out_and_counted(kind: str, secret: str, where: str) -> None:
    """The secret leaves, its kind stays, what stands around it stays, and it counts once."""
    line = (where or "03:14 WARN used {} for the upload").format(secret)
    before, _, after = line.partition(secret)
    text, count = redact(line)
    assert secret not in text
    assert text.startswith(before)
    assert f"‹redacted:{kind}›" in text
    assert count == 1
    assert text == f"{before}‹redacted:{kind}›{after}" or secret.endswith("cut off")


@pytest.mark.parametrize("line", ORDINARY)
def test_an_ordinary_line_is_left_alone(line: str) -> None:
    """Commit ids, digests, addresses without a password and talk about passwords are no secrets."""
    assert redact(line) == (line, 0)


def test_every_secret_of_a_text_is_counted() -> None:
    """A whole log: each one leaves, the number is theirs, and the ordinary lines between them are as before."""
    lines = [
        (where or "used {} here").format(secret) for _, secret, where in SECRETS if "KEY--" not in secret
    ]
    ordinary = [line for text in ORDINARY for line in text.split("\n")] * 3
    mixed = [part for pair in zip(lines, ordinary, strict=False) for part in pair]
    text, count = redact("\n".join(mixed))
    assert count == len(lines)
    assert text.split("\n")[1::2] == ordinary[: len(lines)]
    assert not set(lines) & set(text.split("\n"))


@given(st.lists(st.sampled_from([row[1] for row in SECRETS] + ORDINARY) | st.text(max_size=12)).map(" ".join))
def test_what_was_redacted_holds_nothing_more_to_redact(text: str) -> None:
    """Redacting twice changes and counts nothing more."""
    once, _ = redact(text)
    assert redact(once) == (once, 0)


@given(st.sampled_from([row for row in SECRETS if not row[2]]), st.text(max_size=30), st.text(max_size=30))
def test_a_secret_leaves_whatever_stands_around_it(
    row: tuple[str, str, str], before: str, after: str
) -> None:
    """Blanks around it are enough to see it by its shape."""
    secret = row[1]
    assert secret not in redact(f"{before} {secret} {after}")[0]


@pytest.mark.parametrize("piece", ["-", "a-", "://a:", "password\t", "-----BEGIN ", "eyJ", "--a", "SG."])
def test_hostile_text_takes_no_longer_than_other_text(piece: str) -> None:
    """No piece of a shape, repeated, makes the search go over the same text again and again."""

    def seconds(size: int) -> float:
        text, best = piece * size, float("inf")
        for _ in range(3):
            started = time.process_time()
            redact(text)
            best = min(best, time.process_time() - started)
        return best

    assert seconds(16_000) < 12 * max(seconds(4_000), 0.001)
