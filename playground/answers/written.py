"""An answer written out: the whole exchange as `curl -i` prints it, and as a named example of its description."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from playground.answers.record import Record
from playground.text.visible import reveal

LONGEST_BODY = 200_000
"""Characters of a body that are written out."""


def exchange_text(record: Record, command: str, body: str | None) -> str:
    """Return the command, then status line, header fields and content; `body` is `None` for what is no text."""
    lines = [f"HTTP/1.1 {record.status} {record.reason}".rstrip()]
    lines += [f"{name}: {value}" for name, value in record.headers]
    content = f"({record.size} bytes)" if body is None else body[:LONGEST_BODY]
    cut = "\n…" if body is not None and len(body) > LONGEST_BODY else ""
    return reveal("\n".join([f"$ {with_headers(command)}", *lines, "", content]) + cut)


def with_headers(command: str) -> str:
    """Return a curl command that prints the head of the answer too."""
    return re.sub(r"\Acurl(?= )", "curl -i", command)


def example_patch(
    *, path: str, method: str, status: str, media_type: str, name: str, summary: str, value: Any, old: bool
) -> str:
    """Return YAML that adds a named example to an answer of a description; `old` is Swagger's form, without names."""
    if old:
        content: dict[str, Any] = {"examples": {media_type: value}}
    else:
        # Slices are plain text, whatever text they are of.
        example = {name[:100]: {**({"summary": summary[:300]} if summary else {}), "value": value}}
        content = {"content": {media_type: {"examples": example}}}
    patch = {"paths": {path: {method.lower(): {"responses": {status: content}}}}}
    written: str = yaml.dump(patch, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return written


class _Dumper(yaml.SafeDumper):
    """Writes what JSON has, without anchors: a reader of the patch wants each value where it is."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _float(dumper: yaml.SafeDumper, value: float) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", json.dumps(value))


_Dumper.add_representer(float, _float)
