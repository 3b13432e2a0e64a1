"""Why a request cannot be built: one tree, each error one sentence for the visitor, none holding a secret."""

from __future__ import annotations

from playground.text.wording import say

_LONGEST_NAME = 80


class RequestError(ValueError):
    """The request cannot be built. `field` is the input's name as on the page (`path.session`), or empty."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class MissingParameter(RequestError):  # noqa: N818 - the sentence a visitor reads is the point, not the suffix
    """A path parameter has no value, so the path has a hole."""


class UnsafePathValue(RequestError):  # noqa: N818
    """A path value would change which operation is called."""


class HeaderRefused(RequestError):  # noqa: N818
    """A header or cookie cannot be sent: a reserved name, or a name or value outside RFC 9110's grammar."""


class UnknownServer(RequestError):  # noqa: N818
    """The chosen server is not one of the operation's, or its URL is no usable address."""


class BodyError(RequestError):
    """The body does not fit its media type."""


class UnknownArgument(RequestError):  # noqa: N818
    """An argument names no input of the operation, or has an unusable shape."""


class CredentialError(RequestError):
    """A credential cannot be read or sent."""


class MethodRefused(RequestError):  # noqa: N818
    """A method that is never sent (TRACE, CONNECT), or one that is no token."""


def shown(name: str) -> str:
    """Return a name that came from a stranger, short and on one line, in typographic quotes."""
    text = "".join(character if character.isprintable() else "\ufffd" for character in name)
    return say("“%(name)s”", name=text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…")
