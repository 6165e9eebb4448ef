"""What scripts may do beside talking, as operators configure it: `[scripts]`."""

import math
from dataclasses import dataclass, field

from mirabelle.vxml_interpreter.commands import TransferKind


@dataclass(frozen=True, slots=True)
class TransferOptions:
    """Whom scripts may call by `<transfer>`, which costs money and can be abused like an open telephone.

    `allow` are patterns of destinations as URIs: `tel:+1617*`, `sip:*@pbx.example.com`; `*` is any run of characters
    but `;?&@%:`, and alone everything. Numbers are compared without their separators (`tel:+1-617-555-0100` is
    `tel:+16175550100`). Not given: all destinations in calls of a telephony that is simulated (`loopback`), and none
    in all others. `deny` wins over `allow`. `kinds` are those that scripts may use. `longest`: seconds
    after which a bridge is ended, whatever the script's `maxtime`. `connecttimeout`: seconds to wait for an answer
    where the script does not say; `longest_connecttimeout` where it says more.
    """

    allow: tuple[str, ...] | None = None
    deny: tuple[str, ...] = ()
    kinds: tuple[TransferKind, ...] = tuple(TransferKind)
    longest: float = 3600.0
    connecttimeout: float = 30.0
    longest_connecttimeout: float = 120.0

    def __post_init__(self) -> None:
        _positive(self, "longest", "connecttimeout", "longest_connecttimeout")


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """How much scripts may record by `<record>`. Spans are seconds, sizes bytes.

    `maxtime` and `finalsilence` hold where the script does not say. `longest` ends a recording whatever the script's
    `maxtime`, `largest` whatever its length. `largest_call` is for all recordings of a call together.
    """

    maxtime: float = 120.0
    finalsilence: float = 3.0
    longest: float = 600.0
    largest: int = 10 << 20
    largest_call: int = 50 << 20

    def __post_init__(self) -> None:
        _positive(self, "maxtime", "finalsilence", "longest", "largest", "largest_call")


@dataclass(frozen=True, slots=True)
class ObjectOptions:
    """`timeout`: seconds that an `<object>` may take; `largest`: characters of its result as JSON."""

    timeout: float = 60.0
    largest: int = 1_000_000

    def __post_init__(self) -> None:
        _positive(self, "timeout", "largest")


@dataclass(frozen=True, slots=True)
class ScriptOptions:
    """What scripts may do beside talking."""

    transfers: TransferOptions = field(default_factory=TransferOptions)
    recordings: RecordOptions = field(default_factory=RecordOptions)
    objects: ObjectOptions = field(default_factory=ObjectOptions)


def _positive(options: object, *names: str) -> None:
    for name in names:
        if not 0 < getattr(options, name) < math.inf:
            raise ValueError(f"{name} must be more than 0")
