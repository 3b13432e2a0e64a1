"""docs/configuration.md, made from `playground/config.py`: `python docs/configuration.py` writes it.

Every form, and every default that can be written as a value, is read from the code; what a variable is for, and an
example of it, stand in `docs/configuration.yaml`. A test fails while the page differs from what this makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from playground.config import Settings
from playground.environment import VARIABLES

PAGE = Path(__file__).with_name("configuration.md")


@dataclass(frozen=True, slots=True)
class Variable:
    """What the code does not say of a variable; `default` only where the code's own cannot be written as its value."""

    name: str
    example: str
    about: str
    default: str = ""


HEAD = """\
# Configuration

Playground needs no configuration. What can be set is set by environment variables, read once at the start. An
empty value counts as not set. A value that cannot be used stops the start with one line that names the variable
and the form it takes:

```text
playground: PLAYGROUND_SANDBOX has a value that cannot be used: write on, off or only.
```

Lists are separated by spaces or commas. An *origin* is scheme, host and, if it is not the usual one, port,
without a path: `https://api.example.com`, `http://10.1.2.3:8080`.
"""

GROUPS: dict[str, tuple[Variable, ...]] = {
    title: tuple(Variable(**facts) for facts in group)
    for title, group in yaml.safe_load(PAGE.with_suffix(".yaml").read_text("utf-8")).items()
}
"""The variables by what they are about."""


def make() -> str:
    """Return the page. Raises `ValueError` where a variable of the code is missing here, or the other way round."""
    variables = [one for group in GROUPS.values() for one in group]
    if sorted(one.name for one in variables) != sorted(VARIABLES):
        raise ValueError("docs/configuration.yaml and playground/config.py do not name the same variables")
    rows = [
        f"| {title} | {', '.join(f'[`{one.name}`](#{one.name.lower()})' for one in group)} |"
        for title, group in GROUPS.items()
    ]
    return "\n".join([HEAD, "| | |", "|---|---|", *rows, *(_section(one) for one in variables)]) + "\n"


def _section(one: Variable) -> str:
    default = one.default or f"`{_written(getattr(Settings(), VARIABLES[one.name][0]))}`"
    facts = [
        f"- Form: {VARIABLES[one.name][2]}",
        f"- Default: {default}",
        f"- Example: `{one.name}={one.example}`",
    ]
    return "\n".join(["", f"## {one.name}", "", one.about, "", *facts])


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return " ".join(map(_written, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    PAGE.write_text(make(), "utf-8")
