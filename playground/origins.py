"""Origins in one spelling: `https://api.example.com`, lower case, without user, path or default port (RFC 6454)."""

from __future__ import annotations

from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def write_origin(scheme: str, host: str, port: int | None) -> str:
    """Return the origin of a scheme, a host without brackets, and a port or `None` for the default one."""
    return f"{scheme}://{write_authority(scheme, host, port)}"


def write_authority(scheme: str, host: str, port: int | None) -> str:
    """Return what a Host field says: brackets around IPv6, no default port."""
    bracketed = f"[{host}]" if ":" in host else host
    return bracketed if port in (None, DEFAULT_PORTS[scheme]) else f"{bracketed}:{port}"


def origin_of(url: str) -> str:
    """Return the origin of an http or https URL; empty for anything else, also for one whose host has variables."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or "{" in parts.netloc:
            return ""
        return write_origin(parts.scheme, parts.hostname, parts.port)
    except ValueError:
        return ""
