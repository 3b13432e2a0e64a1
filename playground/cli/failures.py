"""How commands fail: one line on stderr with what is wrong and what to do, and an exit status."""

from __future__ import annotations

import logging
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from playground.text.visible import terminal_line

_USER = re.compile(r"(\bhttps?://)[^\s/@]*@", re.IGNORECASE)
FAILED, WRONG_USAGE, INTERRUPTED = 1, 2, 130
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that end a command from outside; Windows has no terminal that hangs up."""


class Failure(Exception):  # noqa: N818 - reads as what it is
    """A command cannot go on; the text is the sentence a person reads."""


def sentence(error: BaseException) -> str:
    """Return the line for an error of any kind.

    The texts of our own errors are sentences for people already. Of others only kind and place are shown, since their
    text may quote anything.
    """
    if type(error).__module__.startswith("playground."):
        return terminal_line(str(error))
    if isinstance(error, OSError) and error.strerror:
        name = f"{error.filename}: " if error.filename else ""
        return terminal_line(f"{name}{error.strerror}; check the path and its permissions.")
    if isinstance(error, MemoryError):
        return "There is not enough memory for this."
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {_module(frames[-1].filename)}, line {frames[-1].lineno}" if frames else ""
    return f"This is a defect of Playground ({type(error).__name__}{place}): please report it with the command you ran."


def _module(filename: str) -> str:
    # Where it is installed is private.
    parts = Path(filename).parts
    return "/".join(parts[parts.index("playground") :] if "playground" in parts else parts[-1:])


class OneLineGroup(click.Group):
    """A command group whose every failure is one line on stderr, without usage texts and tracebacks."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> NoReturn:
        """Run the command line and exit: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
        more["standalone_mode"] = False
        # A failure is one line, with its reason; `serve` and `gateway` start their log themselves.
        logging.getLogger("playground").addHandler(logging.NullHandler())
        sys.exit(_status_of(lambda: super(OneLineGroup, self).main(args, *rest, **more)))


def _status_of(run: Callable[[], Any]) -> int:
    try:
        status = run()
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return WRONG_USAGE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "playground"
        tell(f"{terminal_line(error.format_message()).rstrip('.')}: see `{command} --help`.")
        return WRONG_USAGE
    except click.ClickException as error:
        tell(terminal_line(error.format_message()))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # `playground list | head`: the reader has ended, which is no mistake.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        tell(sentence(error))
        return FAILED
    return status if isinstance(status, int) else 0


def tell(line: str) -> None:
    """Say what went wrong on stderr."""
    # A line may quote an address as it was typed, with a password in it.
    shown = _USER.sub(r"\1", line)
    click.echo(f"playground: {shown}", err=True)
