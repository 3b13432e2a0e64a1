"""The profile names our functions and their shares, of each hot path."""

from __future__ import annotations

import re
from pathlib import Path

from bench.descriptions import stripe
from bench.profiling import report


def test_each_hot_path_tells_where_its_time_goes(tmp_path: Path) -> None:
    _, data = stripe(real=False)
    text = report(data, 2, tmp_path)
    for path in ("import of the description", "page, cached", "page, first render", "snippet"):
        assert f"{path}\n\nfunction" in text
    assert re.search(r"playground/openapi/compile.py:compile_document +1 +\d+\.\d% +\d+\.\d%", text)
    assert re.search(r"playground/web/ready.py:__call__ +1 ", text)
    assert "time.thread_time" not in text
