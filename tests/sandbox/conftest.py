"""What the sandbox's tests share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Return where a sandbox keeps what is made."""
    return tmp_path / "state.sqlite"
