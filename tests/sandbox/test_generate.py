"""Where an answer's value comes from: the description's examples when they fit, else a sample."""

from __future__ import annotations

from typing import Any

import pytest

from playground.sandbox.generate import Making, answer_value
from playground.values.shapes import Shapes
from tests.sandbox.entries import media

NUMBER = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}


MAKE = Making(definitions={}, shapes=Shapes({}))


def value(*, schema: Any = NUMBER, wanted: str = "", **examples: Any) -> Any:
    return answer_value(media(schema=schema, **examples), MAKE, example=wanted, sent={})


def test_first_example_that_fits_is_taken() -> None:
    assert value(wrong={"n": "no"}, right={"n": 5}, later={"n": 6}) == {"n": 5}


def test_named_example_is_taken_even_if_it_does_not_fit() -> None:
    assert value(wanted="wrong", right={"n": 5}, wrong={"n": "no"}) == {"n": "no"}


def test_sample_stands_in_for_examples_that_do_not_fit() -> None:
    assert isinstance(value(wrong={"n": "no"})["n"], int)


def test_example_wins_where_nothing_fits() -> None:
    assert value(schema=False, only={"n": "no"}) == {"n": "no"}


def test_example_written_as_json_text_is_read() -> None:
    assert value(text='{"n": 5}') == {"n": 5}
    assert value(schema={"type": "string"}, text='{"n": 5}') == '{"n": 5}'


def test_write_only_properties_stay_out() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string", "writeOnly": True}}}
    assert list(value(schema=schema)) == ["a"]


class Exploding(dict[str, Any]):
    """A schema no one can read."""

    def get(self, *_: Any) -> Any:
        raise RuntimeError("boom")


@pytest.mark.parametrize("schema", [Exploding(type="object"), Exploding()])
def test_schema_that_cannot_be_sampled_gives_the_least_there_is(schema: Any) -> None:
    assert MAKE.value(schema) == {}
