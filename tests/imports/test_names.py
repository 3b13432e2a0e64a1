"""The name of a description that nobody named."""

from __future__ import annotations

import pytest

from playground.imports.names import name_of_source, usable, usable_name


@pytest.mark.parametrize(
    ("source", "title", "name"),
    [
        ("shop.yaml", "Anything", "shop"),
        ("/home/me/My Shop.openapi.json", "", "my-shop.openapi"),
        ("C:\\specs\\shop.yaml", "", "shop"),
        ("openapi.yaml", "Shop API", "shop-api"),
        ("https://api.example.com/openapi.json", "Shop / Orders", "shop-orders"),
        ("https://api.example.com/specs/shop%20v2.json?raw=1", "", "shop-v2"),
        ("http://127.0.0.1:8000/api/schema/", "Shop", "shop"),
        ("http://127.0.0.1:8000/v3/api-docs", "", "my-api"),
        ("openapi.json", "日本", "my-api"),
        ("shop.json.gz", "", "shop"),
    ],
)
def test_a_file_names_its_description_and_a_usual_file_has_the_title_s(source: str, title: str, name: str) -> None:
    assert name_of_source(source, title) == name
    assert usable(name)


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert name_of_source("shop.yaml", "", ["shop", "shop-2"]) == "shop-3"


@pytest.mark.parametrize("name", ["", "A", "a//b", "..", "a/../b", "a b", "x" * 201])
def test_a_name_that_no_address_may_have_is_none(name: str) -> None:
    assert not usable(name)
    assert usable(usable_name(name))
