"""What a content view is given and gives back: a body as bytes in, text or an image a person can look at out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MAX_SHOWN = 512 * 1024
"""Characters shown at most."""

MAX_HIGHLIGHTED = 64 * 1024
"""Characters of a text that is highlighted at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A message's content. `media_type` is lower case and without parameters; `charset` as declared, or empty."""

    data: bytes
    media_type: str = ""
    charset: str = ""
    truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A body ready to be shown: `text` (for autoescaping, highlighted by `lexer`), or `image` as a data URI.

    `notes` say what was left out or changed for the eye.
    """

    kind: str
    title: str
    text: str = ""
    lexer: str = ""
    image: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentView:
    """A way of showing bodies.

    `priority` says how well it fits (0: not at all) without reading much; `render` may raise `ValueError`, and then the
    next best view is taken.
    """

    kind: str
    priority: Callable[[Body], int]
    render: Callable[[Body], View]
