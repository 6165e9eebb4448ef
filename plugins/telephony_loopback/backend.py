"""The loopback as a telephony backend."""

import asyncio
from pathlib import Path
from typing import Any

from mirabelle.core.interfaces.component import Lent
from mirabelle.core.interfaces.telephony import (
    Cause,
    DialRequest,
    EndedBy,
    HungUp,
    Leg,
    LegEvent,
    Report,
    TelephonyBackend,
)
from mirabelle.core.simulation.leg import CAPABILITIES
from mirabelle.core.simulation.people import Presses, Silent
from mirabelle.core.simulation.rules import RuleFollower, RulesError
from mirabelle.core.simulation.rules_file import read_rules
from mirabelle.core.simulation.transfers import InOrder
from mirabelle.plugins.telephony_loopback.callees import SCHEME, Callee, Kind, UnknownCallee, callee_at
from mirabelle.plugins.telephony_loopback.journals import Journals
from mirabelle.plugins.telephony_loopback.leg import Cast, LoopbackLeg
from mirabelle.plugins.telephony_loopback.options import LoopbackOptions

INVALID_NUMBER = 28
NO_CHANNEL = 34
TEMPORARY_FAILURE = 41


class LoopbackTelephony(TelephonyBackend):
    """Calls simulated callees, each on a text leg, in the time of the lent clock."""

    name = SCHEME
    Options = LoopbackOptions
    schemes = frozenset({"tel", SCHEME})
    capabilities = CAPABILITIES
    simulated = True
    options: LoopbackOptions

    def __init__(self, options: Any, lent: Lent) -> None:
        super().__init__(options, lent)
        self._journals: Journals | None = None
        self._live: set[LoopbackLeg] = set()

    async def open(self) -> None:
        """Open the journals."""
        self._journals = Journals(self.lent.data / self.options.journal)

    async def close(self) -> None:
        """Hang up what is still up and close the journals."""
        for leg in tuple(self._live):
            leg.hang_up()
        # The ends are reported, and written, from the loop.
        await asyncio.sleep(0)
        if self._journals is not None:
            self._journals.close()

    @property
    def channels(self) -> int | None:
        """As configured."""
        return self.options.channels

    def check_destination(self, uri: str) -> str | None:
        """As `TelephonyBackend`: an unknown callee, a wrong parameter, rules that cannot be read."""
        try:
            self._cast(callee_at(uri))
        except (UnknownCallee, RulesError) as error:
            return str(error)
        return None

    def dial(self, request: DialRequest, report: Report) -> Leg:
        """As `TelephonyBackend`. It rings once the dial is in the journal, on the disk."""
        journals = self._journals
        if journals is None:
            raise RuntimeError("the loopback is not open")
        callee, cast, refusal = self._reach(request)
        leg = self._leg(callee, cast, request, report, journals)

        def begin(failure: OSError | None) -> None:
            if failure is not None:
                leg.end(Cause(EndedBy.NETWORK, q850=TEMPORARY_FAILURE, sip=503, text=f"journal of dials: {failure}"))
            elif refusal is not None:
                leg.end(refusal)
            elif not leg.over:
                leg.ring()

        entry = self._entry(
            request,
            callee=None if refusal else callee.kind,
            ani=request.caller_id,
            postd=request.post_dial,
            destination=request.destination,
        )
        journals.dialled(entry, begin)
        return leg

    def _leg(self, callee: Callee, cast: Cast, request: DialRequest, report: Report, journals: Journals) -> LoopbackLeg:
        def heard(event: LegEvent) -> None:
            report(event)
            if isinstance(event, HungUp):
                self._live.discard(leg)
                journals.told("ended", self._entry(request, by=event.cause.by, q850=event.cause.q850))

        def digits(sent: str) -> None:
            journals.told("digits", self._entry(request, digits=sent))

        leg = LoopbackLeg(callee, cast, request, self.lent.clock, self.lent.random, heard, digits)
        self._live.add(leg)
        return leg

    def _entry(self, request: DialRequest, **data: object) -> dict[str, object]:
        return {"call_id": request.call_id, "attempt": request.attempt, "at": self.lent.clock.now(), **data}

    def _reach(self, request: DialRequest) -> tuple[Callee, Cast, Cause | None]:
        """Who is reached, or why nobody is: what was checked at queueing may be otherwise now."""
        nobody = Callee(Kind.FAILURE), Cast(Silent())
        if self.options.channels is not None and len(self._live) >= self.options.channels:
            return *nobody, Cause(EndedBy.NETWORK, q850=NO_CHANNEL, sip=503, text="all channels are in use")
        try:
            callee = callee_at(request.destination)
            return callee, self._cast(callee), None
        except UnknownCallee as error:
            return *nobody, Cause(EndedBy.NETWORK, q850=INVALID_NUMBER, sip=484, text=str(error))
        except RulesError as error:
            return *nobody, Cause(EndedBy.NETWORK, q850=TEMPORARY_FAILURE, sip=503, text=str(error))

    def _cast(self, callee: Callee) -> Cast:
        if callee.rules is None:
            answers = callee.kind in {Kind.VOICE, Kind.BUSY_THEN_VOICE}
            return Cast(Presses("1") if answers else Silent())
        rules = read_rules(self._rules_file(callee.rules))
        person = RuleFollower(rules.rules)
        return Cast(person, InOrder(rules.transfers)) if rules.transfers else Cast(person)

    def _rules_file(self, name: str) -> Path:
        folder = self.options.rules
        if folder is None:
            raise UnknownCallee("rules: no folder of rules is configured: set telephony.loopback.rules")
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise UnknownCallee(f"rules: '{name}' is outside the folder of rules")
        return path
