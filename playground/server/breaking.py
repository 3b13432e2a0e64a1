"""Ending a request's connection without an answer, for the sandbox's failures on request.

waitress and gunicorn both leave the connection in reach of the application: waitress through the method that tells
whether the client is gone, gunicorn as its socket.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Mapping
from typing import Any


def break_connection(environ: Mapping[str, Any], *, reset: bool) -> bool:
    """End the connection that a request came on, by a reset if asked for; return whether it could be reached."""
    connection = environ.get("gunicorn.socket")
    channel = getattr(environ.get("waitress.client_disconnected"), "__self__", None)
    if connection is None and channel is not None:
        connection = getattr(channel, "socket", None)
        channel.will_close = True
    if connection is None:
        return False
    with contextlib.suppress(OSError):
        if reset:
            # No lingering: closing sends a reset, and what was written is thrown away.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RD)
        else:
            connection.shutdown(socket.SHUT_RDWR)
    return True
