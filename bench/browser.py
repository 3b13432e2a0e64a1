"""What a reader's browser does with an operation's page: Chromium, cold cache, over loopback, each visit a new profile.

Times stand beside those of an empty page with one input that the same server gives; all take turns, in an order drawn
anew each round, since what a visit leaves behind slows the next one down. Counts, sizes
and shifts are exact whatever else the machine does; times are medians beside that page's. A form can be typed in from
the frame that first holds a field of the operation: it is seen then, styled, and takes the focus.

The other time is what somebody outside sees, who knows nothing of the page: go to it, scroll to its first field, click
it, press a key, and wait until the letter is painted.

Bytes are those on the wire, header fields too. A page asks for its scripts when something is done in it (early.js), so
there are two figures, and two of the heap: of a visit until the page is idle, and of one in which a letter is typed,
until it stands in the snippet.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.descriptions import REAL, import_description, import_file
from bench.figures import align
from bench.pages import PAGE
from bench.serving import INPUT, WORKED, site
from playground.web.assets import load_assets

RUNS = 25
OTHERS = (
    ("GitHub", "github", "github.com/api.github.com.json", "repos.update"),
    ("Graph", "graph", "microsoft.com/graph.json", "usersUserUpdateuser"),
)
"""Pages of large descriptions, measured where these lie beside Stripe's: name, provider, file, operation."""
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
STATIC = Path(__file__).parents[1] / "static"

