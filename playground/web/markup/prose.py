"""Descriptions as safe HTML: CommonMark and HTML in, sanitised markup out. The only place that makes `Markup`."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import nh3
from markupsafe import Markup

from playground.text.markdown import BLOCKS, PHRASES, is_plain, render_markdown
from playground.text.wording import say
from playground.web.i18n.translate import gettext

MAX_CHARACTERS = 65_536
"""Longest description rendered; sanitising cost grows faster than length for hostile nesting."""
TOO_LONG = say("This description is longer than can be shown here.")

_HEADING = re.compile(r"<(/?)h([12])\b", re.IGNORECASE)


def render_prose(text: str, base_url: str = "") -> Markup:
    """Return a description as safe HTML; relative links are resolved against `base_url`, or left as text."""
    html = _rendered(text, base_url)
    return html if len(text) <= MAX_CHARACTERS else html + Markup("<p>{}</p>").format(gettext(TOO_LONG))


@lru_cache(maxsize=4096)
def _rendered(text: str, base_url: str) -> Markup:
    cut = text[:MAX_CHARACTERS]
    if is_plain(cut):
        return Markup(f"<p>{cut}</p>\n")  # noqa: S704 - none of its characters means anything to Markdown or HTML
    html = render_markdown(cut)
    html = _HEADING.sub(lambda match: f"<{match[1]}h2", html)

    clean = _cleaner(base_url).clean(html)
    # What may scroll sideways must be reachable by keyboard (WCAG 2.1.1).
    clean = clean.replace("<pre>", '<pre tabindex="0">').replace("<table>", '<table tabindex="0">')
    # A link that lost its address is plain text, not a link that goes nowhere.
    clean = re.sub(r'<a rel="noopener noreferrer nofollow">(.*?)</a>', r"\1", clean, flags=re.DOTALL)
    return Markup(clean)  # noqa: S704 - sanitised two lines above, and nowhere else


@lru_cache(maxsize=64)
def _cleaner(base_url: str) -> nh3.Cleaner:
    """Return the sanitiser for links relative to an address; making one takes longer than cleaning a short text."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "a" and name == "href":
            return _link(value, base_url)
        return value

    return nh3.Cleaner(
        tags=BLOCKS | PHRASES,
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
