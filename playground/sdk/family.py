"""Which providers one package holds: npm names have two parts, so nested providers are subpaths of one package."""

from __future__ import annotations

from collections.abc import Mapping

MOST_OPERATIONS = 5000
"""So large a package still installs in a moment; of a larger family each member is installed by its own name."""


def members_of(name: str, providers: Mapping[str, int]) -> tuple[str, ...]:
    """Return the providers, of those given with their number of operations, that the package of this name holds.

    That is the provider itself; a name of one part brings all below it as well, unless they are too many together.
    Nothing if there is no provider to bring.
    """
    own = (name,) if name in providers else ()
    if "/" in name:
        return own
    family = (*own, *sorted(provider for provider in providers if provider.startswith(f"{name}/")))
    return family if sum(providers[one] for one in family) <= MOST_OPERATIONS else own