_WATCH = """
window.bench = { shift: 0, long: 0, events: [] };
const watch = (type, see) => new PerformanceObserver((list) => list.getEntries().forEach(see))
  .observe({ type, buffered: true, durationThreshold: 16 });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) bench.shift += entry.value; });
watch("longtask", (entry) => { bench.long += Math.max(0, entry.duration - 50); });
watch("largest-contentful-paint", (entry) => { bench.largest = entry.startTime; });
watch("event", (entry) => { if (entry.name === "keydown") bench.events.push(entry.duration); });
const typed = ":is(input:not([type=hidden], [type=radio], [type=checkbox]), textarea)";
const ready = () => {
  const field = document.querySelector(`#form-card ${typed}, body > input`);
  if (field?.getClientRects().length) bench.typeable = performance.now(); else requestAnimationFrame(ready);
};
requestAnimationFrame(ready);
"""
_PAINTED = """
document.addEventListener("input", () => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();  // its turn comes after the frame is painted
  port1.onmessage = () => { bench.painted ??= performance.now(); };
  port2.postMessage(0);
}), { capture: true });
"""
_FIELD = "#form-card :is(input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), textarea), body > input"
_WAIT = """
() => new Promise((told) => {
  const look = () => bench.painted ? told(bench.painted) : setTimeout(look, 1);
  look();
})
"""
_FOLLOW = """
() => {
  bench.keys = [];
  const shown = (selector) => document.querySelector(selector).textContent;
  new MutationObserver(() => {
    const now = performance.now();
    const [code, url] = [shown("#snippet-text"), shown("#live-url")];
    for (const key of bench.keys) {
      if (code.includes(key.text)) key.snippet ??= now - key.typed;
      if (url.includes(key.text)) key.url ??= now - key.typed;
    }
  }).observe(document.body, { subtree: true, childList: true });
  document.addEventListener("input", ({ target }) => {
    bench.keys.push({ text: target.value, typed: performance.now() });
  }, { capture: true });
}
"""
WORD, PACE = "abcdefghij", 120
"""What is typed into a field, and the milliseconds from one key to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One first visit: milliseconds from navigation, bytes on the wire, requests, shift, heap bytes in use.

    `uncollected` is the heap as it is, `heap` what is left of it after a collection.
    """

    typeable: float
    first_paint: float
    largest_paint: float
    blocking: float
    shift: float
    requests: int
    transferred: int
    uncollected: int
    heap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One figure beside its bound; `kept` says whether it is within it."""

    name: str
    value: float
    unit: str
    bound: float

    @property
    def kept(self) -> bool:
        """Whether the figure is within its bound."""
        return self.value <= self.bound


def report(name: str, data: bytes, runs: int, folder: Path, *, others: bool = True) -> tuple[str, bool]:
    """Return the figures as lines, and whether all are within their bounds; a sentence where there is no Chromium.

    `others` measures the pages of `OTHERS` too, whose import takes a minute.
    """
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        return "The browser's figures are skipped: this machine has no Chromium.", True
    catalog = folder / "catalog.sqlite"
    import_description(data, catalog)
    pages = {"Stripe": PAGE}
    for title, provider, file, operation in OTHERS:
        if others and (REAL.parent / file).is_file():
            import_file(REAL.parent / file, catalog, provider)
            pages[title] = f"/providers/{provider}/{operation}"
    with site(catalog) as port, _chromium(path) as browser:
        address = f"http://127.0.0.1:{port}"
        figures = _measure(browser, address, pages, runs)
    rows = [("figure", "value", "bound", ""), *(_row(figure) for figure in figures)]
    return f"{name}, {runs} first visits each\n\n{align(rows, left=(0, 3))}", all(figure.kept for figure in figures)


def _measure(browser: Browser, address: str, pages: Mapping[str, str], runs: int) -> list[Bound]:
    for path in (INPUT, *pages.values()):  # the server's own first time is another figure
        _visit(browser, address + path)
    empty: list[Visit] = []
    letters: dict[str, list[float]] = {title: [] for title in ("", *pages)}
    visits: dict[str, list[Visit]] = {title: [] for title in pages}
    turns = [("", empty, INPUT), *((title, visits[title], path) for title, path in pages.items())]
    for _ in range(runs):
        random.shuffle(turns)
        for title, kept, path in turns:
            kept.append(_visit(browser, address + path))
            letters[title].append(_first_letter(browser, address + path))
    typed = [_first_snippet(browser, address + PAGE) for _ in range(max(1, runs // 8))]
    typing = _typing(browser, address + PAGE, max(1, runs // 3))
    return [
        *(figure for title, ours in visits.items() for figure in _figures(title, ours, empty)),
        *(
            Bound(
                name=f"{title}: time until a typed letter is painted",
                value=_median(ours) / _median(letters[""]),
                unit="x an empty page",
                bound=1.6,
            )
            for title, ours in letters.items()
            if title
        ),
        Bound(
            name="Stripe, a letter typed: transfer",
            value=max(transferred for transferred, _ in typed) / 1000,
            unit="kB",
            bound=60,
        ),
        Bound(
            name="Stripe, a letter typed: script heap",
            value=_median([heap for _, heap in typed]) / 1e6,
            unit="MB",
            bound=1.2,
        ),
        Bound(name="own scripts, compressed", value=packed_size("boot", "script") / 1000, unit="kB", bound=14),
        Bound(name="stylesheets, compressed", value=packed_size("style") / 1000, unit="kB", bound=14),
        Bound(name="key to snippet while typing, median", value=_median(typing.snippet), unit="ms", bound=120),
        Bound(name="key to snippet while typing, 95 of 100", value=_late(typing.snippet), unit="ms", bound=250),
        Bound(name="key to URL while typing, median", value=_median(typing.url), unit="ms", bound=120),
        Bound(name="key to URL while typing, 95 of 100", value=_late(typing.url), unit="ms", bound=250),
        Bound(name="updates asked for per typed word", value=typing.updates, unit="", bound=1.5),
        Bound(name="server's CPU per typed word", value=typing.work, unit="ms", bound=20),
        Bound(name="slowest key to its paint", value=typing.slowest, unit="ms", bound=50),
    ]


def _figures(title: str, ours: Sequence[Visit], empty: Sequence[Visit]) -> list[Bound]:
    ratio = _median([visit.typeable for visit in ours]) / _median([visit.typeable for visit in empty])
    later = _median([visit.largest_paint - visit.first_paint for visit in ours])
    return [
        Bound(name=f"{title}: time to a form one can type in", value=ratio, unit="x an empty page", bound=1.6),
        Bound(name=f"{title}: transfer", value=max(visit.transferred for visit in ours) / 1000, unit="kB", bound=30),
        Bound(name=f"{title}: requests", value=max(visit.requests for visit in ours), unit="", bound=8),
        Bound(name=f"{title}: blocking time", value=_median([visit.blocking for visit in ours]), unit="ms", bound=0),
        Bound(name=f"{title}: layout shift", value=max(visit.shift for visit in ours), unit="", bound=0),
        Bound(name=f"{title}: largest paint after the first", value=later, unit="ms", bound=50),
        Bound(
            name=f"{title}: script heap after load",
            value=_median([visit.heap for visit in ours]) / 1e6,
            unit="MB",
            bound=1.2,
        ),
        Bound(
            name=f"{title}: script heap without a collection",
            value=_median([visit.uncollected for visit in ours]) / 1e6,
            unit="MB",
            bound=1.5,
        ),
    ]


def _median(values: Sequence[float]) -> float:
    return statistics.median(values)


def _first_letter(browser: Browser, url: str) -> float:
    """Return the milliseconds from navigation until a letter is painted that is typed into the first field."""
    with _page(browser) as page:
        page.add_init_script(_PAINTED)
        page.goto(url, wait_until="commit")
        field = page.locator(_FIELD).first
        field.scroll_into_view_if_needed()
        field.click()
        page.keyboard.press("a")
        painted: float = page.evaluate(_WAIT)
        return painted


def _visit(browser: Browser, url: str) -> Visit:
    with _page(browser) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Performance.enable")
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(url, wait_until="load")
        page.wait_for_timeout(400)  # late shifts and long tasks count too
        uncollected = _heap(session)
        session.send("HeapProfiler.collectGarbage")
        found: dict[str, Any] = page.evaluate(
            "() => ({ ...bench, first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0 })"
        )
        return Visit(
            typeable=found["typeable"],
            first_paint=found["first"],
            largest_paint=found.get("largest", found["first"]),
            blocking=found["long"],
            shift=found["shift"],
            requests=len(sizes),
            transferred=int(sum(sizes)),
            uncollected=uncollected,
            heap=_heap(session),
        )


def _heap(session: CDPSession) -> int:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return int(next(metric["value"] for metric in metrics if metric["name"] == "JSHeapUsedSize"))


def _first_snippet(browser: Browser, url: str) -> tuple[int, int]:
    """Return the bytes that have come, and those of the heap, when the first typed letter stands in the snippet."""
    with _page(browser) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Performance.enable")
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(url)
        # Asked by the protocol: Playwright's own scripts, which it brings with a question, weigh as much as ours.
        _ask(session, f"document.querySelector({json.dumps(_FIELD)}).focus()")
        page.keyboard.press("Q")
        while "Q" not in _ask(session, "document.querySelector('#snippet-text').textContent"):
            page.wait_for_timeout(20)
        page.wait_for_timeout(400)
        session.send("HeapProfiler.collectGarbage")
        return int(sum(sizes)), _heap(session)


def _ask(session: CDPSession, expression: str) -> Any:
    return session.send("Runtime.evaluate", {"expression": expression, "returnByValue": True})["result"].get("value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What follows the keys: milliseconds from each key to what shows it, the rest per word or at most."""

    snippet: list[float]
    url: list[float]
    updates: float
    work: float
    slowest: float


