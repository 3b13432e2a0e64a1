"""JavaScript expressions evaluated by Node, and values that are hard to write in JavaScript."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from playground.jsontext import NumberText
from tests.support.needs import needs

needs_node = needs("node")
EVIL = ["'", '"', "\\", "`", "${", "</script>", "<!--", "\u2028", "\n", "\r", "__proto__", "constructor", "\ud800", "1"]
texts = st.one_of(st.text(), st.lists(st.sampled_from(EVIL)).map("".join))
numbers = st.one_of(
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.from_regex(r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?", fullmatch=True).map(NumberText),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, texts),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(texts, inner)),
    max_leaves=25,
)
in_batches = settings(max_examples=25, deadline=None)


def evaluate(expressions: list[str], environment: dict[str, str] | None = None) -> list[Any]:
    """Evaluate expressions in one process; each gives text, whose UTF-16 code units come back."""
    script = "const units = (text) => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));\n"
    script += (
        "console.log(JSON.stringify([\n" + "".join(f"units({expression}),\n" for expression in expressions) + "]));"
    )
    done = subprocess.run(
        ["node", "--input-type=module", "-"], input=script.encode(), capture_output=True, check=False,
        env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return [
        b"".join(unit.to_bytes(2, "big") for unit in load).decode("utf-16-be", "surrogatepass")
        for load in json.loads(done.stdout)
    ]
