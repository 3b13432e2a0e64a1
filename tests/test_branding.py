"""An accent is readable whatever its colour; links and paths that lead elsewhere are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.branding import (
    DARK_GROUNDS,
    DARK_INK,
    LIGHT_GROUNDS,
    LIGHT_INK,
    FooterLink,
    contrast,
    make_accent,
    mix,
    read_color,
    read_links,
    read_path,
    read_title,
)

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    # Black on white is 21 by definition; the others as WCAG's own formula gives them by hand.
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
        ("#123456", "#123456", 1),
    ],
)
def test_contrast_is_as_wcag_defines_it(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


@given(COLORS)
def test_text_in_an_accent_and_on_it_can_be_read_in_both_themes(color: str) -> None:
    accent = make_accent(color)
    assert min(contrast(accent.light, ground) for ground in LIGHT_GROUNDS) >= 4.5
    assert min(contrast(accent.dark, ground) for ground in DARK_GROUNDS) >= 4.5
    assert contrast(accent.light, LIGHT_INK) >= 4.5
    assert contrast(accent.dark, DARK_INK) >= 4.5
    # The page's own ink stands on the soft ground.
    assert contrast("#1c1b19", accent.light_soft) >= 4.5
    assert contrast("#ecebe6", accent.dark_soft) >= 4.5


def test_an_accent_that_is_readable_stays_as_it_was_given() -> None:
    assert make_accent("#3b4fd8").light == "#3b4fd8"
    assert make_accent("#8e9bff").dark == "#8e9bff"


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
    assert mix("#204060", "#ffffff", 1) == "#ffffff"


@pytest.mark.parametrize(("text", "color"), [("#ABC", "#aabbcc"), ("#0B6E4F", "#0b6e4f")])
def test_a_colour_is_read(text: str, color: str) -> None:
    assert read_color(text) == color


@pytest.mark.parametrize("text", ["red", "#12", "#12345", "#1234567", "#ggg", "rgb(1,2,3)", "#fff}body{color:red", ""])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="colour"):
        read_color(text)


def test_links_are_read() -> None:
    assert read_links("Docs=https://docs.example.com/a?b=c; Imprint=/imprint;") == (
        FooterLink(text="Docs", url="https://docs.example.com/a?b=c"),
        FooterLink(text="Imprint", url="/imprint"),
    )


@pytest.mark.parametrize(
    "text",
    ["https://x.example", "=https://x.example", "Docs=javascript:alert(1)", "Docs=//x.example", "Docs=x", "Docs="],
)
def test_a_link_to_anything_but_a_page_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a link"):
        read_links(text)


@pytest.mark.parametrize(
    "text", ["https://x.example/a.js", "//x.example/a.js", "/\\x.example", "a.js", "/a b", "/a\tb", ""]
)
def test_a_path_leads_nowhere_but_to_this_site(text: str) -> None:
    with pytest.raises(ValueError, match="path"):
        read_path(text)


def test_a_title_is_one_short_line() -> None:
    assert read_title(" Acme \n Console ") == "Acme Console"
    with pytest.raises(ValueError, match="long"):
        read_title("x" * 61)
