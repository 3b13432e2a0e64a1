"""Whether a Content-Security-Policy of the application around the site lets its pages work (CSP Level 3)."""

from __future__ import annotations

from collections.abc import Iterable

from playground.text.wording import joined, say

_NEEDED = (
    ("script-src", ("script-src-elem", "script-src", "default-src"), say("its scripts")),
    ("style-src", ("style-src-elem", "style-src", "default-src"), say("its stylesheet")),
    ("connect-src", ("connect-src", "default-src"), say("Send and the live snippet")),
    ("form-action", ("form-action",), say("its forms")),
)
"""What pages need from their own origin: the directive to write, those that decide, what works by it."""


def forbidden_by(policies: Iterable[str]) -> str:
    """Return a sentence that names what the policies forbid to the site's pages, empty if they work.

    Each value of a header field is a list of policies; all of them hold.
    """
    forbidden: dict[str, str] = {}
    for policy in (policy for value in policies for policy in value.split(",")):
        directives: dict[str, list[str]] = {}
        for directive in policy.split(";"):
            name, *sources = directive.split()[:1000] or [""]
            directives.setdefault(name.lower(), [source.lower() for source in sources])
        for written, deciding, what in _NEEDED:
            sources_of = next((directives[name] for name in deciding if name in directives), None)
            if sources_of is not None and not _allows_own(sources_of, written):
                forbidden[written] = what
        if "sandbox" in directives and not {"allow-scripts", "allow-same-origin", "allow-forms"} <= set(
            directives["sandbox"]
        ):
            forbidden["sandbox"] = say("the whole page")
    if not forbidden:
        return ""
    names = [say("%(what)s (%(directive)s)", what=what, directive=name) for name, what in forbidden.items()]
    return say(
        "The application around this site sends a Content-Security-Policy that forbids %(names)s: "
        "let it leave these pages out, which bring a strict policy of their own, or allow 'self' there.",
        names=joined(", ", names),
    )


def _allows_own(sources: list[str], directive: str) -> bool:
    if "'strict-dynamic'" in sources and directive == "script-src":
        return False
    return any(source in ("'self'", "*", "http:", "https:") for source in sources)
