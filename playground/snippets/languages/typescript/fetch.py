"""TypeScript with `fetch`, for Node.js (which runs it as it is since 22.18), Deno and bundlers."""

from __future__ import annotations

from playground.snippets.languages.javascript.fetch import render_fetch
from playground.snippets.languages.javascript.literals import JavaScript
from playground.snippets.target import Rendered, SnippetRequest, Target
from playground.snippets.text import Variable


class _TypeScript(JavaScript):
    """Writes TypeScript: to its compiler a variable may be missing, which a header's value must not."""

    def variable(self, variable: Variable) -> str:
        return f"{super().variable(variable)}!"

    def interpolated(self, expression: str) -> str:
        return super().interpolated(expression.removesuffix("!"))  # a template takes what may be missing


def render(request: SnippetRequest) -> Rendered:
    """Write the fetch call, and the lines that print status and answer."""
    answer = "const answer: string = await response.text();"
    return render_fetch(request, _TypeScript(), answer, "console.log(response.status, answer);")


TARGET = Target(
    id="typescript_fetch",
    language="TypeScript",
    client="fetch",
    title="TypeScript (fetch)",
    extension="mts",
    lexer="typescript",
    render=render,
)
