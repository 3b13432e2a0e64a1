"""Every failure is one line on stderr with its exit status: in real processes, as a shell sees them."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
import termios
import time
from array import array
from pathlib import Path
from typing import IO

import pytest

from playground.cli.failures import sentence
from playground.text.visible import terminal_line
from tests.cli.conftest import Process, Run, command, digest, environment, line_of


@pytest.mark.parametrize(
    ("name", "data"),
    [("broken.json", b'{"openapi": "3.1.0", "paths": {'), ("missing-file", None), ("not-openapi.json", b'{"a": 1}')],
)
def test_a_failed_add_is_one_line_and_changes_nothing(
    process: Process, shop: Path, catalog: Path, tmp_path: Path, name: str, data: bytes | None
) -> None:
    assert process("add", "x", str(shop)).returncode == 0
    before = digest(catalog)
    if data is not None:
        (tmp_path / name).write_bytes(data)
    result = process("add", "x", str(tmp_path / name))
    assert (result.returncode, result.stdout) == (1, b"")
    assert name in line_of(result.stderr.decode())
    assert digest(catalog) == before


def test_an_unknown_operation_is_one_line(process: Process) -> None:
    result = process("request", "stripe", "nosuch")
    assert (result.returncode, result.stdout) == (1, b"")
    assert '"nosuch"' in line_of(result.stderr.decode())


@pytest.mark.parametrize(
    "arguments",
    [("list",), ("add", "x", "SHOP"), ("remove", "stripe"), ("request", "stripe", "x"), ("serve", "--port", "0")],
)
def test_a_catalogue_that_is_not_one_is_one_line_and_unchanged(
    process: Process, shop: Path, catalog: Path, arguments: tuple[str, ...]
) -> None:
    catalog.write_bytes(b"my thesis, the only copy\n" * 100)
    before = digest(catalog)
    result = process(*(str(shop) if word == "SHOP" else word for word in arguments))
    assert (result.returncode, result.stdout) == (1, b"")
    assert "is not a Playground catalogue: choose another file" in line_of(result.stderr.decode())
    assert digest(catalog) == before
    assert not list(catalog.parent.glob("catalog.sqlite-*"))


def test_a_wrong_setting_is_one_line(process: Process) -> None:
    result = process("list", PLAYGROUND_SANDBOX="perhaps")
    assert result.returncode == 1
    assert line_of(result.stderr.decode()).startswith("PLAYGROUND_SANDBOX has a value")


@pytest.mark.parametrize("arguments", [("nosuch",), ("add",), ("serve", "--port", "99999"), ("list", "--nosuch")])
def test_wrong_usage_is_one_line_and_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "--help`." in line_of(result.stderr)
    assert result.stdout == ""


def test_help_and_version_are_no_failures(run: Run) -> None:
    assert run("--help").exit_code == 0
    assert run("add", "--help").exit_code == 0
    assert run("--version").exit_code == 0
    assert run().exit_code == 2


def test_the_catalogue_option_stands_above_the_environment(run: Run, tmp_path: Path, catalog: Path) -> None:
    assert run("list", "--catalog", str(tmp_path / "other.sqlite")).exit_code == 0
    assert (tmp_path / "other.sqlite").exists() and not catalog.exists()


def wait_until_it_reads(pipe: IO[bytes]) -> None:
    """Write the beginning of an input, and wait until it is taken: the process then waits for the rest."""
    pipe.write(b"{")
    pipe.flush()
    left = array("i", [1])
    while left[0]:
        time.sleep(0.02)
        fcntl.ioctl(pipe, termios.FIONREAD, left)


def test_an_interrupt_is_130_without_a_traceback(catalog: Path) -> None:
    with subprocess.Popen(
        command("add", "x", "-"), env=environment(catalog), stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as adding:
        assert adding.stdin is not None and adding.stderr is not None
        wait_until_it_reads(adding.stdin)
        adding.send_signal(signal.SIGINT)
        assert adding.wait() == 130
        assert adding.stderr.read().strip() == b""


def test_a_reader_that_goes_away_is_no_defect(catalog: Path) -> None:
    with subprocess.Popen(
        command("list", "stripe"), env=environment(catalog), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as listing:
        assert listing.stdout is not None and listing.stderr is not None
        listing.stdout.close()
        assert listing.stderr.read() == b""
        listing.wait()


def test_a_defect_is_told_without_its_text() -> None:
    try:
        dict[str, str]()["s3cret"]
    except KeyError as error:
        line = sentence(error)
    assert "defect of Playground (KeyError in test_failures.py, line " in line
    assert "s3cret" not in line


def test_one_line_is_one_line_without_control_characters() -> None:
    assert terminal_line(" a\n\tb\x1b[1m\x00\u202e ") == "a b\ufffd[1m\ufffd\ufffd"


def test_the_module_is_the_command(catalog: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "playground", "targets"], env=environment(catalog), capture_output=True, check=True
    )
    assert b"shell_curl" in result.stdout


@pytest.mark.parametrize("command", [("open", "SOURCE", "--no-browser"), ("add", "x", "SOURCE"), ("check", "SOURCE")])
def test_a_password_in_an_address_is_not_repeated(run: Run, command: tuple[str, ...]) -> None:
    words = [word.replace("SOURCE", "http://me:canary-71@127.0.0.1:9999/openapi.json") for word in command]
    result = run(*words)
    assert result.exit_code == 1
    assert "canary-71" not in result.output and "must not hold a user name or password" in result.stderr
