"""Descriptions, which are CommonMark with HTML in it (OpenAPI 3.1, section 4.6), as HTML and as plain words.

The HTML is not safe yet: `web/markup/prose.py` sanitises it. Text that only looks like a tag (`<token>`, `<API key>`)
is text; real descriptions hold it in one document out of six, and a sanitiser alone would drop it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

BLOCKS = {
    "p", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "pre", "blockquote", "h2", "h3", "h4", "h5", "h6",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "div", "details", "summary",
}  # fmt: skip
"""Elements that pages show as blocks."""
PHRASES = {
    "a", "abbr", "b", "strong", "i", "em", "code", "kbd", "samp", "var", "s", "del", "ins", "sub", "sup", "small",
    "mark", "q", "cite", "u", "span", "tt",
}  # fmt: skip
"""Elements that pages show inside a line."""
_DROPPED = {
    "script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "form", "input", "button",
    "textarea", "select", "option", "img", "link", "meta", "base", "font", "center", "nobr", "html", "head", "body",
    "title", "video", "audio", "source", "figure", "figcaption", "section", "article", "header", "footer", "nav",
    "main", "h1", "label", "big", "strike", "picture", "canvas", "frame", "frameset", "applet", "marquee", "col",
    "colgroup",
}  # fmt: skip
_KNOWN = BLOCKS | PHRASES | _DROPPED
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:_.-]*)([^<>]*)>")
_LINE = r"[A-Za-z](?:[A-Za-z0-9 ,.;:()'%/?\"$+=@‘’“”–—…-]*[A-Za-z0-9,.;:()'%/?\"$+=@‘’“”–—…-])?"
_PLAIN = re.compile(_LINE)
"""One line of plain words, as most summaries and descriptions of fields are: nothing in it is markup."""
_PARAGRAPHS = re.compile(rf"{_LINE}(?:\n+{_LINE})*\n*|<p>({_LINE})</p>")
"""Lines of plain words, or one as a paragraph in HTML."""
_FIRST = re.compile(
    r"<p>((?:[A-Za-z0-9_ ,.;:()'%/?\"$+=@‘’“”–—…-]|(?<! )\n(?=[A-Za-z<])"
    r"|</?(?:a|b|code|em|i|strong)(?: href=\"[^<>\"\n]*\")?>)+)</p>"
)
"""A paragraph in HTML of plain words, some of them marked."""
_ELEMENT = re.compile(r"<[^<>]+>")
_CODED = re.compile(
    r"(?=[A-Za-z`])(?:[A-Za-z0-9 ,.;:()'%/?\"$+=@‘’“”–—…-]|`[A-Za-z0-9_.=:/-]+`(?!`)"
    r"|(?<=[A-Za-z0-9])_+(?=[A-Za-z0-9]))+(?<! )"
)
"""One line of plain words and of code between backticks; an underscore inside a word is one."""
_CODE = re.compile("`([^`]+)`")
_PARSED = re.compile(r"[\r\t\0]|\n +(?:\n|$)")
"""What makes paragraphs in HTML anything else than what is written."""
_HTML_BLOCKS = ("<p>", "<ul>", "<ol>", "<table>")
"""How blocks in HTML begin of which the end is a blank line (CommonMark 0.31, section 4.6, start condition 6)."""
_NO_SENTENCE = re.compile(r"<(h[1-6]|pre|table)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|hr|ul|ol|li|dl|dt|dd|blockquote|details|summary)\b[^<>]*>", re.IGNORECASE)
_OWN_ELEMENT = re.compile(r"\s*<([A-Za-z][\w:-]*)>")
_AROUND = re.compile(
    r"<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?>\s*(?:$|(?=<(?:p|ul|ol|dl|div|pre|table|blockquote|h[1-6])\b))", re.IGNORECASE
)
"""The start of an element around blocks: a block follows it, or the end of its own line."""
_SENTENCE_END = re.compile(r"[.!?](?=\s+(?![a-z])|$)|[。！？]")


def is_plain(text: str) -> bool:
    """Tell whether a text is one line in which nothing means anything to Markdown or HTML."""
    return _PLAIN.fullmatch(text) is not None


def render_markdown(text: str) -> str:
    """Return a description as HTML that is not sanitised.

    What most are, a line with code in it or paragraphs in HTML, needs no parser: that takes twenty times as long.
    """
    if _CODED.fullmatch(text) is not None:
        line = _CODE.sub(r"<code>\1</code>", text.replace('"', "&quot;"))
        return f"<p>{line}</p>\n"
    if text.startswith("<p>") and _PARSED.search(text) is None:
        # A block ends with its line, the last one as the text does.
        blocks = [block for block in re.split(r"(?<=\n)\n+", text) if block]
        if all(block.startswith(_HTML_BLOCKS) for block in blocks):
            own = _own_blocks(blocks)
            return "".join(_escape_unknown(block, own) for block in blocks)
    return _parsed(text)


def _parsed(text: str) -> str:
    environment: dict[str, frozenset[str]] = {}
    parser = _parser()
    tokens = parser.parse(text, environment)
    environment["own"] = _own_blocks([token.content for token in tokens if token.type == "html_block"])
    html: str = parser.renderer.render(tokens, parser.options, environment)
    return html


@lru_cache(maxsize=4096)
def plain_text(text: str, limit: int = 160) -> str:
    """Return the first words of a description without markup, at most `limit` characters: for lists and meta data."""
    words = _all_words(text[: limit * 8])
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + "…"


def plain_line(text: str) -> str:
    """Return a text of one line, such as a summary, without its markup."""
    if is_plain(text) or not text or text.isspace():
        return " ".join(text.split())
    html: str = _parser().renderInline(text)
    return _words(html)


def first_sentence(text: str, limit: int = 80) -> str:
    """Return the first sentence of a description without markup and full stop; empty if it is longer than `limit`.

    A sentence ends with its paragraph at the latest. Headings, tables and code are no sentences, and a description
    that begins with an element of its own (`<important>`) begins with a remark.
    """
    cut = text[: limit * 8]
    if not cut or cut.isspace():
        return ""
    if (own := _OWN_ELEMENT.match(cut)) is not None and own[1].lower() not in _KNOWN:
        return ""
    if (plain := _PARAGRAPHS.fullmatch(cut)) is not None and (plain[1] or "\n" not in cut):
        words = " ".join((plain[1] or cut).split())
    else:
        words = _first_paragraph(cut) or _first_words(cut)
    end = _SENTENCE_END.search(words)
    sentence = words[: end.end()] if end is not None else words
    sentence = sentence if sentence.endswith(("..", "…")) else sentence.rstrip(".:;。 ")
    return sentence if len(sentence) <= limit else ""


def _first_paragraph(text: str) -> str:
    """Return the words of a paragraph in HTML that a text begins with, if nothing in it needs a parser; else none."""
    paragraph = _FIRST.match(text)
    return " ".join(_ELEMENT.sub("", paragraph[1]).split()) if paragraph is not None else ""


def _first_words(text: str) -> str:
    """Return the words of the first block that has any."""
    blocks = _BLOCK_TAG.split(_NO_SENTENCE.sub("", render_markdown(text)))
    return next((words for block in blocks if (words := _words(block))), "")


def _all_words(text: str) -> str:
    if (plain := _PARAGRAPHS.fullmatch(text)) is not None:
        return " ".join((plain[1] or text).split())
    if _CODED.fullmatch(text) is not None:
        return " ".join(_CODE.sub(r"\1", text).split())
    return _words(render_markdown(text))


def _words(html: str) -> str:
    encodable = html.encode("utf-8", "replace").decode()  # a lone surrogate is none
    words = " ".join(nh3.clean(encodable, tags=set()).split())
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _own_blocks(html: Sequence[str]) -> frozenset[str]:
    """Return the names of a description's own elements that stand around blocks (`<note><p>…</p></note>`)."""
    opened = {match[1] for content in html for match in _AROUND.finditer(content.rstrip())}
    return frozenset(
        name for name in opened if name.lower() not in _KNOWN and any(f"</{name}>" in content for content in html)
    )


def _escape_unknown(html: str, own: frozenset[str] = frozenset()) -> str:
    def decide(match: re.Match[str]) -> str:
        if match[2].lower() in _KNOWN:
            return match[0]
        if match[2] in own:
            return f"<{match[1]}blockquote>"
        return match[0].replace("<", "&lt;").replace(">", "&gt;")

    return _TAG.sub(decide, html)


@cache
def _parser() -> MarkdownIt:
    # Sixty modules, which a command that shows no text does without.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])

    def html_inline(self: object, tokens: Sequence[Token], index: int, options: object, env: object) -> str:
        return _escape_unknown(tokens[index].content)

    def html_block(
        self: object, tokens: Sequence[Token], index: int, options: object, env: Mapping[str, frozenset[str]]
    ) -> str:
        return _escape_unknown(tokens[index].content, env.get("own", frozenset()))

    parser.add_render_rule("html_inline", html_inline)
    parser.add_render_rule("html_block", html_block)
    return parser
