"""What an entry of the table of keywords is."""

from __future__ import annotations

from playground.schema.keywords.keyword import NOT_MERGED, Keyword, not_merged, second


def test_an_annotation_needs_no_more_than_its_name_and_shape() -> None:
    keyword = Keyword(name="title", shape="text")
    assert keyword.check is None
    assert keyword.combine("a", "b") == second("a", "b") == "b"


def test_what_cannot_be_merged_says_so() -> None:
    assert not_merged(1, 2) is NOT_MERGED
