"""How large a document may be: each limit is checked by itself and named in its error."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds for one document.

    `size` in bytes; `depth` in nested objects and lists; `nodes` are values of any kind, each alias counted with all it
    repeats; `aliases` are YAML's `*name`; `repeated` the nodes that aliases repeat (16 characters weigh as one);
    `string` in characters; `parts` are the parameters, media types and headers of all operations together; `files` are
    those that references name.
    """

    size: int = 100_000_000
    depth: int = 200
    nodes: int = 20_000_000
    aliases: int = 100_000
    repeated: int = 1_000_000
    string: int = 5_000_000
    operations: int = 50_000
    parts: int = 2_000_000
    files: int = 1_000


DEFAULT_LIMITS = Limits()
