"""What every component has: a name, options, a lent clock and a lent source of chance."""

import random
from abc import ABC
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol

from mirabelle.core.interfaces.fetching import Fetcher


class Clock(Protocol):
    """The only clock that components read. `time_scale` and tests make it run as they like."""

    def now(self) -> float:
        """UNIX seconds."""

    def monotonic(self) -> float:
        """Seconds since some fixed instant; never goes back."""

    async def sleep(self, seconds: float) -> None:
        """Wait that long on this clock."""


@dataclass(frozen=True, slots=True)
class Lent:
    """What the platform lends to each component. Files of its own go below `data`."""

    clock: Clock
    random: random.Random
    data: Path
    fetcher: Fetcher


class StorageFailed(Exception):
    """Something could not be kept or read; nothing was changed. The message says what, where and how to mend it."""


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a component that has none."""


class Component(ABC):
    """Something that a plugin offers by name and the configuration picks.

    `Options` is a frozen dataclass; the platform fills it from the TOML table of the component's name, where an
    unknown key or a wrong type stops the start. `open` is awaited before first use, `close` after the last.
    """

    name: ClassVar[str]
    Options: ClassVar[type] = NoOptions

    def __init__(self, options: Any, lent: Lent) -> None:
        self.options = options
        self.lent = lent

    async def open(self) -> None:  # noqa: B027 - many have nothing to open
        """Acquire what is needed. An exception here stops the start."""

    async def close(self) -> None:  # noqa: B027 - nor to close
        """Give back what was acquired; called once, also after a failed start of others or of its own."""
