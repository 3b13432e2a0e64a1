"""A document without tags is grouped by its paths."""

from __future__ import annotations

from playground.catalog.model import Operation
from playground.openapi.provider import group_by_path


def operations(*paths: str, tags: tuple[str, ...] = ()) -> list[Operation]:
    return [Operation(name=str(number), method="GET", path=path, tags=tags) for number, path in enumerate(paths)]


def test_the_first_word_that_differs_names_the_group() -> None:
    grouped, tags = group_by_path(
        operations("/v1/payment_intents", "/v1/payment_intents/{id}/confirm", "/v1/checkout/sessions", "/v1/{id}")
    )
    assert [operation.tags for operation in grouped] == [("payment_intents",), ("payment_intents",), ("checkout",), ()]
    assert [(tag.name, tag.title) for tag in tags] == [("payment_intents", "Payment intents"), ("checkout", "Checkout")]


def test_what_all_paths_share_is_passed_over() -> None:
    grouped, _ = group_by_path(operations("/api/v2.1/shop/orders/{id}", "/api/v2.1/shop/users"))
    assert [operation.tags for operation in grouped] == [("orders",), ("users",)]


def test_described_tags_stay_and_a_single_group_is_none() -> None:
    tagged = operations("/a", "/b", tags=("x",))
    assert group_by_path(tagged) == (tuple(tagged), ())
    alone = operations("/a", "/a/{id}")
    assert group_by_path(alone) == (tuple(alone), ())
    assert group_by_path([]) == ((), ())


def test_fragments_and_queries_are_no_words() -> None:
    grouped, tags = group_by_path(operations("/#Action=Run", "/things?x={y}"))
    assert [operation.tags for operation in grouped] == [(), ("things",)]
    assert [tag.name for tag in tags] == ["things"]
