"""`/metrics` counts answers under names of ours, and repeats nothing a visitor wrote."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.pages import browser_of, document, site_of

LINE = re.compile(r'(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[\w.]+"(,\w+="[\w.]+")*\})? \d+(\.\d+)?(e[+-]\d+)?)')


def test_answers_are_counted_by_method_route_and_status(tmp_path: Path) -> None:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server="https://api.example.com")
    with site_of(tmp_path, {"api": described}) as app:
        browser = browser_of(app)
        for _ in range(3):
            assert browser.get("/providers/api/x?key=canary-query").status_code == 200
        browser.get('/canary"path\n')
        browser.open("/providers/api/x", method="CANARY")
        browser.post("/providers/api/x/send", data={"credential": '{"type": "bearer", "token": "canary-token"}'})
        answer = browser.get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    lines = answer.text.splitlines()
    assert not [line for line in lines if not LINE.fullmatch(line)]
    shown = [line for line in lines if line.startswith("playground_requests_total") and line.endswith(" 3.0")]
    assert len(shown) == 1
    assert 'method="GET"' in shown[0]
    assert 'status="200"' in shown[0]
    assert any('method="other"' in line for line in lines)
    assert any('status="404"' in line for line in lines)
    assert "canary" not in answer.text.lower()
