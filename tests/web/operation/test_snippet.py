"""The snippet pane: whose code comes first, what stands around it, and how a change is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.pages import browser_of, document, get, one, post, site_of, words

PAGE = "/providers/shop/listorders"
SAMPLES = [
    {"lang": "cURL", "source": "curl 'https://shop.example/orders?q={{q}}'"},
    {"lang": "Ruby", "label": "Ruby SDK", "source": 'Shop.list("{{q}}")', "install": "gem install shop"},
    {"lang": "</script><b>", "label": '"><img src=x>', "source": "<img src=x onerror=hacked()>\u202e"},
    {"lang": "Go", "source": "shop.List()"},
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    parameters = [{"name": "q", "in": "query", "schema": {"type": "string"}}]
    paths: dict[str, Any] = {
        "/orders": {"get": {"operationId": "listOrders", "parameters": parameters, "x-codeSamples": SAMPLES}},
        "/plain": {"get": {"operationId": "plain"}},
    }
    with site_of(tmp_path_factory.mktemp("shop"), {"shop": document(paths)}) as app:
        yield browser_of(app)


def test_samples_of_the_description_come_first(shop: FlaskClient) -> None:
    page = get(shop, PAGE)
    choices = page.select("input[name=target]")
    assert [str(choice["value"]) for choice in choices[:4]] == [
        "sample:curl", "sample:ruby-sdk", "sample:img-src-x", "typescript_utdk",
    ]  # fmt: skip
    tabs = [words(one) for one in page.select(".targets > label")]
    assert tabs[:4] == ["cURL (sample)", "Ruby SDK", '"><img src=x>', "TypeScript"]
    assert page.select(".more-targets input[type=radio]")[0]["value"] == "sample:go"
    assert one(page, "input[name=target][checked]")["value"] == "sample:curl"
    assert one(page, "#snippet-text").get_text() == "curl 'https://shop.example/orders?q={{q}}'"
    assert "API's own description" in words(one(page, "#snippet"))


def test_a_sample_takes_what_is_typed(shop: FlaskClient) -> None:
    fragment = post(shop, f"{PAGE}/snippet", {"query.q": "it's", "target": "sample:ruby-sdk"})
    assert one(fragment, "#snippet-text").get_text() == "Shop.list('it\\'s')"
    assert "gem install shop" in words(one(fragment, "#snippet"))
    refused = post(shop, f"{PAGE}/snippet", {"query.q": "it's", "target": "sample:curl"})
    assert "{{q}}" in one(refused, "#snippet-text").get_text()
    assert "Put in {{q}} by hand" in words(one(refused, "#snippet"))


def test_a_hostile_sample_is_text(shop: FlaskClient) -> None:
    fragment = post(shop, f"{PAGE}/snippet", {"target": "sample:img-src-x"})
    assert not fragment.select("img, script")
    assert one(fragment, "#snippet-text").get_text() == "<img src=x onerror=hacked()>\\u{202E}"


@pytest.mark.parametrize("target", ["sample:ruby-sdk", "sample:", "nonsense", ""])
def test_a_choice_another_operation_offers_means_the_first_here(shop: FlaskClient, target: str) -> None:
    fragment = post(shop, "/providers/shop/plain/snippet", {"target": target})
    assert one(fragment, "#snippet-text").get_text().startswith("import shop from '@utdk/shop';")
