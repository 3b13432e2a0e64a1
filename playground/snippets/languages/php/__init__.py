"""PHP: its cURL extension and Guzzle."""

from __future__ import annotations

from playground.snippets.languages.php import curl, guzzle
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (curl.TARGET, guzzle.TARGET)
