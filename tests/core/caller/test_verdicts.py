"""When the script starts, and what it knows of the callee, by the mode of detection."""

import pytest

from mirabelle.core.testing.attempts import Attempts, claim
from mirabelle.core.testing.lending import lent
from mirabelle.core.types import CalleeDetection, CalleeType, EventKind
from mirabelle.plugins.detector_call_progress import CallProgressDetector, CallProgressOptions


def test_the_script_starts_at_once_and_sees_the_verdict_come_after_two_seconds(attempts: Attempts) -> None:
    end, world = attempts.one(claim("loopback:voice?rings=1&decides=2"))
    assert world.logged() == {"at first": "processing", "in the end": "voice 1"}
    assert world.instants(EventKind.ANSWERED) == [2.0]
    assert [at for at, _ in world.requests] == [2.0]
    assert world.instants(EventKind.VERDICT) == [4.0]
    assert world.of(EventKind.SESSION) == [{"path": "connection.callee_type", "value": "voice"}]
    assert world.instants(EventKind.SESSION) == [4.0]
    assert end.callee_type is CalleeType.VOICE


def test_sync_waits_for_the_verdict_and_start_url_is_asked_meanwhile(attempts: Attempts) -> None:
    asked = claim("loopback:voice?rings=1&decides=2", callee_detection=CalleeDetection.SYNC)
    _, world = attempts.one(asked)
    assert [at for at, _ in world.requests] == world.instants(EventKind.ANSWERED) == [2.0]
    assert world.instants(EventKind.DOCUMENT) == [pytest.approx(4.0)]
    assert world.logged() == {"at first": "voice", "in the end": "voice 1"}


def test_sync_does_not_wait_for_ever(attempts: Attempts) -> None:
    slow = CallProgressDetector(CallProgressOptions(listens=60, silence=60), lent())
    asked = claim("loopback:voice?rings=0&greeting=", callee_detection=CalleeDetection.SYNC)
    end, world = attempts.one(asked, detectors=[slow], decides_within=10)
    assert world.instants(EventKind.DOCUMENT) == [10.0]
    assert world.logged()["at first"] == "unknown"
    assert end.callee_type is CalleeType.UNKNOWN


def test_beep_waits_for_the_beep_of_a_machine(attempts: Attempts) -> None:
    asked = claim("loopback:machine?rings=0&greeting=" + "x" * 100, callee_detection=CalleeDetection.BEEP)
    _, world = attempts.one(asked)
    (verdict,) = world.instants(EventKind.VERDICT)
    assert verdict == pytest.approx(2.4)
    assert world.instants(EventKind.DOCUMENT) == [pytest.approx(6.5)]
    assert world.logged()["at first"] == "answeringmachine"


def test_beep_does_not_wait_for_a_beep_for_ever(attempts: Attempts) -> None:
    asked = claim("loopback:machine?rings=0&greeting=" + "x" * 1000, callee_detection=CalleeDetection.BEEP)
    _, world = attempts.one(asked, beeps_within=5.0)
    assert world.instants(EventKind.DOCUMENT) == [pytest.approx(2.4 + 5)]


def test_a_person_who_leaves_while_the_verdict_is_waited_for_gets_no_script(attempts: Attempts) -> None:
    asked = claim("loopback:voice?rings=0&stays=1", callee_detection=CalleeDetection.SYNC)
    end, world = attempts.one(asked)
    assert (len(world.requests), world.of(EventKind.FETCH), world.of(EventKind.DOCUMENT)) == (1, [], [])
    assert end.callee_type is CalleeType.VOICE
    assert end.answered_at is not None
    assert end.ended_at - end.answered_at == pytest.approx(1)


def test_off_listens_to_nobody_but_still_reads_the_signalling(attempts: Attempts) -> None:
    end, world = attempts.one(claim("+16175550101", callee_detection=CalleeDetection.OFF))
    assert end.callee_type is CalleeType.UNKNOWN
    assert world.logged() == {"at first": "unknown", "in the end": "unknown 1"}
    end, _ = attempts.one(claim("+16175550104", callee_detection=CalleeDetection.OFF))
    assert end.callee_type is CalleeType.BUSY
