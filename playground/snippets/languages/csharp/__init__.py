"""C# with HttpClient."""

from __future__ import annotations

from playground.snippets.languages.csharp import http_client
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (http_client.TARGET,)
