"""How templates are compiled, and the filters and functions that all of them may call.

A template holds one element a line. The indentation is taken out once, when the template is compiled, so that pages are
no larger for it. Words and numbers of templates are in `web/i18n/translate.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
from flask import Flask, url_for
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from playground.secrets.detect import NAME_PATTERN
from playground.text.highlight import tokens
from playground.text.markdown import plain_text
from playground.text.visible import reveal
from playground.web.made import MadeFiles, made_folder
from playground.web.markup.compiled import CompiledTemplates
from playground.web.markup.prose import render_prose
from playground.web.site import event_url, operation_url, provider_url, route_url

LONGEST_END = 28
"""Characters at the end of a path that stay where it is shortened."""

_LINE_END = r"(?P<line>[ \t]*\n\s*)"
_IN_TEXT = re.compile(rf"{_LINE_END}|<(?P<tag>[a-zA-Z!][\w-]*)")
_IN_TAG = re.compile(rf"{_LINE_END}|(?P<end>>)|(?P<quote>[\"'])")
_IN_VALUE = {quote: re.compile(rf"{_LINE_END}|(?P<quote>{quote})") for quote in "\"'"}
_VERBATIM = {tag: re.compile(rf"(?=</{tag}\b)") for tag in ("pre", "textarea")}


class StripIndentation(Extension):
    """Take line ends and indentation out of templates, by the rule of JSX.

    A line end between two words or two attributes is one blank, any other is nothing. So a blank that matters beside a
    tag or a statement is written on the same line, or as `{{ ' ' }}`. The content of `pre`, `textarea` and
    `{% trans %}` stays as it is.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, the text between its statements without line ends."""
        html = _HTML()
        in_message = False
        template = list(stream)
        for token, following in zip(template, [*template[1:], None], strict=True):
            if token.type == "block_begin" and following is not None:
                in_message = following.value == "trans" or (in_message and following.value != "endtrans")
            if token.type != "data" or in_message:
                yield token
            elif text := html.strip(
                token.value, before_value=following is not None and following.type == "variable_begin"
            ):
                yield Token(token.lineno, token.type, text)


class _HTML:
    """The text of a template, read piece by piece: what a line end means depends on what is open."""

    def __init__(self) -> None:
        self._tag = ""
        self._quote = ""
        self._verbatim = ""

    def strip(self, text: str, *, before_value: bool) -> str:
        """Return the next piece of text without line ends; `before_value` says that a `{{ }}` follows it."""
        pieces: list[str] = []
        place = 0
        while place < len(text):
            match = self._pattern().search(text, place)
            if match is None:
                pieces.append(text[place:])
                break
            pieces.append(text[place : match.start()])
            if match.groupdict().get("line"):
                before, after = text[: match.start()][-1:], text[match.end() :][:1]
                pieces.append(" " if self._is_blank(before, after, before_value=before_value) else "")
            else:
                pieces.append(match[0])
                self._enter(match)
            place = match.end()
        return "".join(pieces)

    def _pattern(self) -> re.Pattern[str]:
        if self._verbatim:
            return _VERBATIM[self._verbatim]
        if self._quote:
            return _IN_VALUE[self._quote]
        return _IN_TAG if self._tag else _IN_TEXT

    def _is_blank(self, before: str, after: str, *, before_value: bool) -> bool:
        if self._quote:
            return True
        if self._tag:
            return after not in (">", "/") if after else before_value
        return before not in ("", ">") and after not in ("", "<")

    def _enter(self, match: re.Match[str]) -> None:
        """Note what the tag, quotation mark or end that was read opens or closes."""
        if self._verbatim:
            self._verbatim = ""
        elif self._quote:
            self._quote = ""
        elif not self._tag:
            self._tag = match["tag"].lower()
        elif match["quote"]:
            self._quote = match["quote"]
        else:
            self._verbatim = self._tag if self._tag in _VERBATIM else ""
            self._tag = ""


def path_ends(path: str) -> tuple[str, str]:
    """Split a path before as many of its last segments as `LONGEST_END` characters hold, and at least one of several.

    The second part begins with a slash; it is empty where the path has one segment.
    """
    cut = path.find("/", max(1, len(path) - LONGEST_END))
    cut = path.rfind("/") if cut < 0 else cut
    return (path[:cut], path[cut:]) if cut > 0 else (path, "")


def source_url(provider: str) -> str:
    """Return the address of a provider's source document."""
    return url_for("pages.path", path=f"{provider}/openapi.json")


def _compiler() -> str:
    """Return the text of every module that has a say in what templates become, and Jinja's version."""
    ours = "".join(path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("*.py")))
    return f"{jinja2.__version__} {ours}"


def prepare_templates(app: Flask) -> None:
    """Register how templates are compiled, and the filters and functions that all of them may call."""
    app.jinja_env.add_extension(StripIndentation)
    app.jinja_env.bytecode_cache = CompiledTemplates(MadeFiles(made_folder("templates", _compiler())))
    app.add_template_filter(render_prose, "prose")
    app.add_template_filter(plain_text, "plain")
    app.add_template_filter(tokens, "tokens")
    app.add_template_filter(reveal, "visible")
    app.add_template_filter(path_ends)
    app.add_template_global(provider_url, "provider_url")
    app.add_template_global(operation_url, "operation_url")
    app.add_template_global(event_url, "event_url")
    app.add_template_global(route_url, "route_url")
    app.add_template_global(source_url, "source_url")
    app.jinja_env.globals["secret_names"] = NAME_PATTERN
