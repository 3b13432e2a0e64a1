"""The code samples an operation brings itself: `x-codeSamples` and what other tools call the same.

One source only, the most particular first: where a description has several, they say the same in different words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.catalog.model import CodeSample
from playground.openapi.reading import text

_LISTS = ("x-codeSamples", "x-code-samples", "x-custom-examples")
_MOST = 50
_LONGEST = 64 * 1024
"""Characters that are kept of one sample; a page shows fewer."""


def code_samples(operation: Mapping[str, Any]) -> tuple[CodeSample, ...]:
    """Return the code samples of an operation, from the first of the extensions that has any."""
    for samples in _sources(operation):
        found = tuple(sample for sample in samples[:_MOST] if sample.source.strip())
        if found:
            return found
    return ()


def _sources(operation: Mapping[str, Any]) -> Iterator[list[CodeSample]]:
    yield _by_language_of_each(operation.get("x-scalar-examples"))
    yield _by_language(operation.get("x-stainless-snippets"))
    yield _by_language_of_each(operation.get("x-stainless-examples"))
    yield _listed(_mapping(operation.get("x-readme")).get("code-samples"))
    for key in _LISTS:
        yield _listed(operation.get(key))
    examples = _mapping(operation.get("x-oaiMeta")).get("examples")
    yield _by_language_of_each(examples)
    yield _by_language(examples)


def _listed(value: Any) -> list[CodeSample]:
    """Read a list of `{lang, label, source}`, or of `{language, name, code, install}`."""
    samples = value if isinstance(value, list) else []
    return [
        CodeSample(
            language=text(sample.get("lang")) or text(sample.get("language")),
            label=text(sample.get("label")) or text(sample.get("name")),
            source=(text(sample.get("source")) or text(sample.get("code")))[:_LONGEST],
            install=text(sample.get("install"))[:_LONGEST],
        )
        for sample in samples[:_MOST]
        if isinstance(sample, Mapping)
    ]


def _by_language(value: Any, title: str = "") -> list[CodeSample]:
    """Read `{language: source}`; a member that is no text is not one of them."""
    return [
        CodeSample(language=str(name), label=f"{name} – {title}" if title else "", source=source[:_LONGEST])
        for name, source in list(_mapping(value).items())[:_MOST]
        if isinstance(source, str)
    ]


def _by_language_of_each(value: Any) -> list[CodeSample]:
    """Read `{title, request: {language: source}}`, or a list of such; one alone needs no title."""
    examples = [one for one in (value if isinstance(value, list) else [value])[:_MOST] if isinstance(one, Mapping)]
    titled = len(examples) > 1
    return [
        sample
        for example in examples
        for sample in _by_language(example.get("request"), text(example.get("title")) * titled)
    ]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
