"""Security headers on every answer, errors and fragments included (reference: ASVS 5.0, 3.4).

A file that is part of a page obeys that page's policy; its own only says that nothing may run where it is opened alone.
"""

from __future__ import annotations

from flask import Flask, Response, request

from playground.config import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types default; frame-ancestors "
)

ALONE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
"""What a file of a page says for itself."""


def add_security_headers(app: Flask, settings: Settings) -> None:
    """Make every answer of the application carry the policy; a view's own `Cache-Control` stays."""
    fixed = {
        "Content-Security-Policy": POLICY + " ".join(settings.frame_ancestors),
        "X-Content-Type-Options": "nosniff",
        # same-origin and not no-referrer: with the latter a browser sends `Origin: null` on our own forms.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    }

    @app.after_request
    def add(response: Response) -> Response:
        is_file = request.blueprint == "assets" and response.status_code < 400
        for name, value in (ALONE if is_file else fixed).items():
            response.headers.setdefault(name, value)
        if request.method != "GET" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-store"
        return response
