"""PowerShell with Invoke-RestMethod."""

from __future__ import annotations

from playground.snippets.languages.powershell import invoke_restmethod
from playground.snippets.target import Target

TARGETS: tuple[Target, ...] = (invoke_restmethod.TARGET,)
