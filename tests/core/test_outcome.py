from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mirabelle.core import outcome
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.testing.scheduling_policy import REQUEST
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import Account, Attempt, AttemptState, Call, CalleeType, CallState, Due, Outcome

ACCOUNT = Account("acme")
RETRYING = Account("acme", retry_interrupted=True)
COMPLETED, FAILED = Outcome.COMPLETED, Outcome.FAILED

# Contract, section 8: callee type, answered, result, redialled.
TABLE = [
    (CalleeType.VOICE, True, COMPLETED, False),
    (CalleeType.ANSWERINGMACHINE, True, COMPLETED, False),
    (CalleeType.FAXMACHINE, True, COMPLETED, False),
    (CalleeType.BUSY, False, FAILED, True),
    (CalleeType.NOANSWER, False, FAILED, True),
    (CalleeType.INFORMATIONTONE, False, FAILED, True),
    (CalleeType.INFORMATIONTONE, True, FAILED, True),
    (CalleeType.LINEFAILURE, False, FAILED, True),
    (CalleeType.UNKNOWN, True, COMPLETED, False),
    (CalleeType.UNKNOWN, False, FAILED, True),
    (CalleeType.PROCESSING, True, COMPLETED, False),
    (CalleeType.PROCESSING, False, FAILED, True),
]


def ended(callee_type: CalleeType, answered: bool = False, interrupted: bool = False) -> AttemptEnd:
    return AttemptEnd(callee_type, START + 30, START + 10 if answered else None, interrupted=interrupted)


def dialling(**changes: object) -> Call:
    call = Call(7, REQUEST, CallState.DIALLING, START - 60, Due(START), 1, Attempt(1, AttemptState.DIALLING, START))
    return replace(call, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("callee_type", "answered", "result", "again"), TABLE)
def test_the_table_of_section_8(callee_type: CalleeType, answered: bool, result: Outcome, again: bool) -> None:
    assert outcome.outcome(callee_type, answered) is result
    assert outcome.redialled(ended(callee_type, answered), ACCOUNT) is again


@pytest.mark.parametrize("answered", [True, False])
def test_an_interrupted_attempt_is_repeated_only_when_the_account_says_so(answered: bool) -> None:
    end = ended(CalleeType.UNKNOWN, answered, interrupted=True)
    assert not outcome.redialled(end, ACCOUNT)
    assert outcome.redialled(end, RETRYING)


def test_what_was_ended_on_request_is_not_repeated() -> None:
    assert not outcome.redialled(replace(ended(CalleeType.NOANSWER), final=True), RETRYING)


def test_nobody_is_told_processing() -> None:
    attempt = outcome.ended_attempt(dialling(), ended(CalleeType.PROCESSING, answered=True))
    assert attempt.callee_type is CalleeType.UNKNOWN


def test_the_result_of_an_answered_call() -> None:
    attempt = outcome.ended_attempt(dialling(attempts=2), AttemptEnd(CalleeType.VOICE, START + 42.9, START + 10))
    result = outcome.result(2, attempt, "")
    assert (result.outcome, result.callee_type, result.attempts) == (COMPLETED, CalleeType.VOICE, 2)
    assert (result.last_attempt_at, result.duration) == (START, 32)


def test_the_result_of_a_call_that_was_never_dialled() -> None:
    result = outcome.result(0, None, "its window closed")
    assert (result.outcome, result.callee_type, result.attempts) == (FAILED, CalleeType.NOATTEMPT, 0)
    assert (result.last_attempt_at, result.duration, result.reason) == (None, 0, "its window closed")


def test_an_unanswered_call_has_no_duration() -> None:
    assert outcome.duration(outcome.ended_attempt(dialling(), ended(CalleeType.BUSY))) == 0


def test_nobody_knows_when_an_interrupted_call_was_hung_up() -> None:
    call = dialling(last_attempt=Attempt(1, AttemptState.ANSWERED, START, START + 5))
    attempt = outcome.ended_attempt(call, AttemptEnd(CalleeType.VOICE, START + 500, interrupted=True))
    assert (attempt.state, attempt.callee_type) == (AttemptState.INTERRUPTED, CalleeType.UNKNOWN)
    assert attempt.answered_at == START + 5
    assert outcome.duration(attempt) == 0
    assert outcome.result(1, attempt, "").outcome is COMPLETED


