"""What a page says of the operator's own credential: that it is used, and within which limits."""

from __future__ import annotations

from playground.catalog.model import Entry
from playground.web.site import this_site

_UNITS = {1: "second", 60: "minute", 3600: "hour", 86400: "day"}


def lent_sentence(entry: Entry) -> str:
    """Return the sentence for the panel, empty where the operator lends nothing to this operation."""
    site = this_site()
    loan = site.operator.lent(entry.provider.name, entry.operation)
    if loan is None or not (loan.credentials.single or loan.credentials.schemes or loan.credentials.headers):
        return ""
    limits = []
    if loan.methods:
        limits.append(f"for {', '.join(loan.methods)} requests only")
    if loan.operations:
        limits.append("for this operation" if len(loan.operations) == 1 else "for some operations only")
    if (rate := site.settings.rate_limit) is not None:
        unit = _UNITS.get(rate.seconds, f"{rate.seconds} seconds")
        limits.append(f"{rate.count} requests a {unit} at most")
    said = f" ({'; '.join(limits)})" if limits else ""
    return f"Using the demo key of this site{said}. Your own credentials take its place."
