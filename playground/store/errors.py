"""What can go wrong with the catalogue; `str()` of each is one sentence that says what to do."""

from __future__ import annotations

from playground.text.wording import say


class StoreError(Exception):
    """The catalogue could not be read or written."""


class NotACatalogue(StoreError):  # noqa: N818 - reads as what happened
    """The file is not a catalogue of this version of Playground; it has not been touched."""


class CatalogueMissing(StoreError):  # noqa: N818 - reads as what happened
    """There is no file at the catalogue's path any more."""


class ProviderNotFound(StoreError):  # noqa: N818 - reads as what happened
    """No provider of that name. `suggestions` are names that look like it."""

    def __init__(self, name: str, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(
            say(
                'There is no provider "%(name)s": %(advice)s.',
                name=_shown(name),
                advice=_advice(suggestions, say("the list of providers")),
            )
        )
        self.name = name
        self.suggestions = suggestions


class VersionNotFound(StoreError):  # noqa: N818 - reads as what happened
    """The provider has no version of that number any more, or none yet."""

    def __init__(self, name: str, number: int) -> None:
        super().__init__(
            say('The version %(number)s of "%(name)s" is not kept: choose one from its list of changes.',
                number=str(number), name=_shown(name))
        )  # fmt: skip


class OperationNotFound(StoreError):  # noqa: N818 - reads as what happened
    """The provider has no operation of that name. `suggestions` are names that look like it."""

    def __init__(self, provider: str, name: str, suggestions: tuple[str, ...] = ()) -> None:
        advice = _advice(suggestions, say("its list of operations"))
        super().__init__(
            say(
                'The provider "%(provider)s" has no operation "%(name)s": %(advice)s.',
                provider=provider,
                name=_shown(name),
                advice=advice,
            )
        )
        self.provider = provider
        self.name = name
        self.suggestions = suggestions


def _advice(suggestions: tuple[str, ...], where: str) -> str:
    if not suggestions:
        return say("look its name up in %(where)s", where=where)
    names: str = say('"%(name)s"', name=suggestions[0])
    for name in suggestions[1:]:
        names = say("%(one)s or %(other)s", one=names, other=say('"%(name)s"', name=name))
    return say("did you mean %(names)s", names=names)


def _shown(name: str) -> str:
    # Names come from strangers: one printable line, not a page.
    printable = "".join(character if character.isprintable() else "?" for character in name)
    return printable if len(printable) <= 80 else printable[:79] + "…"
