"""The whole browser suite is a canary test: whatever secret a test saves or sends is searched in all that is left.

The secrets are taken from where they may be, the credential store and the body of a Send; searched are the site's
answers with their header fields, addresses, the rest of the storage, the page's text, the server's log and catalogue.
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import BrowserContext, Error, Page, Request, Response

KEY = "utdk_local_credentials"

SITES: set[str] = set()
"""Origins of the sites that run, named by `running`; other servers of a test may say what they like."""

FOUND: set[str] = set()
"""Every secret met in this process; a log or a catalogue may be searched after the test that used it."""

SECRET_PARTS = re.compile(
    r"(token|password|value|accessToken|refreshToken|clientSecret|secretKey|secretAccessKey|sessionToken|headerValue)"
)
# Tokens come back to the script that asked for them; a program that calls the gateway gets its own answer whole.
BY_DESIGN = ("/oauth/", "/gateway/", "/assets/", "/sdk/")
SHORTEST = 10
"""Shorter words (`ada`, `secret`) stand in pages for other reasons."""

REST = """() => JSON.stringify([Object.entries({...localStorage}), Object.entries({...sessionStorage})]
    .map((area) => area.filter(([name]) => !/credential|oauth|paste|consent/.test(name))))"""
KEPT = "() => [localStorage, sessionStorage].map((area) => area.getItem('utdk_local_credentials') ?? '')"


def spellings(secret: str) -> set[str]:
    """Return how a secret may be written: plain, in JSON, in a URL, in HTML, in base64 alone or as part of Basic."""
    return {
        secret,
        json.dumps(secret)[1:-1],
        quote(secret, safe=""),
        quote(secret),
        secret.replace("/", "\\/"),
        secret.replace("+", "&#43;"),
        base64.b64encode(secret.encode()).decode().rstrip("="),
        base64.b64encode(f"ada:{secret}".encode()).decode().rstrip("="),
    }


def secrets_in(value: Any, name: str = "") -> set[str]:
    """Return the secret texts of a credential as the store or a Send spells it."""
    if isinstance(value, dict):
        whole = name == "customHeaders"
        return {one for key, member in value.items() for one in secrets_in(member, "value" if whole else key)}
    if isinstance(value, list):
        return {one for member in value for one in secrets_in(member, name)}
    if isinstance(value, str) and len(value) >= SHORTEST and SECRET_PARTS.fullmatch(name):
        return {value}
    return set()


class Watch:
    """What one browser profile sent and heard; `leaks()` says where a secret stands that should not."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.heard: list[tuple[str, str]] = []
        context.on("request", self._sent)
        context.on("response", self._answered)

    def _sent(self, request: Request) -> None:
        with contextlib.suppress(Error, UnicodeDecodeError):
            for text in re.findall(r'name="credential"\r\n\r\n(.*?)\r\n--', request.post_data or "", re.DOTALL):
                self._learn(text)

    def _answered(self, response: Response) -> None:
        parts = urlsplit(response.url)
        if f"{parts.scheme}://{parts.netloc}" not in SITES or parts.path.startswith(BY_DESIGN):
            return
        self.heard.append((response.url, response.url))
        with contextlib.suppress(Error):  # a page that is left takes the answers along
            self.heard.append((f"header fields of {response.url}", json.dumps(response.all_headers())))
            self.heard.append((f"answer of {response.request.method} {response.url}", response.text()))

    def _learn(self, text: str) -> None:
        with contextlib.suppress(ValueError):
            FOUND.update(secrets_in(json.loads(text)))

    def _look(self, page: Page) -> None:
        with contextlib.suppress(Error):
            if page.url.partition("/providers")[0].rstrip("/") not in SITES:
                return
            for text in page.evaluate(KEPT):
                self._learn(text)
            self.heard.append((f"storage at {page.url}", page.evaluate(REST)))
            self.heard.append((f"text of {page.url}", page.locator("body").inner_text(timeout=2000)))

    def leaks(self) -> list[str]:
        """Look at the pages that are open, then search everything."""
        for page in self.context.pages:
            self._look(page)
        every = {one for secret in FOUND for one in spellings(secret)}
        return [place for place, text in self.heard if any(one in text for one in every)]


def leaks_in_files(*files: Path) -> list[str]:
    """Search a server's log and catalogue."""
    every = {one.encode() for secret in FOUND for one in spellings(secret)}
    return [path.name for path in files if path.is_file() and any(one in path.read_bytes() for one in every)]
