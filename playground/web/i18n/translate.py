"""Messages, sentences of other packages, numbers, sizes and durations in the visitor's language.

Outside a request, and in English, every message is the text in the code.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from flask import Flask
from jinja2 import nodes
from jinja2.compiler import Frame

from playground.text.wording import Said, Value
from playground.web.i18n.languages import current_globals, language
from playground.web.markup.environment import QuickCode

_UNITS = ("kB", "MB", "GB")


def add_words(app: Flask) -> None:
    """Give templates `_`, `ngettext`, `{% trans %}` and the filters for numbers; translate every `Said` they show."""
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(_marked, _marked_many, newstyle=True)  # type: ignore[attr-defined]
    env.policies["ext.i18n.trimmed"] = True
    env.globals["_"] = gettext
    env.globals["ngettext"] = many  # `{% trans %}` is used without a plural
    env.filters.update(number=number_text, bytes_text=bytes_text, ms_text=milliseconds_text, localize=localize)
    env.finalize = localize
    env.code_generator_class = _FixedMessages
    env.words = _fixed  # type: ignore[attr-defined]


class _FixedMessages(QuickCode):
    """Write `_("a fixed message")` as a call of its own: a page has a hundred, and Jinja asks of each what it calls."""

    def visit_Call(  # type: ignore[override]  # noqa: N802 - Jinja's name
        self, node: nodes.Call, frame: Frame, **options: Any
    ) -> None:
        """Write one call."""
        is_fixed = len(node.args) == 1 and isinstance(node.args[0], nodes.Const) and not node.kwargs
        if is_fixed and isinstance(node.node, nodes.Name) and node.node.name == "_":
            self.write("environment.words(")
            self.visit(node.args[0], frame)
            self.write(")")
        else:
            super().visit_Call(node, frame, **options)


def gettext(message: str, /, **values: Value) -> str:
    """Return a message with its values in the visitor's language; a `Said` brings its own values."""
    if isinstance(message, Said):
        return _translated(message)
    text = language().words.gettext(message)
    return text % {name: _value(value) for name, value in values.items()} if values else text


def many(singular: str, plural: str, count: int, /, **values: Value) -> str:
    """Return a message about a number of things in the visitor's language; `%(num)s` is the number."""
    text = language().words.ngettext(singular, plural, count)
    return text % {"num": number_text(count), **{name: _value(value) for name, value in values.items()}}


def localize(value: Any) -> Any:
    """Return a sentence of another package in the visitor's language, and any other value as it is."""
    return _translated(value) if type(value) is Said else value


def _translated(sentence: Said) -> str:
    if sentence.many is not None and sentence.number is not None:
        values = {name: value for name, value in sentence.values.items() if name != "num"}
        return many(sentence.message, sentence.many, sentence.number, **values)
    return gettext(sentence.message, **sentence.values)


def _value(value: Value) -> str:
    if isinstance(value, str):
        return _translated(value) if type(value) is Said else value
    return number_text(value)


def _fixed(message: str) -> str:
    """Return a message that a template holds: a page has two hundred."""
    try:
        text: str = current_globals().language.fixed[message]
    except (AttributeError, RuntimeError):  # the first one of a request, or none
        text = language().fixed[message]
    return text


def _marked(message: str) -> str:
    return language().words.gettext(message)


def _marked_many(singular: str, plural: str, count: int) -> str:
    return language().words.ngettext(singular, plural, count)


def number_text(number: float, pattern: str | None = None) -> str:
    """Return a number as it is written in the visitor's language: `1,024`, `1.024`."""
    if pattern is None and 0 <= number < 1_000 and type(number) is int:
        return str(number)
    return _formatted(number, pattern, language().locale)


@lru_cache(maxsize=4096, typed=True)  # many fields of a form have the same limits
def _formatted(number: float, pattern: str | None, locale: Locale) -> str:
    return format_decimal(number, format=pattern, locale=locale)


def bytes_text(count: int) -> str:
    """Return a size in bytes as text: `812 B`, `3.1 kB`, `2.4 MB` (powers of 1000)."""
    if count < 1000:
        return f"{count} B"
    for unit in _UNITS:
        count_in_unit = count / 1000 ** _UNITS.index(unit) / 1000
        if count_in_unit < 999.95:
            break
    return f"{number_text(count_in_unit, '0.0')} {unit}"


def milliseconds_text(duration: float) -> str:
    """Return a duration in milliseconds as text: `0.4 ms`, `214 ms`, `3.2 s`."""
    if duration < 10:
        return f"{number_text(round(duration, 1), '0.0')} ms"
    return f"{duration:.0f} ms" if duration < 10_000 else f"{number_text(round(duration / 1000, 1), '0.0')} s"
