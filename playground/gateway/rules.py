"""What the operator lets be sent from this site: never, or to the sandbox only (PLAYGROUND_RULES)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playground import jsontext
from playground.catalog.model import SANDBOX, Entry, Operation
from playground.config import SettingsError
from playground.request.errors import RequestError
from playground.text.wording import say

EVERYONE = "*"
_MEMBERS = frozenset({"forbid", "sandbox"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one provider's operations may not do: `forbid` are not sent at all, `sandbox` to the sandbox only.

    Each is named by a method (`DELETE`), a name that the page or the description has, or `METHOD path`; `*` is all.
    """

    forbid: tuple[str, ...] = ()
    sandbox: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Rules by provider; those of `*` hold for every one."""

    by_provider: Mapping[str, Rule] = field(default_factory=dict)

    def refusal(self, entry: Entry, server: str | None) -> str:
        """Return why the operation is not sent to that server, empty if it may be."""
        for name in (entry.provider.name, EVERYONE):
            rule = self.by_provider.get(name)
            if rule is None:
                continue
            if names_operation(rule.forbid, entry.operation):
                return say("The operator of this site does not let this operation be sent from here.")
            if server != SANDBOX and names_operation(rule.sandbox, entry.operation):
                return say(
                    "The operator of this site lets this operation be sent to the sandbox only: choose it as server."
                )
        return ""

    def check(self, entry: Entry, server: str | None) -> None:
        """Raise `RequestError` for what may not be sent."""
        sentence = self.refusal(entry, server)
        if sentence:
            raise RequestError(sentence, field="server")


def names_operation(names: Iterable[str], operation: Operation) -> bool:
    """Tell whether one of the names is the operation's: its own, its method, `METHOD path`, or `*`."""
    method = operation.method.upper()
    own = {"*", method, operation.name, operation.operation_id or operation.name, f"{method} {operation.path}"}
    return any(name in own for name in names)


def load_rules(path: Path | None) -> Rules:
    """Read a file `{"stripe": {"forbid": ["DELETE"], "sandbox": ["*"]}, …}`; no path is no rules.

    Raises `SettingsError`.
    """
    if path is None:
        return Rules()
    try:
        value = jsontext.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise SettingsError("PLAYGROUND_RULES names a file that cannot be read.") from None
    except jsontext.JSONTextError as error:
        raise SettingsError(
            f"PLAYGROUND_RULES names a file that is not JSON (line {error.line}, column {error.column})."
        ) from None
    if not isinstance(value, dict):
        raise SettingsError(
            'PLAYGROUND_RULES names a file that is not an object like {"stripe": {"forbid": ["DELETE"]}}.'
        )
    return Rules(by_provider={provider: _rule(provider, one) for provider, one in value.items()})


def _rule(provider: str, value: object) -> Rule:
    # A rule that is misspelled must not be one that forbids nothing.
    if not isinstance(value, dict) or not value or not value.keys() <= _MEMBERS:
        raise SettingsError(f"PLAYGROUND_RULES, provider “{provider}”: write forbid, sandbox, or both.")
    read: dict[str, tuple[str, ...]] = {}
    for name, listed in value.items():
        if not isinstance(listed, list) or not all(isinstance(one, str) and one for one in listed):
            raise SettingsError(
                f"PLAYGROUND_RULES, provider “{provider}”: “{name}” must be a list of methods or operation names."
            )
        read[name] = tuple(one.upper() if one.isalpha() and one.upper() in _METHODS else one for one in listed)
    return Rule(**read)


_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"})
