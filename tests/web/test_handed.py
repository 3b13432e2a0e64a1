"""What a page hands over with a Send is held against the operation before anything is done with it."""

from __future__ import annotations

import json

import pytest

from playground.catalog.model import Entry, Operation, Provider, SchemeUse, SecurityScheme
from playground.forms.state import FormState
from playground.request.errors import RequestError
from playground.secrets.credentials import Bearer, Credentials
from playground.web.operation.credentials import credentials_of, saved_of

SCHEMES = tuple(SecurityScheme(name=name, type="http", scheme="bearer") for name in ("one", "two", "__proto__"))


def entry(*names: str, declared: bool = True) -> Entry:
    security = (tuple(SchemeUse(scheme=name) for name in names),) if names else () if declared else None
    return Entry(
        provider=Provider(name="p", title="P", security_schemes=SCHEMES),
        operation=Operation(name="o", method="GET", path="/", security=security),
        definitions={},
    )


def handed(value: object) -> FormState:
    return FormState.of([("credential", json.dumps(value))])


def several(*names: str) -> dict[str, object]:
    schemes = {name: {"type": "bearer", "token": f"canary-{name}"} for name in names}
    return {"provider": "p", "credential": {"type": "schemes", "schemes": schemes}}


def test_only_schemes_that_the_operation_takes_are_read() -> None:
    saved = handed(several("one", "two", "__proto__", "gone"))
    assert credentials_of(entry("two"), saved) == Credentials(schemes={"two": Bearer(token="canary-two")})
    assert set(credentials_of(entry("two", "__proto__"), saved).schemes) == {"two", "__proto__"}
    assert set(credentials_of(entry(declared=False), saved).schemes) == {"one", "two", "__proto__"}
    assert not credentials_of(entry(), saved), "an operation that takes none gets none"


def test_another_providers_are_not_read() -> None:
    assert not credentials_of(entry("one"), handed({**several("one"), "provider": "other"}))


@pytest.mark.parametrize("text", ["rubbish", "[]", "5", '"canary"'])
def test_what_no_script_of_ours_writes_is_one_sentence(text: str) -> None:
    with pytest.raises(RequestError, match="save them again") as caught:
        saved_of(FormState.of([("credential", text)]))
    assert "canary" not in str(caught.value)
