"""Descriptions as safe HTML: CommonMark and HTML in, sanitised markup out. The only place that makes `Markup`.

Text that only looks like a tag (`<token>`, `<API key>`) is shown as written; real descriptions hold it in one document
out of six, and a sanitiser alone would eat it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from playground.text.wording import say
from playground.web.i18n.translate import gettext

MAX_CHARACTERS = 65_536
"""Longest description rendered; sanitising cost grows faster than length for hostile nesting."""
TOO_LONG = say("This description is longer than can be shown here.")

_BLOCKS = {
    "p", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "pre", "blockquote", "h2", "h3", "h4", "h5", "h6",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "div", "details", "summary",
}  # fmt: skip
_PHRASES = {
    "a", "abbr", "b", "strong", "i", "em", "code", "kbd", "samp", "var", "s", "del", "ins", "sub", "sup", "small",
    "mark", "q", "cite", "u", "span", "tt",
}  # fmt: skip
_DROPPED = {
    "script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "form", "input", "button",
    "textarea", "select", "option", "img", "link", "meta", "base", "font", "center", "nobr", "html", "head", "body",
    "title", "video", "audio", "source", "figure", "figcaption", "section", "article", "header", "footer", "nav",
    "main", "h1", "label", "big", "strike", "picture", "canvas", "frame", "frameset", "applet", "marquee", "col",
    "colgroup",
}  # fmt: skip
_KNOWN = _BLOCKS | _PHRASES | _DROPPED
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:_.-]*)([^<>]*)>")
_SENTENCE = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,.;:()'%/?-]*[A-Za-z0-9,.;:()'%/?-])?")
"""One line of plain words, as most descriptions of fields are: its HTML is known without a parser."""
_HEADING = re.compile(r"<(/?)h([12])\b", re.IGNORECASE)


def _escape_unknown(html: str) -> str:
    def decide(match: re.Match[str]) -> str:
        if match[2].lower() in _KNOWN:
            return match[0]
        return match[0].replace("<", "&lt;").replace(">", "&gt;")

    return _TAG.sub(decide, html)


def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])

    def html_token(self: object, tokens: list[object], index: int, options: object, env: object) -> str:
        content: str = tokens[index].content  # type: ignore[attr-defined]
        return _escape_unknown(content)

    parser.add_render_rule("html_inline", html_token)
    parser.add_render_rule("html_block", html_token)
    return parser


_PARSER = _markdown()


def render_prose(text: str, base_url: str = "") -> Markup:
    """Return a description as safe HTML; relative links are resolved against `base_url`, or left as text."""
    html = _rendered(text, base_url)
    return html if len(text) <= MAX_CHARACTERS else html + Markup("<p>{}</p>").format(gettext(TOO_LONG))


@lru_cache(maxsize=4096)
def _rendered(text: str, base_url: str) -> Markup:
    cut = text[:MAX_CHARACTERS]
    if _SENTENCE.fullmatch(cut):
        return Markup(f"<p>{cut}</p>\n")  # noqa: S704 - none of its characters means anything to Markdown or HTML
    html = _PARSER.render(cut)
    html = _HEADING.sub(lambda match: f"<{match[1]}h2", html)

    clean = _cleaner(base_url).clean(html)
    # What may scroll sideways must be reachable by keyboard (WCAG 2.1.1).
    clean = clean.replace("<pre>", '<pre tabindex="0">').replace("<table>", '<table tabindex="0">')
    # A link that lost its address is plain text, not a link that goes nowhere.
    clean = re.sub(r'<a rel="noopener noreferrer nofollow">(.*?)</a>', r"\1", clean, flags=re.DOTALL)
    return Markup(clean)  # noqa: S704 - sanitised two lines above, and nowhere else


@lru_cache(maxsize=64)
def _cleaner(base_url: str) -> nh3.Cleaner:
    """Return the sanitiser for links relative to an address; making one takes longer than a short text does."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "a" and name == "href":
            return _link(value, base_url)
        return value

    return nh3.Cleaner(
        tags=_BLOCKS | _PHRASES,
        clean_content_tags={"script", "style", "iframe", "object", "svg", "math", "template", "noscript"},
        attributes={"a": {"href"}, "ol": {"start"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}},
        url_schemes={"http", "https", "mailto"},
        attribute_filter=attribute,
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _link(href: str, base_url: str) -> str | None:
    try:
        absolute = urljoin(base_url, href.strip()) if base_url and not href.startswith("#") else href.strip()
        parts = urlsplit(absolute)
    except ValueError:
        return None
    if parts.scheme == "mailto" or (parts.scheme in ("http", "https") and parts.netloc):
        return absolute
    return None


@lru_cache(maxsize=4096)
def plain_text(text: str, limit: int = 160) -> str:
    """Return a description's first words without markup, for titles, lists and meta descriptions."""
    words = " ".join(nh3.clean(_PARSER.render(text[: limit * 8]), tags=set()).split())
    unescaped = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return unescaped if len(unescaped) <= limit else unescaped[: limit - 1].rsplit(" ", 1)[0] + "…"
