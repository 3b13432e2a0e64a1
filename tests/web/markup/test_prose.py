"""Descriptions: rendered, sanitised, nothing lost that only looks like a tag."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.text.markdown import _PLAIN, render_markdown
from playground.web.markup.prose import MAX_CHARACTERS, _cleaner, render_prose

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<details ontoggle=alert(1) open>x</details>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>@import 'https://evil.example'</style>",
    "<p style='background:url(https://evil.example)'>x</p>",
    "<form id=request><input name=action></form>",
    "<div hx-get=/x hx-trigger=load data-hx-post=/y id=htmx class=card name=config>x</div>",
    "<meta name=htmx-config content='{}'>",
    "<base href=https://evil.example>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "```html\n<script>alert(1)</script>\n```",
    "{{7*7}} {% x %} ${7*7}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_active_survives(text: str) -> None:
    html = str(render_prose(text, "https://docs.example/"))
    assert not re.search(
        r"<(?!/?(p|br|a|code|pre|em|strong|div|details|summary|table|thead|tbody|tr|th|td|ul|ol|li)\b)", html
    )
    assert not re.search(r"<[^>]+\s(on\w+|id|name|class|style|hx-|data-)", html)
    assert not re.search(r"(?:href|src)\s*=\s*[\"']?\s*(javascript|data|vbscript):", html, re.IGNORECASE)


def test_text_that_only_looks_like_a_tag_stays() -> None:
    html = render_prose("Send `Bearer <token>` or <API_KEY> in <your header>.")
    assert "<code>Bearer &lt;token&gt;</code>" in html
    assert "&lt;API_KEY&gt;" in html
    assert "&lt;your header&gt;" in html


def test_relative_links_point_at_the_description_or_are_text() -> None:
    text = '<p>Related guide: <a href="/payments/dynamic-updates">Update dynamically</a></p>'
    assert 'href="https://docs.example/payments/dynamic-updates"' in render_prose(text, "https://docs.example/x/")
    assert render_prose(text) == "<p>Related guide: Update dynamically</p>"
    assert "<a" not in render_prose("[jump](#section)", "https://docs.example/")


def test_markdown_and_html_are_both_rendered() -> None:
    html = render_prose("# Title\n\n**bold** <b>also</b>\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert "<h2>Title</h2>" in html
    assert "<strong>bold</strong> <b>also</b>" in html
    assert "<td>1</td>" in html


def test_a_very_long_description_is_cut_and_says_so() -> None:
    html = render_prose("word " * MAX_CHARACTERS)
    assert "longer than can be shown" in html
    assert len(html) < MAX_CHARACTERS + 500


@settings(max_examples=400, deadline=None)
@given(st.from_regex(_PLAIN, fullmatch=True) | st.text("aB1 -.:/('%?),;", max_size=12))
def test_a_plain_sentence_needs_no_parser_to_come_out_the_same(text: str) -> None:
    parsed = _cleaner("").clean(render_markdown(text))
    assert render_prose(text) == parsed


def test_a_descriptions_own_element_around_blocks_is_a_block() -> None:
    html = render_prose("<p>Adds it.</p> <note> <p>Never <code>partly</code>.</p> </note> <p>More.</p>")
    assert "<blockquote> <p>Never <code>partly</code>.</p> </blockquote>" in html and "note" not in html
    assert render_prose("<tip>\n\nUse **it**.\n\n</tip>").split() == [
        "<blockquote>",
        "<p>Use",
        "<strong>it</strong>.</p>",
        "</blockquote>",
    ]
    for text in ("Send <token>abc</token> now.", "<Prefix>logs</Prefix>", "<note> <p>Never closed.</p>"):
        assert "blockquote" not in render_prose(text) and "&lt;" in render_prose(text), text
