"""The whole browser suite is a canary test: whatever secret a test saves or sends is searched in all that is left.

The secrets are taken from where they may be: the credential store, the body of a Send, and what a sign-in exchanges.
Each place the product promises to keep them out of is searched, and is named here:

| place | what of it |
|---|---|
| URL, permalink | every address a page had (also one that a script wrote) and every one that was asked for |
| HTML, snippet, error | each answer of the site's with its header fields, and the page as it stands at the end |
| history | `history.state`, and what the page remembers of Sends in its storage |
| draft | all of both storages but the credential store and what waits between two pages |
| history of answers | all of IndexedDB |
| cache | Cache Storage, cookies; an answer to a credential must forbid to be kept at all |
| log, database | the server's files, when it ends |
| export, metric | asked for from each site before it ends |
"""

from __future__ import annotations

import base64
import contextlib
import json
import re
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import BrowserContext, Error, Frame, Page, Request, Response

KEY = "utdk_local_credentials"

SITES: set[str] = set()
"""Origins of the sites that run, named by `running`; other servers of a test may say what they like."""

FOUND: set[str] = set()
"""Every secret met in this process; a log or a catalogue may be searched after the test that used it."""

SECRET_PARTS = re.compile(
    r"(token|password|value|accessToken|refreshToken|clientSecret|secretKey|secretAccessKey|sessionToken|headerValue"
    r"|access_token|refresh_token|client_secret)"
)
# A program that calls the gateway gets its own answer whole; tokens come back to the script that asked for them.
BY_DESIGN = ("/gateway/", "/assets/")
SIGN_IN = "/oauth/"
TOLD = ("/metrics", "/catalog/index.json", "/catalog/ops.json", "/llms.txt")
SHORTEST = 10
"""Shorter words (`ada`, `secret`) stand in pages for other reasons."""

VARIABLES = """() => [() => localStorage, () => sessionStorage].flatMap((area) => {
    try {
        const kept = Object.entries({ ...area() }).filter(([name]) => name.startsWith("playground:secrets:"));
        return kept.flatMap(([, text]) => Object.values(JSON.parse(text)).flatMap((values) => Object.values(values)));
    } catch { return []; }
})"""
"""The values of secret variables, by environment and then by name."""
KEPT = f"""() => [() => localStorage, () => sessionStorage]
    .map((area) => {{ try {{ return area().getItem('{KEY}') ?? ''; }} catch {{ return ''; }} }})"""
REST = """async () => {
    const areas = [() => localStorage, () => sessionStorage].map((area) => {
        try {
            const own = /credential|secrets|oauth|paste|consent/;
            return Object.entries({ ...area() }).filter(([name]) => !own.test(name));
        } catch { return []; }
    });
    const tried = async (read) => { try { return await read(); } catch { return []; } };
    const bodies = async (cache) => Promise.all((await cache.matchAll()).map((one) => one.text()));
    const names = await tried(() => caches.keys());
    const cached = await tried(() => Promise.all(names.map(async (one) => bodies(await caches.open(one)))));
    const done = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const stored = async ({ name }) => {
        const database = await done(indexedDB.open(name));
        const stores = [...database.objectStoreNames];
        const all = await Promise.all(stores.map((one) => done(database.transaction(one).objectStore(one).getAll())));
        database.close();
        return all;
    };
    const kept = await tried(async () => Promise.all((await indexedDB.databases()).map(stored)));
    return JSON.stringify([areas, cached, kept, history.state, document.cookie]);
}"""


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


def spelled_out(url: str) -> str:
    """Return an address with what a link holds in base64 written out behind it."""
    decoded = []
    for piece in re.findall(r"[\w-]{12,}", url):
        with contextlib.suppress(ValueError):
            decoded.append(base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)).decode("utf-8", "replace"))
    return "\n".join((url, *decoded))


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
        self.kept: list[str] = []
        context.on("request", self._sent)
        context.on("response", self._answered)
        context.on("page", lambda page: page.on("framenavigated", self._went))

    def _sent(self, request: Request) -> None:
        with contextlib.suppress(Error, UnicodeDecodeError):
            body = request.post_data or ""
            for text in re.findall(r'name="credential"\r\n\r\n(.*?)\r\n--', body, re.DOTALL):
                self._learn(text)
            for text in re.findall(r'name="~secret[^"]*"\r\n\r\n(.*?)\r\n--', body, re.DOTALL):
                FOUND.update({text} if len(text) >= SHORTEST else ())
            if _path(request.url).startswith(SIGN_IN):
                self._learn(body)

    def _answered(self, response: Response) -> None:
        path = _path(response.url)
        if not path:
            return
        self.heard.append((f"address {response.url}", spelled_out(response.url)))
        with contextlib.suppress(Error):  # a page that is left takes the answers along
            fields = response.all_headers()
            self.heard.append((f"header fields of {response.url}", json.dumps(fields)))
            if path.startswith(BY_DESIGN):
                return
            if _carries(response.request) and "no-store" not in fields.get("cache-control", ""):
                self.kept.append(f"the cache may keep {response.url}")
            text = response.text()
            if path.startswith(SIGN_IN) and response.ok and '"error"' not in text:
                self._learn(text)
            else:
                self.heard.append((f"answer of {response.request.method} {response.url}", text))

    def _went(self, frame: Frame) -> None:
        # The implicit flow brings its token in the address of the way back, which the page there empties at once.
        if _path(frame.url) and not _path(frame.url).startswith(SIGN_IN):
            self.heard.append((f"address {frame.url}", spelled_out(frame.url)))

    def _learn(self, text: str) -> None:
        with contextlib.suppress(ValueError):
            FOUND.update(secrets_in(json.loads(text)))

    def _look(self, page: Page) -> None:
        if not _path(page.url):
            return
        for what, read in (
            ("storage", lambda: page.evaluate(REST)),
            ("text", lambda: page.locator("body").inner_text(timeout=2000)),
            ("HTML", page.content),
        ):
            with contextlib.suppress(Error):
                for text in page.evaluate(KEPT):
                    self._learn(text)
                FOUND.update(text for text in page.evaluate(VARIABLES) if len(text) >= SHORTEST)
                self.heard.append((f"{what} of {page.url}", read()))

    def leaks(self) -> list[str]:
        """Look at the pages that are open, then search everything."""
        for page in self.context.pages:
            self._look(page)
        every = {spelling for secret in FOUND for spelling in spellings(secret)}
        return [place for place, text in self.heard if any(one in text for one in every)] + self.kept


def leaks_in_files(*files: Path) -> list[str]:
    """Search a server's log and catalogue."""
    every = {spelling.encode() for secret in FOUND for spelling in spellings(secret)}
    return [path.name for path in files if path.is_file() and any(one in path.read_bytes() for one in every)]


def leaks_in_exports(site: str) -> list[str]:
    """Search what a running site tells to anybody: its exports and its metrics."""
    every = {spelling for secret in FOUND for spelling in spellings(secret)}
    found = []
    for path in TOLD:
        with contextlib.suppress(OSError), urllib.request.urlopen(site + path) as answer:
            text = answer.read().decode()
            found += [path] if any(one in text for one in every) else []
    return found


def _path(url: str) -> str:
    """Return the path of an address of a site of ours, empty for any other address."""
    parts = urlsplit(url)
    return parts.path or "/" if f"{parts.scheme}://{parts.netloc}" in SITES else ""


def _carries(request: Request) -> bool:
    with contextlib.suppress(Error, UnicodeDecodeError):
        return 'name="credential"' in (request.post_data or "")
    return False
