"""What .NET and Mono do to an address is told; what they leave alone is not."""

from __future__ import annotations

import pytest

from playground.snippets.registry import find_target
from tests.support.snippets.case import Case


@pytest.mark.parametrize("escape", ["%21", "%27", "%28", "%29", "%2A", "%3A"])
def test_escapes_that_mono_resolves_beside_others_are_told(escape: str) -> None:
    for target, rewritten in ((f"/p?q=%C3%A9{escape}", True), ("/p?q=%C3%A9", False), ("/p?q=%3A", False)):
        case = Case(name="beside", method="GET", target=target)
        text = find_target("csharp_http_client").render(case.request_for("direct")).text
        assert ("System.Uri rewrites" in text) == rewritten, target
