"""What happens between a right form and a call in the queue."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from mirabelle.core.api.app import create_app
from mirabelle.core.api.services import ApiOptions
from mirabelle.core.interfaces.policy import Refuse
from mirabelle.core.types import Due, EventKind

RESULT = "http://app.example/result.php"


async def test_a_call_is_announced_and_the_dispatcher_woken(api: Any) -> None:
    call = await api.queued(message_reference="r-1")
    (event,) = api.events
    assert (event.kind, event.at, event.call_id) == (EventKind.QUEUED, api.clock.now(), call.id)
    assert event.data == {
        "account": "ann",
        "phone_number": "6175551212",
        "destination": "+16175551212",
        "message_reference": "r-1",
        "due_at": 0,
    }
    assert api.woken == 1


async def test_a_refused_call_is_neither(api: Any) -> None:
    await api.error(phone_number="abc")
    assert (api.events, api.woken) == ([], 0)


async def test_the_plan_says_when(api: Any) -> None:
    api.planned = Due(api.clock.now() + 60, rank=3)
    assert (await api.queued()).due == Due(api.clock.now() + 60, rank=3)


async def test_the_plan_may_refuse(api: Any) -> None:
    api.planned = Refuse("never on Sundays")
    assert await api.error() == ("do_not_call", "never on Sundays")
    assert api.fetcher.sent == []


async def test_plugins_may_object_at_once_or_later(api: Any) -> None:
    async def later() -> Sequence[str]:
        return ["listed", "asleep"]

    api.objections = [[], ["too often"], later(), ()]
    assert await api.error() == ("do_not_call", "too often; listed; asleep")
    assert api.fetcher.sent == []
    api.objections = [[], ()]
    await api.queued()


async def test_what_the_telephony_cannot_dial_is_a_bad_phone_number(api: Any) -> None:
    reason = "phone_number 'loopback:nobody' is not a dialable number: nobody is there"
    assert await api.error(phone_number="loopback:nobody") == ("bad_field", reason)
    code, reasons = await api.error(phone_number="loopback:nobody", max_retries="11")
    assert (code, reasons.startswith(f"{reason}; max_retries '11'")) == ("bad_field", True)
    await api.queued(phone_number="loopback:voice")


async def test_parameters_of_a_number_that_mean_nothing_here_are_taken_and_told(api: Any) -> None:
    await api.queued(phone_number="tel:+16175551212;ani=8001234567;carrier=x")
    await api.queued(phone_number="tel:+16175551212;ani=8001234567")
    assert [event.data.get("ignored") for event in api.events] == [["carrier=x"], None]


async def test_both_urls_are_probed(api: Any) -> None:
    await api.queued(result_url=RESULT)
    assert [(each.method, each.url, each.body) for each in api.fetcher.sent] == [
        ("GET", "http://app.example/start.php", None),
        ("GET", RESULT, None),
    ]
    await api.queued(result_url=RESULT)
    assert len(api.fetcher.sent) == 2


@pytest.mark.parametrize(("status", "temporary"), [(404, "false"), (503, "true")])
async def test_a_url_that_does_not_answer(status: int, temporary: str, api: Any) -> None:
    api.answers[RESULT] = status
    document = await api.send(result_url=RESULT)
    error = document.find("error")
    assert dict(error.attrib) == {"code": "url_unreachable", "temporary": temporary}
    assert error.text == f"{RESULT} answered {status} instead of 200"
    assert await api.count() == 0


async def test_other_schemes_are_taken_when_claimed_and_not_probed(api: Any) -> None:
    claims = {"fetches": lambda scheme: scheme == "package", "delivers": lambda scheme: scheme == "mailto"}
    api.app = create_app(replace(api.services, **claims))
    call = await api.queued(start_url="package:start", result_url="mailto:ann@example.com")
    assert (call.request.start_url, call.request.result_url) == ("package:start", "mailto:ann@example.com")
    assert api.fetcher.sent == []
    assert (await api.error(start_url="mailto:ann@example.com"))[0] == "bad_field"


async def test_an_idempotency_key_queues_once_and_answers_alike(api: Any, form: dict[str, str]) -> None:
    form = form | {"idempotency_key": "k1", "message_reference": "first <&> \u00e9"}
    first = await api.post(form)
    assert (await api.post(form)).body == first.body
    assert (await api.post(form | {"message_reference": "second", "phone_number": "abc"})).body == first.body
    assert await api.count() == 1
    assert (len(api.events), api.woken) == (1, 1)


async def test_a_repeated_key_asks_nobody_anything(api: Any) -> None:
    await api.queued(idempotency_key="k1")
    api.clock.advance(3600)
    api.objections = [["no"]]
    api.answers["http://app.example/start.php"] = 500
    assert (await api.send(idempotency_key="k1")).get("status") == "queued"
    assert len(api.fetcher.sent) == 1


async def test_a_key_holds_for_a_day(api: Any) -> None:
    first = await api.queued(idempotency_key="k1")
    api.clock.advance(86399)
    assert (await api.queued(idempotency_key="k1")).id == first.id
    api.clock.advance(1)
    assert (await api.queued(idempotency_key="k1")).id != first.id


async def test_a_key_of_a_refused_call_stays_free(api: Any) -> None:
    await api.error(idempotency_key="k1", phone_number="abc")
    await api.queued(idempotency_key="k1")


async def test_a_key_needs_a_login(api: Any) -> None:
    await api.queued(idempotency_key="k1")
    assert (await api.error(idempotency_key="k1", pin="wrong"))[0] == "bad_login"


async def test_requests_at_the_same_time_with_one_key_are_one_call(api: Any, form: dict[str, str]) -> None:
    replies = await asyncio.gather(*(api.post(form | {"idempotency_key": "k1"}) for _ in range(10)))
    assert len({reply.body for reply in replies}) == 1
    assert await api.count() == 1


async def test_the_pin_is_not_kept_with_the_key(api: Any, form: dict[str, str]) -> None:
    api.configure(ApiOptions(echo_pin=True))
    form = form | {"idempotency_key": "k1"}
    first = await api.post(form)
    kept = await api.queue.repeated("ann", "k1", api.clock.now())
    assert form["pin"] not in kept.memo
    again = await api.post(form)
    assert again.body == first.body
    assert etree.fromstring(again.body).findtext("pin") == form["pin"]


async def test_no_event_and_no_call_holds_the_pin(api: Any, form: dict[str, str]) -> None:
    call = await api.queued(idempotency_key="k1")
    assert form["pin"] not in repr(call) + repr(api.events) + repr(api.fetcher.sent)
