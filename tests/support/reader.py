"""Reads the text of a screenshot, as somebody who looks over a shoulder does: with Tesseract, forgiving its slips."""

from __future__ import annotations

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

from tests.support.needs import need_command

# What is easily taken for another, in small print: both sides of a comparison are written with the right-hand one.
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "8": "b", "9": "g", "c": "e"})
_REST = re.compile(r"[^a-z0-9|]+")


def plain(text: str) -> str:
    """Return text as it is compared: no case, no spaces, no signs, and letters that look alike as one of them."""
    return _REST.sub("", text.lower()).translate(_ALIKE)


def read_all(pictures: dict[str, bytes]) -> dict[str, str]:
    """Return the text of each PNG, by its name, as `plain` writes it; skips where there is no reader."""
    command = [need_command("tesseract"), "stdin", "stdout", "-l", "eng", "--psm", "11"]

    def read(picture: bytes) -> str:
        environ = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        done = subprocess.run(command, input=picture, capture_output=True, env=environ, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return plain(done.stdout.decode())

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(pictures, pool.map(read, pictures.values()), strict=True))
