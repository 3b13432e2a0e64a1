"""The rules of the specification: what a document must say, beyond what is needed to read it."""

from playground.openapi.document import DocumentReader
from playground.openapi.rules import components, operations, schemas
from playground.openapi.rules.walk import Rule, Walk

__all__ = ["check_rules"]

_ALL = (components.RULES, operations.RULES, schemas.RULES)
_RULES: dict[str, tuple[Rule, ...]] = {
    name: tuple(rule for rules in _ALL for rule in rules.get(name, ())) for rules in _ALL for name in rules
}


def check_rules(reader: DocumentReader, family: str) -> None:
    """Check a document that has been read against its version's rules; what they find joins the reader's problems."""
    Walk(reader, family, _RULES).run()
