"""OpenAPI 3.1: as 3.0, with whole JSON Schema, so everything beside a `$ref` counts (OpenAPI 3.1, section 4.8.24)."""

from __future__ import annotations

from dataclasses import replace

from playground.openapi.versions import v3_0

VERSION = replace(v3_0.VERSION, name="3.1", all_siblings=True)
