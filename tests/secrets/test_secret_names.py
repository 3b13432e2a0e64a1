"""Names that say "secret", and names that only look like it; the page carries the pattern for its script."""

from __future__ import annotations

import pytest

from playground.secrets.detect import NAME_PATTERN, is_secret_name
from tests.support.needs import ROOT


@pytest.mark.parametrize(
    "name",
    ["api_key", "apiKey", "X-Api-Key", "x-auth-token", "access_token", "accessToken", "token", "client_secret",
     "clientSecret", "bot_token",
     "secret", "password", "newPassword", "passwd", "Authorization", "refresh_token", "id_token", "private_key",
     "session-token", "subscription-key", "Ocp-Apim-Subscription-Key", "db.password", "user/password", "query.token",
     "passphrase", "pwd", "appKey"],
)  # fmt: skip
def test_a_secrets_name(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["page_token", "pageToken", "nextToken", "continuationToken", "sync_token", "key", "keys", "keyword", "tokens",
     "token_type",
     "secretary", "passwordless", "monkey", "author", "id", "session", "Idempotency-Key", "ClientToken", "primaryKey",
     "authorization_url", "session_id"],
)  # fmt: skip
def test_no_secrets_name(name: str) -> None:
    # ClientToken is how Amazon's APIs call an idempotency key; it is one letter case from a secret and counts as one.
    assert is_secret_name(name) == (name == "ClientToken")


def test_the_pattern_is_written_once() -> None:
    part = "passphrase|authorization"
    assert part in NAME_PATTERN
    files = [path for folder in ("static", "templates", "playground") for path in (ROOT / folder).rglob("*")]
    holders = [path.name for path in files if path.suffix in (".js", ".html", ".py") and part in path.read_text()]
    assert holders == ["detect.py"]
