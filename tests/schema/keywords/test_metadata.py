"""Keywords that limit nothing, and the one that leads to another schema."""

from __future__ import annotations

from playground.schema.keywords import ANNOTATIONS, CHECKS
from playground.schema.keywords.metadata import KEYWORDS
from playground.schema.validate import fits


def test_they_limit_nothing() -> None:
    assert {keyword.name for keyword in KEYWORDS} & CHECKS.keys() == {"discriminator"}
    assert {"title", "deprecated", "xml", "$comment"} <= ANNOTATIONS
    assert "$ref" not in ANNOTATIONS
    assert fits(5, dict.fromkeys(ANNOTATIONS, "x"), {})
