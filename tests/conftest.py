"""What every test shares."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Machines are noisy, so no example fails for being slow; what a test finds once is kept beside the checkout.
settings.register_profile("playground", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("playground")
