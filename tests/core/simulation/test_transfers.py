"""Transfers on a simulated leg: what its far ends do, and the caller meanwhile."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mirabelle.core.interfaces.telephony import HungUp, LegEvent, Pressed, SpeechBegan, Spoke
from mirabelle.core.interfaces.telephony_services import TransferAnswered, TransferEnded, TransferRequest
from mirabelle.core.simulation.leg import SimulatedLeg
from mirabelle.core.simulation.people import HangUp, Press, Say, Silent
from mirabelle.core.simulation.transfers import FarEnd, InOrder
from mirabelle.core.testing import virtual_time
from mirabelle.core.testing.virtual_time import VirtualClock
from mirabelle.vxml_interpreter.answers import TransferOutcome
from mirabelle.vxml_interpreter.commands import TransferKind

BRIDGE = TransferRequest(TransferKind.BRIDGE, "tel:+16175550101", connecttimeout=20, maxtime=600)
CONSULTATION = replace(BRIDGE, kind=TransferKind.CONSULTATION)
BLIND = replace(BRIDGE, kind=TransferKind.BLIND)


def transferred(
    *far_ends: FarEnd, request: TransferRequest = BRIDGE, end_after: float | None = None, times: int = 1
) -> list[LegEvent]:
    """What a leg reports of transfers, the first of which begins at second 1."""

    async def main(clock: VirtualClock) -> list[LegEvent]:
        events: list[LegEvent] = []
        leg = SimulatedLeg(Silent(), clock, events.append, far_ends=InOrder(far_ends))
        await clock.sleep(1)
        for _ in range(times):
            leg.transfer(request)
            if end_after is not None:
                await clock.sleep(end_after)
                leg.end_transfer()
            await clock.sleep(999)
        return events

    return virtual_time.run(main)


def far(outcome: TransferOutcome, answers: float = 2.0, duration: float | None = None) -> FarEnd:
    return FarEnd(outcome, answers, duration)


def test_without_rules_somebody_answers_and_hangs_up_after_five_seconds() -> None:
    assert transferred() == [TransferAnswered(1), TransferEnded(6, TransferOutcome.FAR_END_DISCONNECT)]


@pytest.mark.parametrize(
    ("far_end", "at", "outcome"),
    [
        (far(TransferOutcome.BUSY), 3, "busy"),
        (far(TransferOutcome.NETWORK_BUSY), 3, "network_busy"),
        (far(TransferOutcome.UNKNOWN), 3, "unknown"),
        (far(TransferOutcome.NOANSWER), 21, "noanswer"),
        (far(TransferOutcome.CONNECTED, answers=20), 21, "noanswer"),
    ],
)
@pytest.mark.parametrize("request_", [BRIDGE, CONSULTATION])
def test_nobody_answers(far_end: FarEnd, at: float, outcome: str, request_: TransferRequest) -> None:
    assert transferred(far_end, request=request_) == [TransferEnded(at, TransferOutcome(outcome))]


@pytest.mark.parametrize(
    ("far_end", "at", "outcome"),
    [
        (far(TransferOutcome.CONNECTED, duration=7), 10, "far_end_disconnect"),
        (far(TransferOutcome.FAR_END_DISCONNECT), 8, "far_end_disconnect"),
        (far(TransferOutcome.NETWORK_DISCONNECT), 8, "network_disconnect"),
        (far(TransferOutcome.NEAR_END_DISCONNECT), 8, "near_end_disconnect"),
        (far(TransferOutcome.MAXTIME_DISCONNECT), 603, "maxtime_disconnect"),
        (far(TransferOutcome.CONNECTED, duration=700), 603, "maxtime_disconnect"),
    ],
)
def test_a_bridge_ends(far_end: FarEnd, at: float, outcome: str) -> None:
    assert transferred(far_end) == [TransferAnswered(3), TransferEnded(at, TransferOutcome(outcome))]


def test_a_bridge_is_ended_by_the_platform() -> None:
    assert transferred(end_after=2)[1:] == [TransferEnded(3, TransferOutcome.NEAR_END_DISCONNECT)]


@pytest.mark.parametrize(
    ("request_", "far_end", "at"),
    [
        (BLIND, far(TransferOutcome.BUSY), 1),
        (BLIND, far(TransferOutcome.CONNECTED), 1),
        (CONSULTATION, far(TransferOutcome.CONNECTED), 3),
        (CONSULTATION, far(TransferOutcome.FAR_END_DISCONNECT), 3),
    ],
)
def test_who_is_handed_over_is_gone(request_: TransferRequest, far_end: FarEnd, at: float) -> None:
    connected, hung_up = transferred(far_end, request=request_)
    assert connected == TransferEnded(at, TransferOutcome.CONNECTED)
    assert isinstance(hung_up, HungUp)
    assert hung_up.cause.text == "transferred to tel:+16175550101"


def test_a_blind_transfer_whose_end_nobody_knows() -> None:
    assert transferred(far(TransferOutcome.UNKNOWN), request=BLIND) == [TransferEnded(1, TransferOutcome.UNKNOWN)]


@pytest.mark.parametrize("request_", [BRIDGE, BLIND])
def test_the_caller_hangs_up_and_no_end_is_told(request_: TransferRequest) -> None:
    *_, last = events = transferred(far(TransferOutcome.HANGUP), request=request_)
    assert isinstance(last, HungUp)
    assert not any(isinstance(event, TransferEnded) for event in events)


def test_the_caller_acts_while_connected() -> None:
    caller = (Say("chicago", at=1), Press("1"), HangUp(at=3))
    events = transferred(FarEnd(TransferOutcome.CONNECTED, 2, 10, caller))
    assert events[:5] == [
        TransferAnswered(3),
        SpeechBegan(4),
        Spoke(4.42, 4, (("chicago", 1.0),)),
        Pressed(4.42, "1"),
        events[4],
    ]
    assert isinstance(events[4], HungUp)
    assert events[4].at == 6


def test_what_the_caller_has_not_begun_is_dropped_with_the_transfer() -> None:
    caller = (Say("chicago", at=4),)
    assert transferred(FarEnd(TransferOutcome.CONNECTED, 0, 2, caller)) == [
        TransferAnswered(1),
        TransferEnded(3, TransferOutcome.FAR_END_DISCONNECT),
    ]


def test_far_ends_come_in_order_and_the_last_repeats() -> None:
    events = transferred(far(TransferOutcome.BUSY), far(TransferOutcome.UNKNOWN), times=3)
    assert [event.outcome for event in events if isinstance(event, TransferEnded)] == ["busy", "unknown", "unknown"]


def test_nothing_is_told_of_a_transfer_when_the_leg_ends() -> None:
    async def main(clock: VirtualClock) -> list[LegEvent]:
        events: list[LegEvent] = []
        leg = SimulatedLeg(Silent(), clock, events.append)
        ways: list[Callable[[], None]] = [lambda: leg.transfer(BRIDGE), leg.hang_up, lambda: leg.transfer(BRIDGE)]
        for way in ways:
            way()
            await clock.sleep(1)
        await clock.sleep(99)
        return events

    assert [type(event) for event in virtual_time.run(main)] == [TransferAnswered, HungUp]
