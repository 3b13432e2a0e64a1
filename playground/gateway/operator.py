"""The operator's own credentials, injected where a visitor has none (PLAYGROUND_CREDENTIALS)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from playground import jsontext
from playground.config import SettingsError
from playground.request.credentials import Credentials, read_credentials
from playground.request.errors import CredentialError


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorCredentials:
    """Credentials by provider name; `repr` shows nothing of them."""

    by_provider: Mapping[str, Credentials] = field(default_factory=dict, repr=False)

    def beside(self, provider: str, visitor: Credentials) -> Credentials:
        """Return what is sent: the visitor's credential if there is one (also "none"), else the operator's.

        Own headers of both are sent, the visitor's in the operator's place.
        """
        ours = self.by_provider.get(provider)
        if ours is None or visitor.single is not None or visitor.schemes:
            return visitor
        taken = {name.lower() for name in visitor.headers}
        kept = {name: text for name, text in ours.headers.items() if name.lower() not in taken}
        return replace(ours, headers={**kept, **visitor.headers})


def load_operator_credentials(path: Path | None) -> OperatorCredentials:
    """Read a file `{"stripe": {credential}, …}`; no path is no credentials. Raises `SettingsError` without its text."""
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
    found: dict[str, Credentials] = {}
    for provider, one in value.items():
        try:
            found[provider] = read_credentials(one, provider=provider)
        except CredentialError as error:
            raise SettingsError(f"PLAYGROUND_CREDENTIALS, provider “{provider}”: {error}") from None
    return OperatorCredentials(by_provider=found)
