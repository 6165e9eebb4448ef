"""RateLimit: a token bucket for each who asks. Pure; the time is an argument."""

from collections import OrderedDict
from dataclasses import dataclass
from ipaddress import IPv6Network

from mirabelle.core.option_checks import at_least


@dataclass(frozen=True, slots=True)
class RateOptions:
    """`rate` requests a second over time, `burst` of them at once. A rate of 0: no limit. `remembered`: who asked."""

    rate: float = 200.0
    burst: int = 1000
    remembered: int = 10_000

    def __post_init__(self) -> None:
        at_least(self, 0, "rate")
        at_least(self, 1, "burst", "remembered")


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class RateLimit:
    """How often each may ask. Who has not asked for longest is forgotten first, and starts with a full bucket."""

    def __init__(self, options: RateOptions) -> None:
        self._options = options
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, who: str, now: float) -> float:
        """Take a token. 0.0 when there was one, else the seconds until there will be; a refusal costs nothing."""
        if not self._options.rate:
            return 0.0
        bucket = self._filled(who, now)
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0.0
        return (1 - bucket.tokens) / self._options.rate

    def _filled(self, who: str, now: float) -> _Bucket:
        bucket = self._buckets.setdefault(who, _Bucket(self._options.burst, now))
        self._buckets.move_to_end(who)
        bucket.tokens = min(self._options.burst, bucket.tokens + (now - bucket.at) * self._options.rate)
        bucket.at = now
        while len(self._buckets) > self._options.remembered:
            self._buckets.popitem(last=False)
        return bucket


def address_key(address: str | None) -> str:
    """Who an address stands for: an IPv6 network of a customer is a /64, and whoever has one has all of it."""
    if address is None or ":" not in address or address.lower().startswith("::ffff:"):
        return address or ""
    return _first_groups(address)


def _first_groups(address: str) -> str:
    try:
        return str(IPv6Network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        return address
