"""curl's options on its command line: long and short, joined and apart, and what stands after them."""

from __future__ import annotations

import pytest

from playground.paste.options import options_of


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["-X", "POST", "u"], [("request", "POST"), ("url", "u")]),
        (["-XPOST", "u"], [("request", "POST"), ("url", "u")]),
        (["--request=POST"], [("request", "POST")]),
        (["-sSfd", "a"], [("s", ""), ("S", ""), ("f", ""), ("data", "a")]),
        (["-Iv"], [("head", ""), ("v", "")]),
        (["--expand-url", "u"], [("expand-url", "u")]),
        (["--", "-x"], [("url", "-x")]),
        (["-d"], [("data", "")]),
        (["-"], [("url", "-")]),
        (["--next", "u"], [("url", "u")]),
        (["u", "--next", "v"], [("url", "u"), ("next", "")]),
        (["\u2014data", "a", "\u2013d", "b"], [("data", "a"), ("data", "b")]),
    ],
)
def test_options_have_their_long_names_and_values(words: list[str], options: list[tuple[str, str]]) -> None:
    assert list(options_of(words)) == options
