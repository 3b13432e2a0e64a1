"""What can go wrong with the catalogue; `str()` of each is one sentence that says what to do."""

from __future__ import annotations


class StoreError(Exception):
    """The catalogue could not be read or written."""


class NotACatalogue(StoreError):  # noqa: N818 - reads as what happened
    """The file is not a catalogue of this version of Playground; it has not been touched."""


class ProviderNotFound(StoreError):  # noqa: N818 - reads as what happened
    """No provider of that name. `suggestions` are names that look like it."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(f'There is no provider "{_shown(name)}": {_advice(suggestions, "the list of providers")}.')
        self.name = name
        self.suggestions = suggestions


class OperationNotFound(StoreError):  # noqa: N818 - reads as what happened
    """The provider has no operation of that name. `suggestions` are names that look like it."""

    def __init__(self, provider: str, name: str, suggestions: tuple[str, ...] = ()) -> None:
        advice = _advice(suggestions, "its list of operations")
        super().__init__(f'The provider "{provider}" has no operation "{_shown(name)}": {advice}.')
        self.provider = provider
        self.name = name
        self.suggestions = suggestions


def _advice(suggestions: tuple[str, ...], where: str) -> str:
    if not suggestions:
        return f"look its name up in {where}"
    return "did you mean " + " or ".join(f'"{name}"' for name in suggestions)


def _shown(name: str) -> str:
    # Names come from strangers: one printable line, not a page.
    printable = "".join(character if character.isprintable() else "?" for character in name)
    return printable if len(printable) <= 80 else printable[:79] + "…"
