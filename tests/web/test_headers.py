"""Every answer carries the security headers, errors and fragments included."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "path", ["/", "/nothing-here", "/providers/stripe", "/providers/nope", "/healthz", "/assets/nope.js", "/search?q=x"]
)
def test_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_fragments_are_not_kept_by_any_cache(client: FlaskClient) -> None:
    answer = client.post("/providers/stripe/postcheckoutsessionssession/snippet", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_client_cannot_set_a_host_in_our_pages_when_hosts_are_named(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Host": 'evil.example"><script>'})
    assert b"<script>evil" not in answer.data
