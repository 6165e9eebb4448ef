"""Whom transfers reach on the loopback: the callees that calls reach, by the same last digits and names."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mirabelle.core.interfaces.telephony_services import TransferProblem, TransferRequest
from mirabelle.core.simulation.transfers import FarEnd
from mirabelle.plugins.telephony_loopback.callees import Callee, Kind, UnknownCallee, callee_at
from mirabelle.vxml_interpreter.answers import TransferOutcome

# Two seconds of ringing tone, four of silence.
RING: Final = 2.0
CYCLE: Final = 6.0

OUTCOMES: Mapping[Kind, TransferOutcome] = MappingProxyType(
    {
        Kind.BUSY: TransferOutcome.BUSY,
        Kind.BUSY_THEN_VOICE: TransferOutcome.BUSY,
        Kind.NOANSWER: TransferOutcome.NOANSWER,
        Kind.SIT: TransferOutcome.NETWORK_BUSY,
        Kind.FAILURE: TransferOutcome.NETWORK_BUSY,
    }
)


class ByDestination:
    """Who answers stays for 5 s, or as long as `stays` says."""

    def reached(self, request: TransferRequest) -> FarEnd:
        """The callee at the destination, after its rings."""
        try:
            callee = callee_at(request.destination)
        except UnknownCallee:
            return FarEnd(problem=TransferProblem.NO_ROUTE)
        outcome = OUTCOMES.get(callee.kind)
        if outcome is not None:
            return FarEnd(outcome, answers=callee.after)
        return FarEnd(answers=rings_for(callee), duration=callee.stays)


def rings_for(callee: Callee) -> float:
    """Seconds until a callee answers."""
    return (callee.rings - 1) * CYCLE + RING if callee.rings else 0.0
