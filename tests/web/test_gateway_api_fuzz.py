"""The gateway's wire against whatever is sent: its own description driven by schemathesis, both dialects fuzzed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.app import create_gateway_app
from playground.config import Settings
from playground.gateway.protocol import ACCEPT, ACCEPT_LINES
from playground.startup import open_catalog

if TYPE_CHECKING:
    from schemathesis.engine.recorder import CheckNode

PROVIDERS = ["tour", "stripe", "playground", "google/books", "", ".", "tour%2F", "nö", "'", "x" * 300]
OPERATIONS = [
    "shelfbooks",
    "postcheckoutsessionssession",
    "answerbytes",
    "answercsv",
    "POST /x",
    "tools.call",
    "..",
    "%00",
]
ACCEPTED = [None, "*/*", "application/json", ACCEPT, f"{ACCEPT}, {ACCEPT_LINES}", "text/event-stream", "\x7f"]

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(
    ["shelf", "page", "session", "body", "params", "query", "headers", "cookies", "args", "metadata", "expand"]
)
arguments = st.dictionaries(names | st.text(max_size=10), json_values, max_size=6)
options = st.dictionaries(
    st.sampled_from(["server", "server_variables", "media_type", "raw", "security", "timeout", "follow", "other"]),
    json_values | st.just("sandbox") | st.just([[302, "https://x.example/"]]) | st.just(0.5),
    max_size=4,
)
envelopes = st.fixed_dictionaries(
    {"args": arguments},
    optional={"credential": json_values, "options": options | json_values, "stream": json_values, "profile": st.text()},
)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A gateway that answers from the sandbox, so that nothing is sent anywhere."""
    configured = Settings(
        catalog=tmp_path_factory.mktemp("fuzz") / "catalog.sqlite", sandbox="only", concurrency={"visitor": 500}
    )
    store = open_catalog(configured)
    yield create_gateway_app(configured, store)
    store.close()


def is_sound(gateway: Flask, path: str, body: bytes, headers: dict[str, str]) -> None:
    """Whatever is sent gets an answer of the protocol: an envelope, or one sentence; and no failure of ours."""
    answer = gateway.test_client().post(path, data=body, headers=headers)
    if answer.status_code == 308:  # slashes in a row
        return
    text = answer.data
    answer.close()
    if answer.mimetype == ACCEPT_LINES or answer.mimetype == "text/event-stream":
        return
    value = json.loads(text)
    assert set(value) in ({"data", "meta"}, {"meta"}, {"error"}, {"error", "meta"}), value
    if "error" in value:
        assert isinstance(value["error"], str)
        assert value["error"]
        assert "Traceback" not in value["error"]
    # A 500 is the API's own failure in the older dialects; the sandbox has none, so every one would be ours.
    assert answer.status_code < 500 or value["error"].startswith("Request failed: "), value


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    provider=st.sampled_from(PROVIDERS),
    operation=st.sampled_from(OPERATIONS),
    value=arguments | envelopes | json_values,
    accept=st.sampled_from(ACCEPTED),
    authorization=st.none() | st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=20),
)
def test_both_dialects_answer_anything(
    gateway: Flask, provider: str, operation: str, value: Any, accept: str | None, authorization: str | None
) -> None:
    headers = {"Content-Type": "application/json"}
    headers |= {} if accept is None else {"Accept": accept.replace("\x7f", "x")}
    headers |= {} if authorization is None else {"Authorization": authorization}
    is_sound(gateway, f"/tools/{provider}/{operation}", json.dumps(value).encode(), headers)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(body=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_answered(gateway: Flask, body: bytes) -> None:
    is_sound(gateway, "/tools/tour/shelfbooks", body, {"Content-Type": "application/json"})


@pytest.mark.slow
def test_the_gateway_is_as_its_own_description_says(gateway: Flask) -> None:
    # Imported here: each worker reads this file, and one of them runs this test.
    import schemathesis
    from schemathesis.engine import from_schema
    from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished

    schema = schemathesis.openapi.from_wsgi("/openapi.json", gateway)
    schema.config.generation.update(max_examples=10)
    schema.config.seed = 1
    failures, cases = [], 0
    for event in from_schema(schema).execute():
        assert not isinstance(event, NonFatalError | FatalError), event
        if isinstance(event, ScenarioFinished):
            cases += len(event.recorder.cases)
            answers = {case: node.response for case, node in event.recorder.interactions.items()}
            failures += [
                check.failure_info
                for case, results in event.recorder.checks.items()
                for check in results
                if check.failure_info and not is_unknowable(check, answers.get(case))
            ]
    assert not failures, [(str(failure.failure), failure.code_sample) for failure in failures]
    assert cases > 150


def is_unknowable(check: CheckNode, answer: Any) -> bool:
    """Whether a call is refused for arguments that only the called operation's own description forbids.

    Where the API refuses them, a UTDK gateway answers 500 and repeats its answer (docs/protocol.md).
    """
    assert check.failure_info is not None
    if check.failure_info.failure.operation != "POST /tools/{provider}/{operation}":
        return False
    if check.name == "not_a_server_error":
        return answer is not None and answer.content.startswith(b'{"error":"Request failed: 4')
    return check.name == "positive_data_acceptance"


def test_the_description_is_where_the_catalogue_has_it(gateway: Flask) -> None:
    assert Path(__file__).parents[2].joinpath("playground/bundled/playground.yaml").is_file()
    listed = gateway.test_client().get("/tools?provider=playground").get_json()["tools"]
    assert {tool["operation"] for tool in listed} >= {"tools.call", "tools.list", "gateway.health"}
