"""Names that say "secret", and names that only look like it."""

from __future__ import annotations

import pytest

from playground.secrets.detect import is_secret_name


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
