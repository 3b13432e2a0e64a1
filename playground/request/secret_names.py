"""Names that say a value is a secret, where no security scheme does: `access_token`, `X-Api-Key`, `clientSecret`.

static/js/draft.js holds the same pattern, so that neither a draft nor a link keeps such a value.
"""

from __future__ import annotations

import re

PATTERN = (
    r"(^|[^a-z])(x[-_]?)?(api|access|auth|app|subscription|client|private|session|refresh|id|bearer|csrf|bot|user)"
    r"[-_ ]?(key|token|secret)$|(^|[.~/ ])(token|pwd)$|(secret|passw(or)?d|passphrase|authorization)$"
)
_PATTERN = re.compile(PATTERN, re.IGNORECASE)


def is_secret_name(name: str) -> bool:
    """Say whether a parameter, property or header of this name holds a secret."""
    return _PATTERN.search(name) is not None
