"""A site is local or hosted, by one rule."""

from __future__ import annotations

import pytest

from playground.config import Mode, Settings, mode_of
from playground.environment import from_environ


@pytest.mark.parametrize(
    ("host", "environ", "local", "reason"),
    [
        ("127.0.0.1", {}, True, "only this machine can reach 127.0.0.1"),
        ("localhost", {}, True, "only this machine can reach localhost"),
        ("::1", {}, True, "only this machine can reach ::1"),
        ("127.0.0.9", {}, True, "only this machine can reach 127.0.0.9"),
        ("0.0.0.0", {}, False, "other machines can reach 0.0.0.0"),  # noqa: S104 - compared, not bound
        ("::", {}, False, "other machines can reach ::"),
        ("", {}, False, "other machines can reach every address"),
        ("192.168.1.5", {}, False, "other machines can reach 192.168.1.5"),
        ("localhost.evil.example", {}, False, "other machines can reach localhost.evil.example"),
        ("127.0.0.1", {"PLAYGROUND_TRUSTED_HOSTS": "try.example.com"}, False, "PLAYGROUND_TRUSTED_HOSTS is set"),
        ("127.0.0.1", {"PLAYGROUND_PROXY_HOPS": "1"}, False, "PLAYGROUND_PROXY_HOPS is set"),
        (None, {}, False, "another server than `playground serve` runs it"),
    ],
)
def test_a_site_is_local_where_nobody_but_its_user_reaches_it(
    host: str | None, environ: dict[str, str], local: bool, reason: str
) -> None:
    assert mode_of(from_environ(environ), host) == Mode(local, reason)


def test_settings_are_those_of_a_hosted_site_unless_a_server_says_otherwise() -> None:
    assert not Settings().local
