"""Extensions that change what a visitor sees of an operation: lists, badges, notices, code samples, sending.

The spellings of several tools are read alike; all other extensions become short texts, shown on demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from playground.catalog.model import CodeSample
from playground.openapi.values import flag, text

HIDDEN = ("x-internal", "x-hidden", "x-excluded", "x-scalar-ignore")
_MOST_BADGES = 6
_LONGEST_BADGE = 40
_LONGEST_NOTICE = 2000
_STATES = ("x-state", "x-scalar-stability", "x-stability", "x-stability-level")
_SUNSET = ("x-sunset", "x-sunset-date")
_EXPLORER = ("x-explorer-enabled", "x-fern-explorer", "x-zudoku-playground-enabled")
_SAMPLE_LISTS = ("x-codeSamples", "x-code-samples", "x-custom-examples")
_MOST_SAMPLES = 50
_LONGEST_SAMPLE = 64 * 1024
"""Characters of one code sample; a page shows fewer."""
_READ_ELSEWHERE = frozenset((
    *HIDDEN, *_STATES, *_SUNSET, *_EXPLORER, *_SAMPLE_LISTS, "x-readme", "x-mint", "x-badges", "x-beta",
    "x-deprecated", "x-roles", "x-deprecated-description", "x-rolesRequirements", "x-oaiMeta", "x-scalar-examples",
    "x-stainless-snippets", "x-stainless-examples", "x-ms-examples", "x-examples", "x-example",
))  # fmt: skip
_LONGEST_SHOWN = 400
_MOST_SHOWN = 20


_MARKS = frozenset((*HIDDEN, "x-order"))
_HIDING = frozenset((*HIDDEN, "x-readme"))


def extensions_in(holder: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the members that are extensions: all that the functions here read of an operation, and often none."""
    return {key: value for key, value in holder.items() if key.startswith("x-")}


def is_hidden(*holders: Mapping[str, Any]) -> bool:
    """Tell whether an operation, its path item, a tag, a schema or a scheme asks to be left out of what is shown."""
    return any(_hides(holder) for holder in holders)


def discriminator_value(schema: Mapping[str, Any]) -> str:
    """Return the value by which a discriminator tells a schema, where it is not the schema's name; else empty."""
    return text(schema.get("x-ms-discriminator-value")) or text(schema.get("x-discriminator-value"))


def _hides(holder: Mapping[str, Any]) -> bool:
    if _HIDING.isdisjoint(holder):
        return False
    marks = [*(holder.get(key) for key in HIDDEN), _mapping(holder.get("x-readme")).get("internal")]
    return any(mark is True or mark == "true" for mark in marks)


