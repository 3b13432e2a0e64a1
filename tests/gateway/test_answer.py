from __future__ import annotations

from playground.gateway.answer import Answer
from playground.messages import Headers, HTTPResponse
from playground.secrets.redact import redact_response


def response(body: bytes, **changes: str) -> HTTPResponse:
    return HTTPResponse(status=200, headers=Headers.of(changes.items()), body=body)


def test_secrets_are_struck_out_of_content_header_fields_and_reason() -> None:
    given = HTTPResponse(
        status=200, reason="for sk_1234", headers=Headers((("X-Echo", "Bearer sk_1234"),)), body=b"sk_1234 sk_12345 sk_"
    )
    shown = redact_response(given, ["sk_1234", "sk_12345"])
    assert shown.reason == "for •••"
    assert shown.headers.get("X-Echo") == "Bearer •••"
    assert shown.body.decode() == "••• ••• sk_"


def test_secrets_are_found_as_json_writes_them() -> None:
    secret = 'a"b/é\\c'
    body = '{"a": "a\\"b/é\\\\c", "b": "a\\"b\\/\\u00e9\\\\c", "c": "a\\"b/\\u00e9\\\\c"}'.encode()
    assert redact_response(response(body), [secret]).body.decode() == '{"a": "•••", "b": "•••", "c": "•••"}'


def test_without_secrets_nothing_changes() -> None:
    given = response(b"\xff\x00bytes")
    assert redact_response(given, []) is given
    assert redact_response(given, ["absent"]) == given


def test_an_answer_shows_no_secret_in_its_repr() -> None:
    answer = Answer(response=response(b"canary"), secrets=("canary",))
    assert "canary" not in repr(answer)
    assert answer.shown_response is not None
    assert answer.shown_response.body.decode() == "•••"
    assert Answer(error="No.").shown_response is None
