"""`playground check` in a process of its own, with a bound on its memory and its time: `checking.py FILE …`.

Prints one JSON line per file: exit status, problems as (severity, pointer, message), work in units.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from click.testing import CliRunner

from playground.cli import main
from tests.support.work import unit

MEMORY_BYTES = 1_500_000_000
CPU_SECONDS = 60

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    for path in sys.argv[1:]:
        before = time.process_time()
        result = CliRunner().invoke(main, ["check", "--json", path])
        work = (time.process_time() - before) / unit()
        listed = json.loads(result.stdout) if result.stdout.strip() else []
        problems = [(one["severity"], one["pointer"], one["message"]) for one in listed]
        answer = {"status": result.exit_code, "problems": problems, "work": work, "told": result.stderr}
        print(json.dumps(answer), flush=True)
