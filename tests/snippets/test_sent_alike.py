"""What the embedded gateway sends is what snippets send: the same cases, its own way out, compared by one measure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from playground.transport.errors import InvalidTarget
from playground.transport.exchange import send_message
from tests.support.servers import RecordingServer, http_answer
from tests.support.snippets.case import Case
from tests.support.snippets.cases import CASES
from tests.support.snippets.drawn import cases, draws
from tests.support.snippets.execution import Batch, assert_request_arrived
from tests.transport.policies import loopback_policy

_ANSWER = http_answer({"ok": True}, headers={"Connection": "close"})


def _send(case: Case) -> Batch:
    with RecordingServer(_ANSWER) as server:
        send_message(case.request(f"{server.url}/{case.name}"), loopback_policy())
        return Batch(server.requests, "", Path())


@pytest.mark.parametrize("case", [case for case in CASES if case.runs], ids=lambda case: case.name)
def test_the_gateway_sends_the_request(case: Case) -> None:
    # Credentials join the request before it gets here; a snippet has a variable for each.
    plain = replace(case.sent, injections=())
    if case.name == "get_dot_segments":
        with pytest.raises(InvalidTarget):
            _send(plain)
        return
    assert_request_arrived(plain, _send(plain))


@pytest.mark.fuzz
@given(case=cases())
@draws(60)
def test_whatever_is_typed_is_sent_by_the_gateway(case: Case) -> None:
    assert_request_arrived(case, _send(case))
