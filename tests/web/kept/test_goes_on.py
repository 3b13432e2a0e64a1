from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from tests.support.pages import one, post, submitted, value_of, words
from tests.support.servers import RecordingServer, http_answer
from tests.web.kept.test_handles import ANSWER, api, client

__all__ = ["api", "client"]


def test_a_further_page_is_sent_and_filled_in_without_a_script(client: FlaskClient, api: RecordingServer) -> None:
    pane = post(client, "/providers/shop/list/send", {"query.limit": "2"})
    button = one(pane, ".goes-on [data-fill]")
    assert words(button) == "Next page"
    assert json.loads(str(button["value"])) == {"query.starting_after": "cus_2"}
    form = {"query.limit": "2", "query.starting_after": "cus_0", str(button["name"]): str(button["value"])}
    page = post(client, str(button["formaction"]), form, htmx=False)
    assert api.requests[-1].target == "/customers?limit=2&starting_after=cus_2"
    assert value_of(page, "query.starting_after") == "cus_2"
    assert value_of(page, "query.limit") == "2"


@pytest.mark.parametrize(
    "value", ["", "x", "[]", '{"header.X":"y","path.id":"z","query.limit":3}', '{"server":"evil"}']
)
def test_nothing_but_texts_of_the_query_is_filled_in(client: FlaskClient, api: RecordingServer, value: str) -> None:
    page = post(client, "/providers/shop/list/send", {"query.limit": "2", "~page": value}, htmx=False)
    assert api.requests[-1].target == "/customers?limit=2"
    assert ("query.limit", "2") in submitted(page)


def test_links_of_the_description_open_their_operation_filled_in(client: FlaskClient) -> None:
    pane = post(client, "/providers/shop/list/send")
    use = one(pane, ".goes-on .uses form")
    assert words(use).endswith("Show a customer first")
    assert one(use, 'input[name="~arguments"]')["value"] == '{"customer":"cus_1"}'


def test_no_page_of_an_answer_that_is_an_error(client: FlaskClient, api: RecordingServer) -> None:
    api.answer = http_answer(ANSWER, status="400 Bad Request")
    assert not post(client, "/providers/shop/list/send").select(".goes-on")
