"""Compiled templates are kept: for every application of a process, and as files for the next one.

Compiling the templates of an operation page takes longer than drawing fifty of them, and every worker would do it.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache

from playground.web.made import MadeFiles

_FORM = 3
"""How templates are compiled: another number where other code is made of the same source."""

_compiled: dict[tuple[str, str], CodeType] = {}
"""Code by Jinja's key of a template and the checksum of its source."""


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in this process and in files."""

    def __init__(self, files: MadeFiles) -> None:
        self._files = files

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of a template's file, wherever the template lies: installations do not add up."""
        return hashlib.sha256(f"{_FORM} {name}".encode()).hexdigest()[:32]

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket its code, if it is kept for exactly this source."""
        key = (bucket.key, bucket.checksum)
        if key in _compiled:
            bucket.code = _compiled[key]
        elif (kept := self._files.get(bucket.key)) is not None:
            bucket.load_bytecode(BytesIO(kept))
            if bucket.code is not None:
                _compiled[key] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code."""
        assert bucket.code is not None  # noqa: S101 - Jinja has compiled it just now
        _compiled[bucket.key, bucket.checksum] = bucket.code
        self._files.put(bucket.key, bucket.bytecode_to_string())
