"""Every operation of the real descriptions before an independent judge of serialisation; the tests take a sample."""

from __future__ import annotations

from collections import Counter

ALL = 1_000_000_000


def report() -> tuple[str, bool]:
    """Return what the judge reads otherwise, by document and kind, and whether nine of ten requests agree."""
    from tests.request.judging import judged

    asked, different = 0, Counter[str]()
    for document, _, found in judged(ALL, ALL):
        asked += 1
        for one in found[:1]:
            place, _, rest = one.partition(": ")
            named = place.split(" ")[0] in ("path", "query", "header", "cookie")
            different[f"{document}: {rest if named else one}"] += 1
    agreed = asked - different.total()
    lines = [f"{count:6,}  {name}" for name, count in different.most_common(60)]
    return "\n".join([f"{agreed:,} of {asked:,} requests read back as they were put in", *lines]), agreed >= 0.9 * asked
