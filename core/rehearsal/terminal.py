"""Reading what somebody types, on a terminal or from a pipe."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

PROMPT = "H: "


def read_line(*, quiet: bool) -> str | None:
    """One typed line; None at the end of input. `quiet`: standard output is for machines."""
    with _interruptible():
        if sys.stdin.isatty() and not quiet:
            return _from_terminal()
        if sys.stdin.isatty():
            click.echo(PROMPT, nl=False, err=True)
        line = sys.stdin.readline()
        return line.removesuffix("\n") if line else None


def _from_terminal() -> str | None:
    try:
        return input(PROMPT)
    except EOFError:
        click.echo()
        return None


@contextmanager
def _interruptible() -> Iterator[None]:
    """The event loop would only make a note of Ctrl-C, and go on waiting for the line."""
    before = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    except ValueError:
        # Not the main thread: there signals are not ours.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
