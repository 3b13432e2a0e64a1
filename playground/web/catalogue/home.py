"""The example on the home page: one bundled operation that can be tried there, filled in for the sandbox."""

from __future__ import annotations

from dataclasses import replace

from playground.catalog.model import SANDBOX
from playground.forms.state import FormState
from playground.store import OperationNotFound, ProviderNotFound
from playground.web.catalogue.contexts import Example
from playground.web.operation.page import live_request
from playground.web.operation.sandbox import read_submission
from playground.web.operation.snippet import snippet_pane
from playground.web.site import this_site

PROVIDER, OPERATION = "stripe", "postcheckoutsessionssession"
TARGETS = ("typescript_utdk", "shell_curl", "python_requests")
INPUTS = (
    ("server", SANDBOX),
    ("path.session", "cs_test_a1"),
    ("body/metadata~row", "0"),
    ("body/metadata~key/0", "order_id"),
    ("body/metadata~value/0", "6735"),
)


def build_example() -> Example | None:
    """Return the example; `None` where its operation was taken out of the catalogue or there is no sandbox."""
    site = this_site()
    if site.settings.sandbox == "off":
        return None
    try:
        entry = site.store.entry(PROVIDER, OPERATION)
    except (ProviderNotFound, OperationNotFound):
        return None
    state = FormState.submitted(INPUTS)
    submission = read_submission(entry, state)
    pane = snippet_pane(submission)
    few = tuple(replace(target, first=True) for target in pane.targets if target.id in TARGETS)
    return Example(
        provider=PROVIDER,
        operation=entry.operation,
        inputs=INPUTS,
        pane=replace(pane, targets=few, install=""),
        live=live_request(submission),
    )
