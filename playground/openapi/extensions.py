"""Extensions that change what a visitor sees of an operation: its own code samples, and whether it is listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.catalog.model import CodeSample
from playground.openapi.reading import flag, text

_SAMPLES = ("x-codeSamples", "x-code-samples", "x-custom-examples")
_HIDDEN = ("x-internal", "x-hidden", "x-excluded", "x-scalar-ignore")
_MOST_SAMPLES = 50


def is_hidden(*holders: Mapping[str, Any]) -> bool:
    """Tell whether an operation, its path item or a tag of it asks to be left out of lists."""
    return any(flag(holder.get(key)) for holder in holders for key in _HIDDEN)


def hidden_tags(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the tags whose operations are left out of lists."""
    tags = document.get("tags")
    listed = [tag for tag in tags if isinstance(tag, Mapping)] if isinstance(tags, list) else []
    return frozenset(text(tag.get("name")) for tag in listed if is_hidden(tag))


def code_samples(operation: Mapping[str, Any]) -> tuple[CodeSample, ...]:
    """Return the code samples of an operation, from the first of the extensions that has any."""
    readme = operation.get("x-readme")
    lists = [operation.get(key) for key in _SAMPLES]
    lists.append(readme.get("code-samples") if isinstance(readme, Mapping) else None)
    for listed in lists:
        if not isinstance(listed, list):
            continue
        samples = [_sample(value) for value in listed[:_MOST_SAMPLES] if isinstance(value, Mapping)]
        found = tuple(sample for sample in samples if sample.source.strip())
        if found:
            return found
    return ()


def _sample(value: Mapping[str, Any]) -> CodeSample:
    return CodeSample(
        language=text(value.get("lang")) or text(value.get("language")),
        label=text(value.get("label")) or text(value.get("name")),
        source=text(value.get("source")) or text(value.get("code")),
    )
