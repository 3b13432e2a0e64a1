"""A POSIX shell: curl, GNU Wget and HTTPie."""

from __future__ import annotations

from playground.snippets.languages.shell import curl, httpie, wget
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (curl.TARGET, wget.TARGET, httpie.TARGET)
