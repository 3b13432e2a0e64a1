"""Work, counted: the lines of the product that a call runs, whatever else the machine is busy with.

Where lines do not tell it, CPU time counts in units: what one fixed piece of work takes on this machine at this moment.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def lines_run(call: Callable[[], object]) -> int:
    """Return how many lines of `playground` a call runs."""
    lines = 0

    def count(frame: Any, event: str, argument: Any) -> Any:
        nonlocal lines
        if "playground" not in frame.f_code.co_filename:
            return None
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        call()
    finally:
        sys.settrace(before)
    return lines


_FIXED = json.dumps([{"number": number, "text": f"text {number}"} for number in range(50_000)])


def unit() -> float:
    """Return the seconds of CPU time that a fixed piece of work takes now: about a sixtieth of one."""
    before = time.process_time()
    json.loads(_FIXED)
    return max(time.process_time() - before, 0.001)
