"""A package as npm takes it: a gzipped tar with everything below `package/`, the same bytes for the same package."""

from __future__ import annotations

import gzip
import io
import tarfile

from playground.sdk.package import Package

_TIME = 499_162_500
"""1985-10-26, which npm itself writes into every package: a tar cannot say "no time", and zero upsets some tools."""


def write_tarball(package: Package) -> bytes:
    """Return the package's `.tgz`."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path, data in package.files.items():
            member = tarfile.TarInfo(f"package/{path}")
            member.size, member.mtime, member.mode = len(data), _TIME, 0o644
            tar.addfile(member, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), 6, mtime=0)
