"""Readers sign in at a real OpenID provider; whatever is forged, replayed or led elsewhere signs nobody in."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import OctKey, RSAKey

from playground.app import create_app
from playground.config import Settings, SettingsError
from playground.environment import from_environ
from playground.web.signin.cookies import BEGUN, HOST_READER, READER
from tests.support.identity import ADA, CLIENT, SECRET, OpenIDProvider
from tests.support.pages import opened, parsed, site_of, words
from tests.web.signin.conftest import DOCUMENTS, KEY, RULES, come_back, go_there, nobody_is, seen, settings_for, sign_in


def test_a_reader_signs_in_sees_what_the_rules_say_and_signs_out(client: FlaskClient, provider: OpenIDProvider) -> None:
    assert seen(client) == {"open"}
    hidden = client.get("/providers/payroll/list")
    assert hidden.status_code == 404 and 'href="/signin"' in hidden.text
    asked = client.get("/signin", headers={"Referer": "http://localhost/providers/payroll/list?x=1"})
    button = parsed(asked.text).select("main a.button")[0]
    assert (words(button), asked.headers["Cache-Control"]) == (f"Sign in at 127.0.0.1:{provider.port}", "no-store")
    assert button["href"] == "/signin/begin?to=/providers/payroll/list?x%3D1"
    back = sign_in(client, "/providers/payroll/list?x=1")
    assert (back.status_code, back.headers["Location"]) == (303, "/providers/payroll/list?x=1")
    assert seen(client) == set(DOCUMENTS)
    page = client.get("/providers/payroll/list")
    assert page.status_code == 200 and ">Signed in</a>" in page.text
    account = client.get("/signin")
    assert words(parsed(account.text).select("main")[0]).count("ada@example.com") == 1
    assert [badge.text for badge in parsed(account.text).select("main .badge")] == ["hr"]
    out = client.post("/signin/out")
    leads_on = parsed(out.text).select("main a")[-1]["href"]
    assert out.headers["Refresh"] == f"0; url={leads_on}"
    assert dict(parse_qsl(urlsplit(str(leads_on)).query)) == {
        "client_id": CLIENT, "post_logout_redirect_uri": "http://localhost/signin",
    }  # fmt: skip
    assert seen(client) == {"open"} and ">Sign in</a>" in client.get("/providers/open/list").text


def test_what_is_asked_of_the_provider(newcomer: FlaskClient, provider: OpenIDProvider) -> None:
    sign_in(newcomer)
    (_, asked), (_, token) = ((path, said) for path, said in provider.asked if path in ("/authorize", "/token"))
    assert (asked["response_type"], asked["scope"], asked["code_challenge_method"]) == ("code", "openid email", "S256")
    assert asked["redirect_uri"] == token["redirect_uri"] == "http://localhost/signin/callback"
    assert len(asked["state"]) >= 32 and len(asked["nonce"]) == len(token["code_verifier"]) == 43
    assert asked["nonce"] not in (asked["state"], token["code_verifier"], asked["code_challenge"])
    assert token["Authorization"].startswith("Basic ") and "client_secret" not in token
    provider.asked.clear()
    sign_in(newcomer)
    assert [path for path, _ in provider.asked] == ["/authorize", "/token"], "what it says of itself is remembered"


def test_nothing_of_a_sign_in_is_shown_kept_or_logged(
    client: FlaskClient, provider: OpenIDProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    back = sign_in(client, "/providers")
    secrets = {SECRET, *provider.tokens}
    for path, said in provider.asked:
        secrets |= {said[name] for name in ("state", "nonce", "code_verifier", "code") if name in said}
        assert path != "/userinfo"
    pages = [client.get(one).text for one in ("/", "/signin", "/providers/payroll/list", "/metrics")]
    # What the provider itself and the browser of this test write is theirs.
    ours = (
        one for one in caplog.records if not one.name.startswith("authlib") and "/authorize?" not in one.getMessage()
    )
    told = [back.text, *pages, *(record.getMessage() for record in ours)]
    assert not [secret for secret in secrets for text in told if secret in text]
    cookies = [line for line in back.headers.getlist("Set-Cookie") if line.startswith(READER)]
    assert len(cookies) == 1 and not any(secret in cookies[0] for secret in secrets)
    assert {part.strip() for part in cookies[0].split(";")[1:]} >= {"HttpOnly", "SameSite=Lax", "Path=/"}
    assert (back.headers["Cache-Control"], back.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert client.get_cookie(BEGUN, path="/signin") is None


def test_over_https_the_cookies_are_secure_and_of_this_host(app: Flask, provider: OpenIDProvider) -> None:
    client = app.test_client()
    client.environ_base |= {"wsgi.url_scheme": "https", "HTTP_SEC_FETCH_SITE": "same-origin"}
    begun = client.get("/signin/begin", base_url="https://localhost")
    there = requests.get(begun.headers["Location"], allow_redirects=False, timeout=20)
    back = client.get(there.headers["Location"].removeprefix("https://localhost"), base_url="https://localhost")
    written = [*begun.headers.getlist("Set-Cookie"), *back.headers.getlist("Set-Cookie")]
    assert all("; Secure; HttpOnly;" in line for line in written), written
    assert any(line.startswith(f"{HOST_READER}=") for line in written)
    assert "ada@example.com" in client.get("/signin", base_url="https://localhost").text
    out = client.post("/signin/out", base_url="https://localhost")
    assert "ada@example.com" not in client.get("/signin", base_url="https://localhost").text
    assert all("Max-Age=0" in line for line in out.headers.getlist("Set-Cookie"))


FORGED: list[tuple[str, dict[str, Any], str]] = [
    ("another nonce", {"nonce": "x" * 43}, "nonce"),
    ("no nonce", {"nonce": None}, "nonce"),
    ("another issuer", {"iss": "https://evil.example.com"}, "iss"),
    ("no issuer", {"iss": None}, "iss"),
    ("another audience", {"aud": "somebody-else"}, "aud"),
    ("no audience", {"aud": None}, "aud"),
    ("two audiences and no party", {"aud": [CLIENT, "somebody-else"]}, "azp"),
    ("another party", {"azp": "somebody-else"}, "azp"),
    ("over", {"exp": int(time.time()) - 3600}, "exp"),
    ("no end", {"exp": None}, "exp"),
    ("not yet", {"nbf": int(time.time()) + 3600}, "nbf"),
    ("made later", {"iat": int(time.time()) + 3600}, "iat"),
    ("of another access token", {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "at_hash"),
    ("of nobody", {"sub": None}, "sub"),
    ("an end that is no number", {"exp": "tomorrow"}, "exp"),
]


@pytest.mark.parametrize(("what", "claims", "claim"), FORGED, ids=[row[0] for row in FORGED])
def test_an_id_token_that_is_not_for_this_sign_in(
    client: FlaskClient, provider: OpenIDProvider, what: str, claims: dict[str, Any], claim: str
) -> None:
    provider.claims = claims
    assert f"not for this sign-in ({claim})" in nobody_is(client, sign_in(client))


def test_an_id_token_that_nobody_or_somebody_else_has_signed(client: FlaskClient, provider: OpenIDProvider) -> None:
    own, alg = provider.signs, provider.alg
    of_the_same_name = RSAKey.generate_key(2048, {"kid": "first"})
    shared = OctKey.import_key(SECRET, {"kid": "first"})
    modulus = OctKey.import_key(str(own.as_dict(private=False)["n"]), {"kid": "first"})
    for key, forged in ((None, "none"), (of_the_same_name, alg), (modulus, "HS256"), (shared, "HS256")):
        provider.signs, provider.alg = key, forged
        assert "not signed by a key of the identity provider" in nobody_is(client, sign_in(client)), forged
    provider.signs, provider.alg = own, alg
    assert sign_in(client).status_code == 303


@pytest.mark.parametrize("kid", ["second", "first", ""])
def test_keys_are_changed(newcomer: FlaskClient, provider: OpenIDProvider, kid: str) -> None:
    assert sign_in(newcomer).status_code == 303
    provider.rotate(kid=kid)
    provider.published[:0] = [{"kty": "NEW"}, {"kty": "RSA", "n": "?"}, {"kty": "oct", "k": "AAAA"}]
    assert sign_in(newcomer).status_code == 303
    assert [path for path, _ in provider.asked].count("/keys") == 2
    assert sign_in(newcomer).status_code == 303
    assert [path for path, _ in provider.asked].count("/keys") == 2


def test_a_callback_that_this_browser_has_not_begun(app: Flask, client: FlaskClient, provider: OpenIDProvider) -> None:
    victim = app.test_client()
    address = go_there(client)
    for wrong in (address, address.replace("state=", "state=x"), "/signin/callback?code=x", "/signin/callback"):
        assert "has not begun that sign-in" in nobody_is(victim, come_back(victim, wrong))
    other = go_there(victim)
    state = dict(parse_qsl(urlsplit(address).query))["state"]
    swapped = other.replace(dict(parse_qsl(urlsplit(other).query))["state"], state)
    assert "has not begun" in nobody_is(victim, come_back(victim, swapped))
    # The attacker's code with the victim's own state: it is bound to another verifier.
    code = dict(parse_qsl(urlsplit(address).query))["code"]
    injected = other.replace(dict(parse_qsl(urlsplit(other).query))["code"], code)
    assert "refused" in nobody_is(victim, come_back(victim, injected))


def test_an_answer_is_taken_once_and_only_for_ten_minutes(
    client: FlaskClient, app: Flask, provider: OpenIDProvider
) -> None:
    address = go_there(client)
    kept = client.get_cookie(BEGUN, path="/signin")
    assert kept is not None
    assert come_back(client, address).status_code == 303
    client.delete_cookie(READER)
    assert "has not begun" in nobody_is(client, come_back(client, address))
    # Who puts the cookie back meets the provider, for which the code is used up.
    client.set_cookie(BEGUN, kept.value, path="/signin")
    assert "refused" in nobody_is(client, come_back(client, address))


def test_an_answer_of_another_provider_is_not_used(client: FlaskClient, provider: OpenIDProvider) -> None:
    provider.answer = {"iss": "https://evil.example.com"}
    assert "another identity provider" in nobody_is(client, sign_in(client))
    assert not [path for path, _ in provider.asked if path == "/token"], "the code goes nowhere"
    provider.answer = {"iss": provider.url}
    assert sign_in(client).status_code == 303


def test_a_provider_that_names_itself_has_to(newcomer: FlaskClient, provider: OpenIDProvider) -> None:
    provider.metadata = {"authorization_response_iss_parameter_supported": True}
    assert "another identity provider" in nobody_is(newcomer, sign_in(newcomer))


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [({"issuer": "https://evil.example.com"}, "calls itself"), ({"issuer": None}, "calls itself"),
     ({"token_endpoint": "http://login.example.com/token"}, "not https"), ({"jwks_uri": None}, "names no jwks_uri"),
     ({"authorization_endpoint": "javascript:alert(1)"}, "no address that can be used")],
)  # fmt: skip
def test_a_provider_whose_metadata_leads_elsewhere(
    newcomer: FlaskClient, provider: OpenIDProvider, metadata: dict[str, Any], sentence: str
) -> None:
    provider.metadata = metadata
    assert sentence in nobody_is(newcomer, newcomer.get("/signin/begin"))


def test_a_provider_inside_the_network_is_reached_only_where_that_is_opened(
    provider: OpenIDProvider, tmp_path: Path
) -> None:
    settings = settings_for(provider, tmp_path, private_networks=())
    with site_of(tmp_path, DOCUMENTS, **settings) as app:
        client = app.test_client()
        assert "could not be asked" in nobody_is(client, client.get("/signin/begin"))
    assert not provider.asked


def test_who_cancels_is_told_so(client: FlaskClient, provider: OpenIDProvider) -> None:
    provider.answer = {"error": "access_denied", "code": None}
    assert "refused (access_denied)" in nobody_is(client, sign_in(client))


def test_a_sign_in_leads_back_to_this_sites_own_pages_only(client: FlaskClient) -> None:
    for to in ("//evil.example.com", "/\\evil.example.com", "/\t/evil.example.com"):
        assert sign_in(client, to).headers["Location"] == "/"
        client.post("/signin/out")
        page = parsed(client.get("/signin", query_string={"to": to}).text)
        assert "evil" not in page.select("main")[0].decode()


def test_another_site_begins_no_sign_in(client: FlaskClient) -> None:
    for site in ("cross-site", "same-site"):
        answer = client.get("/signin/begin?to=/providers", headers={"Sec-Fetch-Site": site})
        assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
        assert "/signin/begin?to=/providers" in answer.text
        assert client.post("/signin/out", headers={"Sec-Fetch-Site": site}).status_code == 403


def test_several_tabs_sign_in_at_once(client: FlaskClient) -> None:
    first, second = go_there(client, "/providers"), go_there(client, "/help")
    assert come_back(client, second).headers["Location"] == "/help"
    assert come_back(client, first).headers["Location"] == "/providers"


def test_groups_and_names_come_by_the_claims_that_the_settings_name(provider: OpenIDProvider, tmp_path: Path) -> None:
    settings = settings_for(
        provider, tmp_path, oidc_name="preferred_username", oidc_groups="realm_access.roles",
        oidc_scopes=("openid", "profile"),
    )  # fmt: skip
    with site_of(tmp_path, DOCUMENTS, **settings) as app:
        client = app.test_client()
        assert "gives no preferred_username" in nobody_is(client, sign_in(client))
        provider.person = {"sub": "1", "preferred_username": "ada", "realm_access": {"roles": ["hr"]}}
        sign_in(client)
        assert seen(client) == set(DOCUMENTS)
        # What the ID token does not hold is asked for, of the same person.
        provider.person = {"sub": "2", "preferred_username": "eve"}
        provider.apart = {"realm_access": {"roles": ["hr"]}, "preferred_username": "ada"}
        sign_in(client)
        assert seen(client) == set(DOCUMENTS)
        assert "eve" in client.get("/signin").text and "ada" not in client.get("/signin").text
        client.delete_cookie(READER)
        provider.apart = {"sub": "1"}
        assert "somebody else" in nobody_is(client, sign_in(client))


@pytest.mark.parametrize(
    ("person", "sentence"),
    [({"email_verified": False}, "verified"), ({"email_verified": None}, "verified"),
     ({"email": None}, "gives no email"), ({"email": ["ada@example.com"]}, "gives no email"),
     ({"email": "a" * 300}, "gives no email"), ({"email": "ada\n@example.com"}, "gives no email")],
)  # fmt: skip
def test_a_name_that_cannot_be_believed(
    client: FlaskClient, provider: OpenIDProvider, person: dict[str, Any], sentence: str
) -> None:
    provider.person = {**ADA, **person}
    assert sentence in nobody_is(client, sign_in(client))


@pytest.mark.parametrize(
    "groups", [["*"], ["@signed-in"], ["user:ada@example.com"], "payroll", {"hr": 1}, [["hr"]], 7, None]
)
def test_groups_say_nothing_that_only_the_rules_may(client: FlaskClient, provider: OpenIDProvider, groups: Any) -> None:
    provider.person = {**ADA, "groups": groups}
    sign_in(client)
    assert seen(client) == {"open", "shop"}


def test_two_workers_know_the_same_reader_and_a_forged_cookie_is_nobodys(
    app: Flask, client: FlaskClient, provider: OpenIDProvider, tmp_path: Path
) -> None:
    sign_in(client)
    kept = client.get_cookie(READER)
    assert kept is not None and "ada" not in kept.value[-40:]
    store = app.extensions["playground"].store
    settings: Settings = app.extensions["playground"].settings

    def seen_by(value: str, **changed: Any) -> set[str]:
        browser = (create_app(replace(settings, **changed), store) if changed else other).test_client()
        browser.set_cookie(READER, value)
        return seen(browser)

    other = create_app(settings, store)
    assert seen_by(kept.value) == set(DOCUMENTS)
    payload, _, rest = kept.value.partition(".")
    for forged in ("", "x", payload, kept.value[:-1], kept.value + "A", f"{payload[:-2]}AA.{rest}", "." * 400, "é"):
        assert seen_by(forged) == {"open"}, forged
    assert seen_by(kept.value, secret_key="another-key-of-16") == {"open"}
    assert seen_by(kept.value, oidc_client_id="another") == {"open"}
    assert seen_by(kept.value, oidc_issuer="https://another.example.com") == {"open"}
    (tmp_path / "more.json").write_text(RULES.replace('["ops"]', '["ops", "newcomers"]'))
    assert seen_by(kept.value, rules=tmp_path / "more.json") == {"open"}, "rules with other groups ask again"


def test_below_a_prefix_and_behind_a_proxy(provider: OpenIDProvider, tmp_path: Path) -> None:
    with site_of(tmp_path, DOCUMENTS, **settings_for(provider, tmp_path, proxy_hops=1)) as app:
        client, base = app.test_client(use_cookies=False), "http://inside/apis"
        client.environ_base |= {
            "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "docs.example.com",
            "HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_SEC_FETCH_SITE": "same-origin",
        }  # fmt: skip
        begun = client.get("/signin/begin?to=/apis/providers", base_url=base)
        assert "Path=/apis/signin" in begun.headers["Set-Cookie"] and "Secure" in begun.headers["Set-Cookie"]
        there = requests.get(begun.headers["Location"], allow_redirects=False, timeout=20).headers["Location"]
        assert there.startswith("https://docs.example.com/apis/signin/callback?")
        fields = {"Cookie": begun.headers["Set-Cookie"].partition(";")[0]}
        back = client.get(f"/signin/callback?{urlsplit(there).query}", headers=fields, base_url=base)
        assert back.headers["Location"] == "/apis/providers"
        (kept,) = [line for line in back.headers.getlist("Set-Cookie") if line.startswith(f"{READER}=")]
        assert "Path=/apis/;" in kept and "Secure" in kept
        page = client.get("/signin", headers={"Cookie": kept.partition(";")[0]}, base_url=base)
        assert "ada@example.com" in page.text and 'action="/apis/signin/out"' in page.text
        assert 'href="/apis/signin"' in page.text


def test_a_visitors_own_descriptions_have_no_sign_in_of_their_own(app: Flask, client: FlaskClient) -> None:
    assert client.get("/added/0123456789abcdef01234567/signin").status_code == 404


def test_a_mistake_in_the_settings_stops_the_start(tmp_path: Path) -> None:
    named: dict[str, Any] = {"oidc_issuer": "https://id.example.com", "oidc_client_id": "docs"}
    rows: list[tuple[dict[str, Any], str]] = [
        ({"oidc_issuer": "https://id.example.com"}, "needs PLAYGROUND_OIDC_CLIENT_ID"),
        ({"oidc_client_id": "docs"}, "needs PLAYGROUND_OIDC_ISSUER"),
        ({**named, "reader_headers": ("X-User",), "reader_proxies": opened(1)[0:1]}, "both name readers"),
    ]
    for settings, sentence in rows:
        with pytest.raises(SettingsError, match=sentence), site_of(tmp_path, {}, **settings):
            pass
    issuer = {"PLAYGROUND_OIDC_ISSUER": "https://id.example.com/"}
    with pytest.raises(SettingsError, match="needs PLAYGROUND_SECRET_KEY"):
        from_environ(issuer)
    assert from_environ({**issuer, "PLAYGROUND_SECRET_KEY": KEY}).oidc_issuer == "https://id.example.com/"
    for variable, text in (("PLAYGROUND_OIDC_ISSUER", "id.example.com"), ("PLAYGROUND_OIDC_ISSUER", "https://x/?a=b"),
                           ("PLAYGROUND_OIDC_SCOPES", "email groups"), ("PLAYGROUND_OIDC_HOURS", "0"),
                           ("PLAYGROUND_OIDC_GROUPS", "two words")):  # fmt: skip
        with pytest.raises(SettingsError, match=variable):
            from_environ({variable: text})
