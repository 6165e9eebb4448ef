"""Whom transfers reach on the loopback."""

import pytest

from mirabelle.core.interfaces.telephony_services import TransferProblem, TransferRequest
from mirabelle.core.simulation.transfers import FarEnd
from mirabelle.plugins.telephony_loopback.far_ends import ByDestination
from mirabelle.vxml_interpreter.answers import TransferOutcome
from mirabelle.vxml_interpreter.commands import TransferKind


@pytest.mark.parametrize(
    ("destination", "far_end"),
    [
        ("tel:+16175550101", FarEnd(answers=8)),
        ("tel:+16175550104;ext=2", FarEnd(TransferOutcome.BUSY, 1)),
        ("tel:+16175550105", FarEnd(TransferOutcome.NOANSWER, 1)),
        ("tel:+16175550106", FarEnd(TransferOutcome.NETWORK_BUSY, 1)),
        ("tel:+16175550107", FarEnd(TransferOutcome.NETWORK_BUSY, 1)),
        ("loopback:busy?after=3", FarEnd(TransferOutcome.BUSY, 3)),
        ("loopback:voice?rings=0&stays=40", FarEnd(answers=0, duration=40)),
        ("loopback:nobody", FarEnd(problem=TransferProblem.NO_ROUTE)),
    ],
)
def test_the_callee_at_the_destination(destination: str, far_end: FarEnd) -> None:
    request = TransferRequest(TransferKind.BRIDGE, destination, 30, 60)
    assert ByDestination().reached(request) == far_end
