"""The operator's decisions about calls: rules (PLAYGROUND_RULES) and keys that are lent (PLAYGROUND_CREDENTIALS)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from playground import jsontext
from playground.catalog.model import SANDBOX, Entry, Operation
from playground.config import SettingsError
from playground.request.errors import CredentialError, RequestError
from playground.secrets.credentials import Credentials, read_credentials
from playground.text.wording import say

EVERYONE = "*"
SIGNED_IN = "@signed-in"
"""In a list of readers: whoever has a name; `*` is everybody, `user:ada` one person, and anything else a group."""
_MEMBERS = frozenset({"forbid", "sandbox", "readers", "lend"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one provider's operations may not do: `forbid` are not sent at all, `sandbox` to the sandbox only.

    Each is named by a method (`DELETE`), a name that the page or the description has, or `METHOD path`; `*` is all.
    `readers` see the provider, and to those of `lend` among them the operator's key is lent; `None` is everybody.
    """

    forbid: tuple[str, ...] = ()
    sandbox: tuple[str, ...] = ()
    readers: tuple[str, ...] | None = None
    lend: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A reader of the site: a name, empty for an anonymous one, and groups."""

    name: str = ""
    groups: frozenset[str] = frozenset()

    def is_among(self, listed: tuple[str, ...] | None) -> bool:
        """Tell whether a list of readers names this one."""
        if listed is None:
            return True
        own = {EVERYONE, *self.groups}
        if self.name:
            own |= {SIGNED_IN, f"user:{self.name}"}
        return not own.isdisjoint(listed)


def is_group(text: str) -> bool:
    """Tell whether a word of a list of readers is a group's name: none that a sign gives a meaning of its own."""
    return text != EVERYONE and not text.startswith(("@", "user:"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Rules by provider; those of `*` hold for every one."""

    by_provider: Mapping[str, Rule] = field(default_factory=dict)

    @property
    def tell_readers_apart(self) -> bool:
        """Whether not everybody sees everything, or is lent every key."""
        return any(rule.readers is not None or rule.lend is not None for rule in self.by_provider.values())

    def may_see(self, reader: Reader, provider: str) -> bool:
        """Tell whether a reader sees a provider."""
        return reader.is_among(self._nearest(provider, "readers"))

    def may_borrow(self, reader: Reader, provider: str) -> bool:
        """Tell whether the operator's key for a provider is lent to a reader."""
        return self.may_see(reader, provider) and reader.is_among(self._nearest(provider, "lend"))

    def _nearest(self, provider: str, member: str) -> tuple[str, ...] | None:
        """Return the list of the rule that is nearest to a provider: its own, of a name above it, of all."""
        parts = provider.split("/")
        above = (f"{'/'.join(parts[:count])}/*" for count in range(len(parts) - 1, 0, -1))
        for name in (provider, *above, EVERYONE):
            rule = self.by_provider.get(name)
            listed: tuple[str, ...] | None = getattr(rule, member) if rule is not None else None
            if listed is not None:
                return listed
        return None

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
    """Return whether one of the names is the operation's: its own, its method, `METHOD path`, or `*`."""
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
    return Rules(by_provider={provider: _rule(provider, rule) for provider, rule in value.items()})


def _rule(provider: str, value: object) -> Rule:
    # A misspelled rule must not become one that forbids nothing.
    if not isinstance(value, dict) or not value or not value.keys() <= _MEMBERS:
        raise SettingsError(f"PLAYGROUND_RULES, provider “{provider}”: write forbid, sandbox, readers or lend.")
    read: dict[str, tuple[str, ...]] = {}
    for name, listed in value.items():
        if not isinstance(listed, list) or not all(isinstance(word, str) and word for word in listed):
            raise SettingsError(
                f"PLAYGROUND_RULES, provider “{provider}”: “{name}” must be a list of "
                + (
                    "groups, user:name, @signed-in or *."
                    if name in ("readers", "lend")
                    else "methods or operation names."
                )
            )
        if name in ("readers", "lend"):
            read[name] = tuple(listed)
            continue
        read[name] = tuple(word.upper() if word.isalpha() and word.upper() in _METHODS else word for word in listed)
    return Rule(**read)


_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"})


_CONDITIONS = ("operations", "methods")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """Credentials lent to some operations only: those named, of those methods; an empty list is all."""

    credentials: Credentials = field(repr=False)
    operations: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()

    def is_for(self, operation: Operation) -> bool:
        """Return whether the operation is among them."""
        named = not self.operations or names_operation(self.operations, operation)
        return named and (not self.methods or operation.method.upper() in self.methods)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorCredentials:
    """Credentials by provider name, and those lent to some operations only; `repr` shows nothing of them."""

    by_provider: Mapping[str, Credentials] = field(default_factory=dict, repr=False)
    loans: Mapping[str, tuple[Loan, ...]] = field(default_factory=dict, repr=False)

    def lent(self, provider: str, operation: Operation | None) -> Loan | None:
        """Return what the operator lends to an operation, with its conditions; `None` for nothing."""
        for loan in self.loans.get(provider, ()):
            if operation is not None and loan.is_for(operation):
                return loan
        ours = self.by_provider.get(provider)
        return None if ours is None else Loan(credentials=ours)

    def of(self, rules: Rules, reader: Reader) -> OperatorCredentials:
        """Return the credentials that are lent to a reader."""
        return OperatorCredentials(
            by_provider={name: rule for name, rule in self.by_provider.items() if rules.may_borrow(reader, name)},
            loans={name: loans for name, loans in self.loans.items() if rules.may_borrow(reader, name)},
        )

    def beside(self, provider: str, visitor: Credentials, operation: Operation | None = None) -> Credentials:
        """Return what is sent: the visitor's credential if there is one (also "none"), else the operator's.

        Own headers of both are sent, the visitor's in the operator's place.
        """
        loan = self.lent(provider, operation)
        if loan is None or visitor.single is not None or visitor.schemes:
            return visitor
        ours = loan.credentials
        own = {name.lower() for name in visitor.headers}
        headers = {name: text for name, text in ours.headers.items() if name.lower() not in own}
        return replace(ours, headers={**headers, **visitor.headers}, variables=visitor.variables)


def load_operator_credentials(path: Path | None) -> OperatorCredentials:
    """Read a file `{"stripe": {credential}, "shop": [{credential, "methods": ["GET"]}, …]}`; no path is no credentials.

    Raises `SettingsError` without the file's text.
    """
    if path is None:
        return OperatorCredentials()
    try:
        value = jsontext.loads(path.read_text("utf-8"))
    except OSError:
        raise SettingsError("PLAYGROUND_CREDENTIALS names a file that cannot be read.") from None
    except UnicodeDecodeError:
        raise SettingsError("PLAYGROUND_CREDENTIALS names a file that is not UTF-8 text.") from None
    except jsontext.JSONTextError as error:
        raise SettingsError(
            f"PLAYGROUND_CREDENTIALS names a file that is not JSON (line {error.line}, column {error.column})."
        ) from None
    if not isinstance(value, dict):
        raise SettingsError('PLAYGROUND_CREDENTIALS names a file that is not an object like {"stripe": {…}}.')
    by_provider: dict[str, Credentials] = {}
    loans: dict[str, tuple[Loan, ...]] = {}
    for provider, lent in value.items():
        try:
            if isinstance(lent, list) or (isinstance(lent, dict) and any(name in lent for name in _CONDITIONS)):
                loans[provider] = tuple(_loan(loan, provider) for loan in (lent if isinstance(lent, list) else [lent]))
            else:
                by_provider[provider] = read_credentials(lent, provider=provider)
        except CredentialError as error:
            raise SettingsError(f"PLAYGROUND_CREDENTIALS, provider “{provider}”: {error}") from None
    return OperatorCredentials(by_provider=by_provider, loans=loans)


def _loan(value: Any, provider: str) -> Loan:
    if not isinstance(value, dict):
        raise CredentialError("A credential must be an object with a “type”.", field="credential")
    listed: dict[str, tuple[str, ...]] = {}
    for name in _CONDITIONS:
        names = value.get(name, [])
        # A condition that cannot be read must not be one that lends to everything.
        if not isinstance(names, list) or (name in value and not names) or not all(isinstance(n, str) for n in names):
            raise CredentialError(f"“{name}” must be a list of at least one name.", field="credential")
        listed[name] = tuple(names)
    rest = {name: text for name, text in value.items() if name not in _CONDITIONS}
    return Loan(
        credentials=read_credentials(rest, provider=provider),
        operations=listed["operations"],
        methods=tuple(name.upper() for name in listed["methods"]),
    )
