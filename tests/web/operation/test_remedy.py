"""After a 401 or 403 the page says what is missing, and shows the button that mends it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from playground.catalog.model import Entry, Operation, Provider, SchemeUse, SecurityScheme
from playground.messages import Headers, HTTPResponse
from playground.web.operation.remedy import Remedy, find_remedy

OAUTH = SecurityScheme(name="oauth", type="oauth2", flows={})
NEEDS = ((SchemeUse(scheme="oauth", scopes=("read", "write")),),)
ENTRY = Entry(
    provider=Provider(name="p", title="P", security_schemes=(OAUTH,)),
    operation=Operation(name="o", method="GET", path="/", security=NEEDS),
    definitions={},
)


def after(status: int, *challenges: str, saved: dict[str, Any] | None = None, sent: bool = True) -> Remedy | None:
    headers = Headers.of(("WWW-Authenticate", text) for text in challenges)
    return find_remedy(ENTRY, None, HTTPResponse(status=status, headers=headers), saved or {}, sent=sent)


def oauth(**members: Any) -> dict[str, Any]:
    return {"credential": {"type": "oauth2", "accessToken": "t", **members}}


@pytest.mark.parametrize("status", [200, 400, 404, 429, 500])
def test_other_answers_need_no_mending(status: int) -> None:
    assert after(status, 'Bearer realm="x"') is None


def test_without_a_credential_it_names_what_the_api_asks_for() -> None:
    made = after(401, 'Bearer realm="shop"', 'Digest realm="old", nonce="n"', sent=False)
    assert made is not None
    assert made.sentences == (
        "The API asks for a bearer token for “shop” or HTTP Digest for “old”, and none were sent.",
    )
    assert (made.label, made.action) == ("Add credentials", "open")
    bare = after(403, sent=False)
    assert bare is not None
    assert bare.sentences == ("The API asks for credentials, and none were sent.",)


def test_a_refusal_that_says_nothing_of_credentials_is_not_said_to_ask_for_them() -> None:
    silent = replace(ENTRY, operation=replace(ENTRY.operation, security=()))
    made = find_remedy(silent, None, HTTPResponse(status=403), {}, sent=False)
    assert made is not None
    assert made.sentences == ("The API refuses the request. No credentials were sent: add them if it wants some.",)
    unsaid = find_remedy(silent, None, HTTPResponse(status=401), {}, sent=False)
    assert unsaid is not None
    assert "asks for credentials" in unsaid.sentences[0]


def test_missing_scopes_are_the_apis_word_first() -> None:
    made = after(403, 'Bearer error="insufficient_scope", scope="read admin"', saved=oauth(scopes=["read"]))
    assert made is not None
    assert made.sentences == ("The token lacks the scope admin.",)
    assert (made.action, made.scopes) == ("scopes", "admin")


def test_missing_scopes_are_the_descriptions_word_otherwise() -> None:
    made = after(403, saved=oauth(scopes=["read"]))
    assert made is not None
    assert (made.action, made.scopes) == ("scopes", "write")
    held = after(403, saved=oauth(scopes=["read", "write"]))
    assert held is not None
    assert held.sentences[-1] == "These credentials may not do this."


def test_a_refused_token_says_why_and_is_renewed_where_it_can_be() -> None:
    said = 'Bearer error="invalid_token", error_description="The token expired"'
    made = after(401, said, saved=oauth() | {"renewable": True})
    assert made is not None
    assert made.sentences[0] == "The API does not accept these credentials: The token expired."
    assert made.renew
    assert (made.label, made.action) == ("Sign in again", "sign-in")
    once = after(401, said, saved=oauth())
    assert once is not None
    assert not once.renew


def test_another_scheme_than_the_one_sent_is_named() -> None:
    made = after(401, 'Basic realm="x"', saved={"credential": {"type": "bearer", "token": "t"}})
    assert made is not None
    assert made.sentences == (
        "The API does not accept these credentials.",
        "It asks for a user name and password (Basic) for “x”.",
    )
    same = after(401, 'Bearer realm="x"', saved={"credential": {"type": "bearer", "token": "t"}})
    assert same is not None
    assert len(same.sentences) == 1


def test_hidden_characters_of_an_api_are_not_shown() -> None:
    made = after(401, 'Bearer error_description="a\u202eb\u200bc"', saved=oauth())
    assert made is not None
    assert "a b c" in made.sentences[0]


@pytest.mark.parametrize("saved", [{"credential": 1}, {"credential": {"scopes": 5}}, {"credential": {"type": []}}])
def test_rubbish_beside_a_credential_is_no_error(saved: dict[str, Any]) -> None:
    assert after(401, saved=saved) is not None
    assert after(403, saved=saved) is not None
