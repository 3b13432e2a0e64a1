"""What a page says of the operator's own credential: that it is used, and within which limits."""

from __future__ import annotations

from playground.catalog.model import Entry
from playground.web.site import this_site
from playground.wording import joined, say


def lent_sentence(entry: Entry) -> str:
    """Return the sentence for the panel, empty where the operator lends nothing to this operation."""
    site = this_site()
    loan = site.operator.lent(entry.provider.name, entry.operation)
    if loan is None or not (loan.credentials.single or loan.credentials.schemes or loan.credentials.headers):
        return ""
    limits: list[str] = []
    if loan.methods:
        limits.append(say("for %(methods)s requests only", methods=", ".join(loan.methods)))
    if loan.operations:
        one = len(loan.operations) == 1
        limits.append(say("for this operation") if one else say("for some operations only"))
    if (rate := site.settings.rate_limit) is not None:
        limits.append(_rate_text(rate.count, rate.seconds))
    if not limits:
        return say("Using the demo key of this site. Your own credentials take its place.")
    return say(
        "Using the demo key of this site (%(limits)s). Your own credentials take its place.",
        limits=joined("; ", limits),
    )


def _rate_text(count: int, seconds: int) -> str:
    match seconds:
        case 1:
            return say("%(count)s requests a second at most", count=count)
        case 60:
            return say("%(count)s requests a minute at most", count=count)
        case 3600:
            return say("%(count)s requests an hour at most", count=count)
        case _:
            return say("%(count)s requests a day at most", count=count)
