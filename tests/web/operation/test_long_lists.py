"""Lists of very many values: found by typing, with and without a script, and never drawn whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.support.pages import (
    HTMX,
    browser_of,
    document,
    get,
    one,
    post,
    site_of,
)

LONG_LIST = {"type": "string", "enum": [f"zone-{number:05}" for number in range(20_000)]}


@pytest.fixture
def long_list(tmp_path: Path) -> Iterator[FlaskClient]:
    body = {"type": "object", "properties": {"zone": LONG_LIST, "other": {"oneOf": [{"type": "object"}, LONG_LIST]}}}
    operation = {
        "operationId": "make",
        "parameters": [{"name": "zone", "in": "query", "schema": LONG_LIST}],
        "requestBody": {"content": {"application/json": {"schema": body}}},
    }
    with site_of(tmp_path, {"shop": document({"/x": {"post": operation}})}) as app:
        yield browser_of(app)


def test_a_very_long_list_is_found_by_typing_and_not_in_the_page(long_list: FlaskClient) -> None:
    page = get(long_list, "/providers/shop/make")
    line = one(page, "#f-query__zone")
    assert (line.name, line["hx-post"]) == ("input", "/providers/shop/make/options")
    assert "20,000" in line["placeholder"]
    assert [option.text for option in page.select("#f-query__zone-options option")] == []
    assert len(long_list.get("/providers/shop/make").data) < 60_000


def test_what_is_typed_into_a_very_long_list_finds_its_values(long_list: FlaskClient) -> None:
    def found(name: str, *pairs: tuple[str, str]) -> list[str]:
        answer = long_list.post(
            "/providers/shop/make/options", data=dict(pairs), headers={**HTMX, "HX-Trigger-Name": name}
        )
        assert answer.status_code == 200
        return [option.text for option in BeautifulSoup(answer.text, "html.parser").select("option")]

    assert found("query.zone", ("query.zone", "Zone-0012"))[:2] == ["zone-00120", "zone-00121"]
    assert found("query.zone", ("query.zone", "9999")) == ["zone-09999", "zone-19999"]
    assert len(found("query.zone")) == 50
    assert found("body/zone", ("body/zone", "no such")) == []
    picked = (("body/other~choice", "1"), ("body/other~chosen", "1"))
    assert found("body/other", *picked, ("body/other", "zone-19998")) == ["zone-19998"]


def test_options_of_no_field_are_none(long_list: FlaskClient) -> None:
    for name in ("", "query.no", "body/zone/x"):
        answer = long_list.post("/providers/shop/make/options", headers={**HTMX, "HX-Trigger-Name": name})
        assert answer.status_code == 404


def test_the_values_of_a_very_long_list_are_found_without_a_script(long_list: FlaskClient) -> None:
    page = get(long_list, "/providers/shop/make")
    assert one(page, "noscript button[value='query.zone']")["formaction"] == "/providers/shop/make/options"
    asked = {"~find": "query.zone", "query.zone": "9999"}
    found = post(long_list, "/providers/shop/make/options", asked, htmx=False)
    line = one(found, "#f-query__zone")
    assert (line["value"], line.has_attr("autofocus")) == ("9999", True)
    assert [option.text for option in found.select("#f-query__zone-options option")] == ["zone-09999", "zone-19999"]
    picked = post(long_list, "/providers/shop/make/form", {"query.zone": "zone-19999"}, htmx=False)
    assert [option.text for option in picked.select("#f-query__zone-options option")] == ["zone-19999"]
    inside = {"~find": "body/other", "body/other~choice": "1", "body/other~chosen": "1", "body/other": "zone-1234"}
    deeper = post(long_list, "/providers/shop/make/options", inside, htmx=False)
    assert len(deeper.select("[name='body/other'][list] + datalist option")) == 10
    post(long_list, "/providers/shop/make/options", {"~find": "query.no"}, htmx=False, status=404)


def test_many_values_of_a_server_variable_are_found_by_typing(tmp_path: Path) -> None:
    regions = [f"region-{number:05}" for number in range(20_000)]
    servers = [{"url": "https://{r}.test", "variables": {"r": {"default": regions[0], "enum": regions}}}]
    described = {**document({"/x": {"get": {"operationId": "make"}}}), "servers": servers}
    with site_of(tmp_path, {"shop": described}) as app:
        client = browser_of(app)
        page = get(client, "/providers/shop/make")
        assert [option.text for option in page.select("#f-server__r-options option")] == ["region-00000"]
        answer = client.post(
            "/providers/shop/make/options",
            data={"server.r": "1999"},
            headers={**HTMX, "HX-Trigger-Name": "server.r"},
        )
        options = [option.text for option in BeautifulSoup(answer.text, "html.parser").select("option")]
        assert options[:2] == ["region-01999", "region-11999"]
        asked = {"~find": "server.r", "server.r": "9999"}
        found = post(client, "/providers/shop/make/options", asked, htmx=False)
        assert len(found.select("#f-server__r-options option")) == 2


def test_a_very_long_list_takes_any_text_without_a_script(long_list: FlaskClient) -> None:
    answer = long_list.post("/providers/shop/make/form", data={"query.zone": "zone-19999"})
    assert answer.status_code == 200
    assert BeautifulSoup(answer.text, "html.parser").select_one("#f-query__zone")["value"] == "zone-19999"  # type: ignore[index]
    advised = long_list.post("/providers/shop/make/form", data={"query.zone": "nowhere"})
    assert "none of the values the description lists" in advised.text
