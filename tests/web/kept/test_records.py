from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.servers import RecordingServer
from tests.web.kept.conftest import CANARY
from tests.web.kept.test_routes import ANSWER

Send = Callable[..., str]


def record(client: FlaskClient, token: str) -> Any:
    return json.loads(client.post("/answers/record", data={"answer": token}).text)


def test_a_record_tells_the_exchange_and_no_secret(client: FlaskClient, sent: Send, api: RecordingServer) -> None:
    token = sent(ANSWER, headers={"Set-Cookie": f"sid={CANARY}; Path=/"})
    answer = client.post("/answers/record", data={"answer": token})
    assert CANARY.encode() in api.requests[0].body, "the canary was not even sent"
    assert CANARY not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    record = json.loads(answer.text)
    assert record["request"]["arguments"] == {"id": "7", "limit": 2, "note": "hello"}
    assert record["request"]["url"] == f"{api.url}/items/7?limit=2&api_key=•••"
    assert ["Authorization", "Bearer •••"] in record["request"]["headers"]
    assert record["response"]["status"] == 200
    assert '"session_token": "•••"' in record["response"]["body"]["text"]
    assert ["Set-Cookie", "sid=•••; Path=/"] in record["response"]["headers"]
    assert record["request"]["server"] == api.url
    assert record["description"]["title"] == "Shop API"
    assert len(record["description"]["digest"]) == 8


def test_an_answer_without_a_body_is_kept_too(client: FlaskClient, sent: Send) -> None:
    token = sent(b"")
    record = json.loads(client.post("/answers/record", data={"answer": token}).text)
    assert record["response"]["body"] == {"text": ""}


@pytest.mark.parametrize("raw", ['{"pin":"canary-7f3a9c-secret","note":1.50}', ""])
def test_raw_text_has_arguments_without_its_passwords(client: FlaskClient, sent: Send, raw: str) -> None:
    told = record(client, sent(ANSWER, **{"body~mode": "raw", "body~shown": "raw", "body~raw": raw}))
    assert CANARY not in json.dumps(told)
    assert told["request"]["arguments"] == {"id": "7", "limit": 2, **({"note": 1.5} if raw else {})}
