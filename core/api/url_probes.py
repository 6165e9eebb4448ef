"""UrlProbes: before a call is queued, its URLs must answer (contract, section 5)."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.fetching import Answer, EgressRefused, Fetcher, FetchError, OutgoingRequest
from mirabelle.core.option_checks import at_least, more_than_nothing

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAY_PASS = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class ProbeOptions:
    """`timeout` is real seconds a probe may take; a good answer counts for `remember` seconds of the lent clock."""

    timeout: float = 10.0
    redirects: int = 5
    max_bytes: int = 1 << 20
    remember: float = 60.0
    remembered: int = 10_000

    def __post_init__(self) -> None:
        more_than_nothing(self, "timeout")
        at_least(self, 0, "redirects", "remember")
        at_least(self, 1, "max_bytes", "remembered")


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A URL that did not answer as it must. `temporary`: it may another time."""

    reason: str
    temporary: bool


@dataclass(frozen=True, slots=True)
class Probe:
    """One URL to be asked. Deliveries do not follow redirects, so neither may a result_url answer with one."""

    url: str
    follows_redirects: bool


class UrlProbes:
    """Sends the probes: one for each distinct URL, shared by all who ask for the same at the same time."""

    def __init__(self, fetcher: Fetcher, clock: Clock, options: ProbeOptions | None = None) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._options = options or ProbeOptions()
        self._good: OrderedDict[Probe, float] = OrderedDict()
        self._running: dict[Probe, asyncio.Task[Unreachable | None]] = {}

    async def check(self, start_url: str | None, result_url: str | None) -> Unreachable | None:
        """Why the call cannot be queued, of the first URL that gives a reason; None when both answer. None: no URL."""
        answers = await asyncio.gather(*(self._check(probe) for probe in _probes(start_url, result_url)))
        return next((answer for answer in answers if answer is not None), None)

    async def _check(self, probe: Probe) -> Unreachable | None:
        if self._is_good(probe):
            return None
        running = self._running.get(probe)
        if running is None:
            running = self._running[probe] = asyncio.create_task(self._ask(probe))
            running.add_done_callback(lambda _: self._running.pop(probe, None))
        return await asyncio.shield(running)

    async def _ask(self, probe: Probe) -> Unreachable | None:
        redirects = self._options.redirects if probe.follows_redirects else 0
        request = OutgoingRequest(
            probe.url, timeout=self._options.timeout, max_bytes=self._options.max_bytes, max_redirects=redirects
        )
        try:
            answer = await self._fetcher.send(request)
        except FetchError as error:
            # Errors name the hop that they are about, which mostly is the URL itself.
            reason = str(error).removeprefix(f"{probe.url}: ")
            return Unreachable(f"{probe.url} cannot be reached: {reason}", not isinstance(error, EgressRefused))
        if answer.status != 200:
            return _refused(probe.url, answer)
        self._remember(probe)
        return None

    def _is_good(self, probe: Probe) -> bool:
        # Without redirects is the stricter question: its good answer is one to both.
        strict = Probe(probe.url, follows_redirects=False)
        return any(self._good.get(known, float("-inf")) > self._clock.monotonic() for known in (probe, strict))

    def _remember(self, probe: Probe) -> None:
        self._good[probe] = self._clock.monotonic() + self._options.remember
        self._good.move_to_end(probe)
        while len(self._good) > self._options.remembered:
            self._good.popitem(last=False)


def _probes(start_url: str | None, result_url: str | None) -> Iterable[Probe]:
    if start_url is not None and start_url != result_url:
        yield Probe(start_url, follows_redirects=True)
    if result_url is not None:
        yield Probe(result_url, follows_redirects=False)


def _refused(url: str, answer: Answer) -> Unreachable:
    temporary = answer.status >= 500 or answer.status in _MAY_PASS
    if answer.status in _REDIRECTS and "location" in answer.headers:
        target = answer.headers["location"]
        return Unreachable(f"{url} redirects to {target}, and results are not sent on: give the URL itself", temporary)
    where = "" if answer.url == url else f" (at {answer.url})"
    return Unreachable(f"{url} answered {answer.status}{where} instead of 200", temporary)