def _typing(browser: Browser, url: str, words: int) -> Typing:
    """Type words at a steady pace, each after a beginning of its own."""
    with _page(browser) as page:
        page.goto(url)
        field = page.locator('#request [name="path.session"]')
        page.evaluate(_FOLLOW)
        work: list[float] = []
        page.on("response", lambda answer: work.append(float(answer.headers.get(WORKED.lower(), 0))))
        keys: list[dict[str, Any]] = []
        asked: list[float] = []
        for number in range(words + 1):
            field.fill(f"cs_{number}_")
            page.locator("#snippet-text", has_text=f"cs_{number}_").wait_for()
            page.wait_for_timeout(600)
            page.evaluate("bench.keys = []")
            work.clear()
            page.keyboard.type(WORD, delay=PACE)
            page.wait_for_timeout(1_000)
            if number:  # the first word is the server's and the browser's own first time
                keys += page.evaluate("bench.keys")
                asked += work
        slowest: list[float] = page.evaluate("bench.events")
        return Typing(
            snippet=[key["snippet"] for key in keys],
            url=[key["url"] for key in keys],
            updates=len(asked) / words,
            work=sum(asked) * 1000 / words,
            slowest=max(slowest, default=0),
        )


def _late(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def packed_size(*keys: str) -> int:
    """Return what the browser downloads of our own assets, in bytes."""
    assets = load_assets(STATIC)
    return sum(len(assets[key].compressed) for key in keys)


def _row(one: Bound) -> tuple[str, str, str, str]:
    return (one.name, f"{one.value:.4g} {one.unit}".strip(), f"{one.bound:g}", "" if one.kept else "OVER")


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    """Open a page of a profile that nothing was ever kept in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(_WATCH)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def _chromium(path: str) -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
