"""The pictures of the README, made from the running product: `make screenshots`. Needs Chromium."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
OPERATION = f"{SITE}/providers/stripe/postcheckoutsessionssession"


def fill(page: Page) -> None:
    """Fill the Stripe page as the README shows it, and send it to the sandbox."""
    page.goto(OPERATION)
    page.fill('[name="path.session"]', "cs_test_a1B2c3")
    page.click('[name="~add"][value="body/line_items"]')
    page.fill('[name="body/line_items/0/quantity"]', "2")
    page.click("#f-body-line_5f_items-0-price_5f_data-field summary")
    page.fill('[name="body/line_items/0/price_data/currency"]', "usd")
    page.fill('[name="body/line_items/0/price_data/unit_amount"]', "1500")
    page.click('[name="~add"][value="body/metadata"]')
    page.fill('[name="body/metadata~key/0"]', "order")
    page.fill('[name="body/metadata~value/0"]', "6735")
    page.click("#send")
    page.wait_for_selector("#response .pill")
    page.wait_for_timeout(500)
    page.evaluate("document.activeElement.blur(); document.querySelector('#body-views').scrollIntoView()")


def main() -> None:
    """Serve the bundled catalogue on a port of its own, take the pictures, stop."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        sys.exit("Install Chromium first.")
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "playground", "serve", "--port", str(PORT), "--catalog", f"{folder}/c.sqlite"]
        server = subprocess.Popen(command)
        try:
            for _ in range(100):
                try:
                    urllib.request.urlopen(f"{SITE}/healthz", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
                for scheme in ("light", "dark"):
                    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
                    fill(page)
                    page.screenshot(path=IMAGES / f"operation-{scheme}.png")
                    page.close()
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=15)


if __name__ == "__main__":
    main()
