"""The process that runs one filter: it bounds itself, reads its input, writes one JSON object, and ends."""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any
from xml.etree import ElementTree


def main() -> None:
    """Read the wish (one line of JSON) and the text from standard input; write `{text, count, cut}` or `{error}`."""
    seconds, memory, largest = (int(argument) for argument in sys.argv[1:4])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    asked = json.loads(sys.stdin.buffer.readline())
    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    try:
        if asked["language"] == "xpath":
            answer = _xpath(text, asked["expression"], asked["version"])
        else:
            run = _jsonpath if asked["language"] == "jsonpath" else _jmespath
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


def _xpath(text: str, expression: str, version: str) -> dict[str, Any]:
    import elementpath
    from elementpath.etree import defuse_xml
    from elementpath.xpath30 import XPath30Parser
    from elementpath.xpath31 import XPath31Parser

    parsers: dict[str, Any] = {
        "10": elementpath.XPath1Parser,
        "20": elementpath.XPath2Parser,
        "30": XPath30Parser,
        "31": XPath31Parser,
    }
    parser = parsers[version]
    try:
        defuse_xml(text)  # a document type with entities is refused before anything of it is read
        names: dict[str, str] = {}
        root = None
        events = ElementTree.iterparse(io.StringIO(text), events=("start-ns", "start"))  # noqa: S314 - defused
        for event, found in events:
            if event == "start-ns":
                names.setdefault(*found)
            elif root is None:
                root = found
        if version == "10":
            names.pop("", None)  # in which a name without a prefix is of no namespace
        # The language can read addresses, files and variables. The library refuses all of it, and then the system.
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
        holds = elementpath.select(root, f"boolean(({expression}))", namespaces=names, parser=parser)
    except ElementTree.ParseError:
        return {"error": "the answer is no XML"}
    except (elementpath.ElementPathError, OSError) as error:
        return {"error": str(error).splitlines()[0]}
    return {"text": json.dumps(bool(holds))}
