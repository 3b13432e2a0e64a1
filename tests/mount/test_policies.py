"""Which policies of an application around the site let its pages work."""

from __future__ import annotations

import pytest

from playground.mount.policies import forbidden_by
from playground.text.wording import Said
from playground.web.security import POLICY


@pytest.mark.parametrize(
    "policy",
    ["", ";", "default-src 'self'", "default-src *", "img-src 'none'", "frame-ancestors 'none'",
     "default-src https: 'self'",
     "script-src 'self' 'unsafe-inline'; style-src 'self'", "sandbox allow-scripts allow-forms allow-same-origin",
     POLICY + "'self'"],
)  # fmt: skip
def test_a_policy_that_allows_the_own_origin_is_fine(policy: str) -> None:
    assert forbidden_by([policy]) == ""


@pytest.mark.parametrize(
    ("policy", "named"),
    [
        ("default-src 'none'", ["script-src", "style-src", "connect-src"]),
        ("script-src 'none'", ["script-src"]),
        ("default-src 'self'; script-src 'nonce-abc' 'strict-dynamic' 'self'", ["script-src"]),
        ("script-src 'sha256-abc'", ["script-src"]),
        ("default-src 'self'; style-src https://cdn.example.com", ["style-src"]),
        ("connect-src 'none'", ["connect-src"]),
        ("form-action 'none'", ["form-action"]),
        ("default-src 'self', script-src 'none'", ["script-src"]),
        ("SCRIPT-SRC 'NONE'", ["script-src"]),
        ("sandbox", ["sandbox"]),
    ],
)
def test_what_a_policy_forbids_is_named(policy: str, named: list[str]) -> None:
    sentence = forbidden_by([policy])
    assert sentence.startswith("The application around this site sends a Content-Security-Policy that forbids ")
    assert isinstance(sentence, Said), "a page says it in its reader's language"
    directives = ("script-src", "style-src", "connect-src", "form-action", "sandbox")
    assert [name for name in directives if name in sentence] == named


def test_all_of_several_policies_hold() -> None:
    assert "script-src" in forbidden_by(["default-src 'self'", "script-src 'none'"])