def test_a_clock_that_went_back_gives_no_negative_duration() -> None:
    assert outcome.duration(Attempt(1, AttemptState.ENDED, START, START + 9, START + 5)) == 0


def test_an_end_without_an_attempt_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="call 7 has no attempt"):
        outcome.ended_attempt(dialling(last_attempt=None), ended(CalleeType.BUSY))


# The contract's own example, section 7.
AT = datetime.fromisoformat("2004-07-19T13:46:03-04:00").timestamp()


def test_the_time_stamp_is_in_the_zone_of_the_account() -> None:
    assert outcome.timestamp(AT, "America/New_York") == "Mon, 19 Jul 2004 13:46:03 -0400"
    assert outcome.timestamp(AT, "UTC") == "Mon, 19 Jul 2004 17:46:03 +0000"
    assert outcome.timestamp(AT + 0.999, "Asia/Kolkata") == "Mon, 19 Jul 2004 23:16:03 +0530"


def test_never_dialled_has_no_time_stamp() -> None:
    assert outcome.timestamp(None, "UTC") == ""


@pytest.mark.parametrize("zone", ["Middle/Earth", "", "../etc/passwd", "/etc/passwd", "America"])
def test_an_unknown_zone_is_read_as_utc(zone: str) -> None:
    assert outcome.timestamp(AT, zone) == "Mon, 19 Jul 2004 17:46:03 +0000"


@given(st.floats(0, 4102444800))
def test_every_mail_reader_reads_the_time_stamp(at: float) -> None:
    assert parsedate_to_datetime(outcome.timestamp(at, "Europe/Berlin")).timestamp() == int(at)


def test_a_delivery_carries_the_eight_fields_in_order() -> None:
    request = replace(
        REQUEST,
        phone_number="tel:+1 617 555 1212;ani=8001234567",
        message_reference="Grüße & 50%=½",
        result_url="http://app.example/result",
    )
    call = dialling(request=request, attempts=2)
    attempt = outcome.ended_attempt(call, AttemptEnd(CalleeType.VOICE, START + 40, START + 8))
    result = outcome.result(2, attempt, "")
    (delivery,) = outcome.deliveries(call, result, ACCOUNT, START + 41, lambda: "msg_1")
    assert parse_qsl(delivery.body.decode(), keep_blank_values=True, strict_parsing=True) == [
        ("phone_number", "tel:+1 617 555 1212;ani=8001234567"),
        ("message_reference", "Grüße & 50%=½"),
        ("call_id", "7"),
        ("result", "Completed"),
        ("callee_type", "voice"),
        ("attempts", "2"),
        ("last_attempt_timestamp", "Mon, 01 Jun 2026 12:00:00 +0000"),
        ("duration", "32"),
    ]
    assert (delivery.id, delivery.call_id, delivery.account) == ("msg_1", 7, "acme")
    assert (delivery.url, delivery.due_at, delivery.tries) == ("http://app.example/result", START + 41, 0)
    assert delivery.content_type == "application/x-www-form-urlencoded"


def test_what_was_never_dialled_posts_empty_fields_too() -> None:
    call = dialling(request=replace(REQUEST, result_url="http://app.example/r"), attempts=0, last_attempt=None)
    (delivery,) = outcome.deliveries(call, outcome.result(0, None, "expired"), ACCOUNT, START, lambda: "msg_1")
    fields = dict(parse_qsl(delivery.body.decode(), keep_blank_values=True))
    assert (fields["result"], fields["callee_type"], fields["attempts"]) == ("Failed", "noattempt", "0")
    assert (fields["last_attempt_timestamp"], fields["duration"]) == ("", "0")


def test_without_a_result_url_nothing_is_delivered() -> None:
    assert outcome.deliveries(dialling(), outcome.result(0, None, ""), ACCOUNT, START, lambda: "msg_1") == ()