def read_hidden_tags(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the tags whose operations are left out of lists."""
    tags = [tag for tag in _list(document.get("tags")) if isinstance(tag, Mapping)]
    return frozenset(text(tag.get("name")) for tag in tags if is_hidden(tag))


def is_deprecated(operation: Mapping[str, Any]) -> bool:
    """Tell whether an operation is deprecated, in whichever spelling."""
    return (
        flag(operation.get("deprecated"))
        or flag(operation.get("x-deprecated"))
        or any(text(operation.get(key)).lower() == "deprecated" for key in _STATES)
        or bool(text(operation.get("x-deprecated-description")).strip())
    )


def read_badges(operation: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the badges beside the method: `x-badges`, the operation's state, its end, the roles it is for."""
    if not operation:
        return ()
    badges = dict.fromkeys(" ".join(badge.split())[:_LONGEST_BADGE] for badge in _badges(operation))
    return tuple(badge for badge in badges if badge and badge.lower() != "deprecated")[:_MOST_BADGES]


def _badges(operation: Mapping[str, Any]) -> Iterator[str]:
    for badge in _list(operation.get("x-badges")):
        yield text(badge.get("label") or badge.get("name")) if isinstance(badge, Mapping) else text(badge)
    for key in _STATES:
        yield text(operation.get(key))
    if flag(operation.get("x-beta")):
        yield "beta"
    for key in _SUNSET:
        if ends := text(operation.get(key)):
            yield f"ends {ends}"
    for requirement in _list(operation.get("x-rolesRequirements", operation.get("x-roles"))):
        names = _mapping(requirement).get("roles", requirement)
        for name in names if isinstance(names, list) else [names]:
            if text(name):
                yield f"role {text(name)}"


def read_notice(operation: Mapping[str, Any]) -> str:
    """Return the notice for callers of a deprecated operation."""
    return text(operation.get("x-deprecated-description")).strip()[:_LONGEST_NOTICE]


def can_be_sent(operation: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Tell whether the description lets an operation be tried from a page; the operation's own mark counts first."""
    for holder in filter(None, (operation, document)):
        readme, mint = _mapping(holder.get("x-readme")), _mapping(_mapping(holder.get("x-mint")).get("metadata"))
        marks = [holder.get(key) for key in _EXPLORER]
        marks += [readme.get("explorer-enabled"), False if mint.get("playground") in ("none", "hide") else None]
        for mark in marks:
            if isinstance(mark, bool):
                return mark
    return True


def read_static_headers(operation: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the header fields that every request is to carry (ReadMe's `headers`)."""
    for holder in filter(None, (operation, document)):
        for header in _list(_mapping(holder.get("x-readme")).get("headers")):
            name, value = text(_mapping(header).get("key")).strip(), text(_mapping(header).get("value"))
            if name and value:
                yield name, value


def read_other_extensions(operation: Mapping[str, Any]) -> dict[str, str]:
    """Return the extensions that are read nowhere as short texts by name, long ones cut, at most 20 of them."""
    shown: dict[str, str] = {}
    for key, value in operation.items():
        if key.startswith("x-") and key not in _READ_ELSEWHERE and value is not None and len(shown) < _MOST_SHOWN:
            plain = value if isinstance(value, str) else _json(value)
            shown[key] = plain if len(plain) <= _LONGEST_SHOWN else plain[: _LONGEST_SHOWN - 1] + "…"
    return shown


def _json(value: Any) -> str:
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return ""  # numbers that keep their spelling: not worth a second writer


def read_code_samples(operation: Mapping[str, Any]) -> tuple[CodeSample, ...]:
    """Return the code samples of an operation, from the first of the extensions that has any."""
    for samples in _sources(operation) if operation else ():
        usable = tuple(sample for sample in samples[:_MOST_SAMPLES] if sample.source.strip())
        if usable:
            return usable
    return ()


def _sources(operation: Mapping[str, Any]) -> Iterator[list[CodeSample]]:
    yield _by_language_of_each(operation.get("x-scalar-examples"))
    yield _by_language(operation.get("x-stainless-snippets"))
    yield _by_language_of_each(operation.get("x-stainless-examples"))
    yield _listed(_mapping(operation.get("x-readme")).get("code-samples"))
    for key in _SAMPLE_LISTS:
        yield _listed(operation.get(key))
    examples = _mapping(operation.get("x-oaiMeta")).get("examples")
    yield _by_language_of_each(examples)
    yield _by_language(examples)


def _listed(value: Any) -> list[CodeSample]:
    """Read a list of `{lang, label, source}`, or of `{language, name, code, install}`."""
    samples = _list(value)
    return [
        CodeSample(
            language=text(sample.get("lang")) or text(sample.get("language")),
            label=text(sample.get("label")) or text(sample.get("name")),
            source=(text(sample.get("source")) or text(sample.get("code")))[:_LONGEST_SAMPLE],
            install=text(sample.get("install"))[:_LONGEST_SAMPLE],
        )
        for sample in samples[:_MOST_SAMPLES]
        if isinstance(sample, Mapping)
    ]


def _by_language(value: Any, title: str = "") -> list[CodeSample]:
    """Read `{language: source}`; members that are no text are left out."""
    return [
        CodeSample(language=str(name), label=f"{name} – {title}" if title else "", source=source[:_LONGEST_SAMPLE])
        for name, source in list(_mapping(value).items())[:_MOST_SAMPLES]
        if isinstance(source, str)
    ]


def _by_language_of_each(value: Any) -> list[CodeSample]:
    """Read `{title, request: {language: source}}`, or a list of such; a single one needs no title."""
    listed = value if isinstance(value, list) else [value]
    examples = [example for example in listed[:_MOST_SAMPLES] if isinstance(example, Mapping)]
    titled = len(examples) > 1
    return [
        sample
        for example in examples
        for sample in _by_language(example.get("request"), text(example.get("title")) * titled)
    ]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def shown_properties(properties: dict[str, Any], required: Any) -> dict[str, Any]:
    """Return the properties that are not hidden, in the order of `x-order`.

    A required one stays: without it the request would be refused.
    """
    for schema in properties.values():
        if schema.__class__ is dict and not _MARKS.isdisjoint(schema):
            break
    else:
        return properties
    needed = required if isinstance(required, list) else []
    marked = [
        (name, schema)
        for name, schema in properties.items()
        if isinstance(schema, dict) and not _MARKS.isdisjoint(schema)
    ]
    left_out = {name for name, schema in marked if name not in needed and is_hidden(schema)}
    order = {name: schema["x-order"] for name, schema in marked if isinstance(schema.get("x-order"), int | float)}
    shown = [name for name in properties if name not in left_out]
    return {name: properties[name] for name in sorted(shown, key=lambda name: order.get(name, float("inf")))}
