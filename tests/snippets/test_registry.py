"""`make_snippet`: from entry and model to finished code, whatever state the model is in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from playground import jsontext
from playground.catalog.model import (
    SANDBOX,
    Entry,
    MediaType,
    Operation,
    Parameter,
    Provider,
    RequestBody,
    SchemeUse,
    SecurityScheme,
    Server,
    ServerVariable,
)
from playground.gateway.protocol import read_call
from playground.messages import Headers
from playground.request.arguments import from_arguments
from playground.request.build import build_request
from playground.request.built import BuiltRequest
from playground.request.model import FileValue, RequestModel
from playground.snippets.registry import TARGETS, find_target, make_snippet, snippet_request
from tests.support.rows import each

BODY = {
    "type": "object",
    "properties": {"metadata": {"type": "object", "additionalProperties": {"type": "string"}}},
}
ENTRY = Entry(
    provider=Provider(
        name="stripe",
        title="Stripe API",
        servers=(Server(url="https://api.stripe.com/"), Server(url="https://eu.stripe.com")),
        security_schemes=(
            SecurityScheme(name="basicAuth", type="http", scheme="basic"),
            SecurityScheme(name="bearerAuth", type="http", scheme="bearer"),
        ),
    ),
    operation=Operation(
        name="postcheckoutsessionssession",
        method="POST",
        path="/v1/checkout/sessions/{session}",
        parameters=(Parameter(name="session", location="path", required=True, schema={"type": "string"}),),
        request_body=RequestBody(
            media_types=(
                MediaType(name="application/x-www-form-urlencoded", schema=BODY),
                MediaType(name="application/json", schema=BODY),
            )
        ),
        security=((SchemeUse(scheme="basicAuth"),), (SchemeUse(scheme="bearerAuth"),)),
        servers=(Server(url="https://api.stripe.com/"), Server(url="https://eu.stripe.com")),
    ),
    definitions={},
)
FILLED = RequestModel(parameters={"path": {"session": "cs_1"}}, body={"metadata": {"k": "v"}})


def test_typescript_without_values_is_the_contracts_text() -> None:
    snippet = make_snippet(ENTRY, RequestModel(), target="typescript_utdk", via="sdk")
    assert snippet.text == "import stripe from '@utdk/stripe';\n\nawait stripe.postcheckoutsessionssession()"
    assert (snippet.lexer, snippet.filename) == ("typescript", "postcheckoutsessionssession.ts")


def test_typescript_with_values_shows_the_flat_arguments() -> None:
    text = make_snippet(ENTRY, FILLED, target="typescript_utdk").text
    assert text.endswith("await stripe.postcheckoutsessionssession({\n  session: 'cs_1',\n  metadata: { k: 'v' },\n})")


def test_curl_writes_the_request_that_would_be_sent() -> None:
    text = make_snippet(ENTRY, FILLED, target="shell_curl", via="direct").text
    request = build_request(ENTRY, FILLED)
    assert f"--url '{request.url}'" in text
    assert f"--data-raw '{request.body.decode()}'" in text
    assert '"Authorization: Bearer $STRIPE_API_KEY"' in text


def test_gateway_call_of_another_server_and_media_type_is_wrapped() -> None:
    model = RequestModel(server="https://eu.stripe.com", media_type="application/json", body=FILLED.body)
    text = make_snippet(ENTRY, model, target="node_fetch", via="gateway", gateway_url="http://localhost:4000/").text
    assert "'http://localhost:4000/tools/stripe/postcheckoutsessionssession'" in text
    assert "server: 'https://eu.stripe.com'" in text
    assert "media_type: 'application/json'" in text
    assert "token: process.env.STRIPE_API_KEY" in text


def test_how_lists_and_objects_are_written_is_told_to_the_package_and_the_gateway() -> None:
    model = replace(FILLED, brackets="empty", form_objects="brackets")
    text = make_snippet(ENTRY, model, target="typescript_utdk").text
    assert "brackets: 'empty'" in text
    assert "formObjects: 'brackets'" in text
    text = make_snippet(ENTRY, model, target="node_fetch", via="gateway", gateway_url="http://localhost:4000/").text
    assert "form_objects: 'brackets'" in text


def test_broken_json_goes_through_the_gateway_as_it_stands() -> None:
    model = RequestModel(raw='{"a": ', media_type="application/json")
    text = make_snippet(ENTRY, model, target="node_fetch", via="gateway", gateway_url="http://localhost:4000").text
    assert "raw: '{\"a\": '" in text
    assert "args: {}" in text


def test_sandbox_is_named_to_the_gateway_where_it_is_not_the_default() -> None:
    off = replace(ENTRY, provider=replace(ENTRY.provider, sandbox_first=True))
    chosen = RequestModel(server=SANDBOX)
    assert "server: 'sandbox'" in make_snippet(ENTRY, chosen, target="node_fetch", via="gateway").text
    assert "sandbox" not in make_snippet(off, chosen, target="node_fetch", via="gateway").text


def test_what_is_written_for_the_gateway_is_read_back_by_it() -> None:
    model = RequestModel(
        server="https://eu.stripe.com",
        media_type="application/json",
        parameters={"path": {"session": "cs_1"}},
        body={"metadata": {"k": "v"}},
    )
    request = BuiltRequest(entry=ENTRY, model=model)
    given = snippet_request(request, via="gateway", gateway_url="http://localhost:4000")
    body = jsontext.dumps({"args": given.arguments, "options": given.options}).encode()
    call = read_call(body, "application/json", Headers(), ENTRY)
    read = from_arguments(ENTRY, call.arguments, server=call.server, media_type=call.media_type, raw=call.raw)
    assert build_request(ENTRY, read) == build_request(ENTRY, model)


def test_gateway_without_address_reads_it_from_the_environment() -> None:
    text = make_snippet(ENTRY, FILLED, target="shell_curl", via="gateway").text
    assert '--url "$GATEWAY_URL/tools/stripe/postcheckoutsessionssession"' in text
    assert "# Set GATEWAY_URL" in text


@each("target", [one.id for one in TARGETS])
@pytest.mark.parametrize(
    "model",
    [
        RequestModel(),
        RequestModel(server=SANDBOX),
        RequestModel(server="not-listed.test"),
        RequestModel(media_type="no/such"),
        RequestModel(raw="{not json", media_type="application/json"),
        RequestModel(raw="not=a&form"),
        RequestModel(body=[1, {"x": None}]),
        RequestModel(parameters={"path": {"session": "../../x"}}),
        RequestModel(parameters={"path": {"nosuch": "x"}, "header": {"X-Bad\r\n": "a\r\nb"}}),
        RequestModel(security=("nosuch",)),
        RequestModel(brackets="repeat", form_objects="brackets", body={"metadata": {"k": ["v", "w"]}}),
    ],
    ids=[
        "empty",
        "sandbox",
        "server",
        "media",
        "raw-json",
        "raw-form",
        "list",
        "dots",
        "unknown",
        "security",
        "shapes",
    ],
)
def test_nothing_in_a_model_stops_a_snippet(model: RequestModel, target: str) -> None:
    for via in find_target(target).vias:
        assert make_snippet(ENTRY, model, target=target, via=via).text


def test_a_wrong_value_is_named_in_a_note() -> None:
    snippet = make_snippet(ENTRY, RequestModel(server="not-listed.test"), target="shell_curl", via="direct")
    assert any("not-listed.test" in note for note in snippet.notes)
    assert snippet.text.startswith("# ")


def test_a_file_is_read_from_beside_the_snippet_not_pasted_into_it() -> None:
    file = FileValue(filename="my photo.png", content=b"\x89PNG", content_type="image/png")
    model = RequestModel(body={"metadata": {"k": file}})
    text = make_snippet(ENTRY, model, target="typescript_utdk").text
    assert "content: await readFile('my_photo.png', 'base64')" in text
    assert "// Reads my_photo.png" in text


def test_unknown_target_names_those_there_are() -> None:
    with pytest.raises(KeyError, match="shell_curl"):
        make_snippet(ENTRY, FILLED, target="cobol")


def test_target_ids_are_unique_and_typescript_comes_first() -> None:
    ids = [target.id for target in TARGETS]
    assert len(set(ids)) == len(ids)
    assert ids[0] == "typescript_utdk"


def test_no_secret_can_reach_a_target() -> None:
    fields: Any = RequestModel.__dataclass_fields__
    assert not [name for name in fields if "credential" in name]


def test_an_unusable_described_server_is_a_note_and_not_an_error() -> None:
    server = Server(url="https://{host}/v1", variables=(ServerVariable(name="host", default="evil.example/x?"),))
    entry = Entry(
        provider=Provider(name="odd", title="Odd", servers=(server,)),
        operation=Operation(name="list", method="GET", path="/things"),
        definitions={},
    )
    for target in TARGETS:
        for via in target.vias:
            snippet = make_snippet(entry, RequestModel(), target=target.id, via=via, gateway_url="https://gw.example")
            assert any("host" in note for note in snippet.notes)
