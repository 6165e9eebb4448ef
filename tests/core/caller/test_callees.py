"""Every callee of the loopback, from dialling to the end."""

import asyncio

import pytest

from mirabelle.core.testing.attempts import START_URL, Attempts, World, claim, form
from mirabelle.core.types import CalleeDetection, CalleeType, EventKind


@pytest.mark.parametrize(
    ("digit", "attempt", "callee_type", "answered"),
    [
        ("0", 1, CalleeType.VOICE, True),
        ("1", 1, CalleeType.VOICE, True),
        ("2", 1, CalleeType.ANSWERINGMACHINE, True),
        ("3", 1, CalleeType.FAXMACHINE, True),
        ("4", 1, CalleeType.BUSY, False),
        ("5", 1, CalleeType.NOANSWER, False),
        ("6", 1, CalleeType.INFORMATIONTONE, False),
        ("7", 1, CalleeType.LINEFAILURE, False),
        ("8", 1, CalleeType.VOICE, True),
        ("9", 1, CalleeType.BUSY, False),
        ("9", 2, CalleeType.VOICE, True),
    ],
)
@pytest.mark.parametrize("mode", [CalleeDetection.ASYNC, CalleeDetection.SYNC, CalleeDetection.BEEP])
def test_every_callee_of_the_loopback(
    attempts: Attempts, mode: CalleeDetection, digit: str, attempt: int, callee_type: CalleeType, answered: bool
) -> None:
    end, world = attempts.one(claim(f"+1617555010{digit}", attempt, callee_detection=mode))
    assert end.callee_type is callee_type
    assert (end.answered_at is not None) is answered
    assert world.urls == [START_URL] * answered
    assert world.answered == [end.answered_at] * answered
    assert len(world.of(EventKind.HUNG_UP)) == 1
    assert [data["callee_type"] for data in world.of(EventKind.VERDICT)] == [callee_type]


@pytest.mark.parametrize(
    ("digit", "callee_type"),
    [
        ("1", CalleeType.VOICE),
        ("2", CalleeType.ANSWERINGMACHINE),
        ("3", CalleeType.FAXMACHINE),
        ("5", CalleeType.NOANSWER),
        ("8", CalleeType.VOICE),
    ],
)
def test_a_busy_loop_makes_nobody_a_machine(attempts: Attempts, digit: str, callee_type: CalleeType) -> None:
    end, _ = attempts.one(claim(f"+1617555010{digit}"), late=True)
    assert end.callee_type is callee_type


def test_who_hangs_up_after_the_first_prompt_has_heard_it_whole(attempts: Attempts) -> None:
    two = form('<block><prompt>One thing.</prompt><prompt bargein="false">And another.</prompt></block>')
    _, world = attempts.one(claim("+16175550108"), two)
    ((heard,), (end,)) = world.of(EventKind.PROMPT), world.of(EventKind.EXIT)
    assert (heard["text"], "cut" in heard, end["reason"]) == ("One thing.", False, "hangup")


def test_calls_at_the_same_time_do_not_hear_each_other(attempts: Attempts) -> None:
    async def main(world: World) -> None:
        ends = await asyncio.gather(*(world.attempt(claim(f"+1617555010{digit}")) for digit in "1234"))
        assert [end.callee_type for end in ends] == [
            CalleeType.VOICE,
            CalleeType.ANSWERINGMACHINE,
            CalleeType.FAXMACHINE,
            CalleeType.BUSY,
        ]

    attempts.run(main)


def test_nothing_that_dials_is_a_line_failure(attempts: Attempts) -> None:
    end, world = attempts.one(claim("sip:ada@example"))
    assert (end.callee_type, end.answered_at) == (CalleeType.LINEFAILURE, None)
    assert "no configured telephony dials sip:" in end.cause
    assert world.events == []


def test_without_detectors_nobody_is_known(attempts: Attempts) -> None:
    end, _ = attempts.one(claim("+16175550104"), detectors=())
    assert (end.callee_type, end.answered_at) == (CalleeType.UNKNOWN, None)
    assert end.cause == "busy (Q.850 17, SIP 486)"
