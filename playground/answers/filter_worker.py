"""The process that runs one filter: it bounds itself, reads its input, writes one JSON object, and ends."""

from __future__ import annotations

import json
import resource
import sys
from typing import Any


def main() -> None:
    """Read the wish (one line of JSON) and the text from standard input; write `{text, count, cut}` or `{error}`."""
    seconds, memory, largest = (int(argument) for argument in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    asked = json.loads(sys.stdin.buffer.readline())
    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    run = _jsonpath if asked["language"] == "jsonpath" else _jmespath
    try:
        answer = run(text, asked["expression"], largest)
    except (ValueError, KeyError, RecursionError, TypeError) as error:
        answer = {"error": str(error).splitlines()[0] if str(error) else type(error).__name__}
    sys.stdout.write(json.dumps(answer))


def _jsonpath(text: str, expression: str, largest: int) -> dict[str, Any]:
    from jsonpath_rfc9535 import JSONPathError, find

    from playground.contentviews.json_index import JSONIndex

    try:
        nodes = find(expression, json.loads(text))
    except JSONPathError as error:
        return {"error": str(error)}
    index = JSONIndex(text)
    pieces, size, count = [], 0, 0
    for node in nodes:
        count += 1
        if size <= largest:
            found = index.follow("".join(f"/{_token(step)}" for step in node.location))
            piece = json.dumps(node.value) if found is None else text[found.start : found.end]
            pieces.append(piece)
            size += len(piece)
    return {"text": "[" + ",\n".join(pieces) + "]", "count": count, "cut": len(pieces) < count}


def _token(step: int | str) -> str:
    return str(step).replace("~", "~0").replace("/", "~1")


def _jmespath(text: str, expression: str, largest: int) -> dict[str, Any]:
    import jmespath
    from jmespath.exceptions import JMESPathError

    try:
        value = jmespath.search(expression, json.loads(text))
    except JMESPathError as error:
        return {"error": str(error)}
    written = json.dumps(value, ensure_ascii=False)
    if len(written) > largest:
        raise ValueError("the result is too large: select a smaller part")
    return {"text": written}
