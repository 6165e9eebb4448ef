"""One test or more a row of the contract's table of fields."""

from typing import Any

import pytest

from mirabelle.core.testing.http import ask
from mirabelle.core.types import Account, Call, CalleeDetection, CallRequest

NOW = 1780315200.0
START = "http://app.example/start.php"


async def request(api: Any, **fields: str) -> CallRequest:
    call: Call = await api.queued(**fields)
    return call.request


async def test_the_least_that_is_needed_and_the_defaults(api: Any) -> None:
    assert await request(api) == CallRequest(
        account="ann",
        phone_number="6175551212",
        destination="+16175551212",
        start_url=START,
        max_retries=0,
        retry_interval=600,
        not_before_at=NOW,
        expires_at=None,
        callee_detection=CalleeDetection.ASYNC,
        max_ring_time=30,
    )


@pytest.mark.parametrize("name", ["login", "pin", "phone_number", "start_url"])
async def test_required_fields(name: str, api: Any, form: dict[str, str]) -> None:
    assert await api.error(**{name: ""}) == ("missing_field", f"{name} is missing")
    reply = await api.post(form | {name: ""})
    assert f"<{name}>{'********' if name == 'pin' else ''}</{name}>" in reply.text
    assert f'<error code="missing_field" temporary="false">{name} is missing</error>' in reply.text


async def test_a_login_of_the_limit_and_longer(api: Any) -> None:
    assert (await api.error(login="a" * 128))[0] == "bad_login"
    assert await api.error(login="a" * 129) == ("bad_field", "login is longer than 128 characters (it has 129)")


async def test_a_pin_of_the_limit_and_longer(api: Any) -> None:
    assert await api.error(pin="1" * 16) == ("bad_login", "wrong login or PIN")
    assert await api.error(pin="1" * 17) == ("bad_field", "pin is longer than 16 characters (it has 17)")


async def test_a_wrong_login_and_a_wrong_pin_read_the_same(api: Any) -> None:
    assert await api.error(pin="wrong") == await api.error(login="nobody") == ("bad_login", "wrong login or PIN")


async def test_what_is_wrong_elsewhere_is_told_to_nobody_without_a_login(api: Any) -> None:
    for wrong in (
        {"phone_number": "abc", "max_retries": "many"},
        {"call_parameters": "x" * 256},
        {"time_zone": "\x00"},
    ):
        assert (await api.error(pin="wrong", **wrong))[0] == "bad_login"
    assert api.fetcher.sent == []


async def test_phone_number(api: Any) -> None:
    sent = "tel:+1 (617) 712-3000; ani=777-888-9999;postd=1p2#"
    call = await request(api, phone_number=sent)
    assert (call.phone_number, call.destination) == (sent, "+16177123000")
    assert (call.caller_id, call.post_dial) == ("7778889999", "1p2#")
    uri = await request(api, phone_number="loopback:voice?rules=x")
    assert uri.destination == "loopback:voice?rules=x"
    assert await api.error(phone_number="sip:bob@example.com") == (
        "bad_field",
        "phone_number 'sip:bob@example.com' is not a dialable number: no telephony here dials sip:",
    )


async def test_a_phone_number_of_the_limit_and_longer(api: Any) -> None:
    number = "6175551212;postd="
    assert (await request(api, phone_number=number.ljust(128, "1"))).post_dial == "1" * 111
    assert await api.error(phone_number=number.ljust(129, "1")) == (
        "bad_field",
        "phone_number is longer than 128 characters (it has 129)",
    )


async def test_phone_numbers_are_read_as_the_account_says(api: Any) -> None:
    await api.directory.change_account(Account("ann", region="DE", strict_numbers=True))
    assert (await request(api, phone_number="030 12345678")).destination == "+493012345678"
    assert (await api.error(phone_number="+12223456547"))[0] == "bad_field"


@pytest.mark.parametrize("name", ["start_url", "result_url"])
async def test_urls(name: str, api: Any) -> None:
    longest = "https://app.example/".ljust(255, "x")
    assert getattr(await request(api, **{name: longest}), name) == longest
    assert await api.error(**{name: longest + "x"}) == (
        "bad_field",
        f"{name} is longer than 255 characters (it has 256)",
    )
    for bad in (
        "app.example",
        "ftp://app.example/",
        "http://",
        "http://u:p@app.example/",
        "http://127.1/",
        "loopback:x",
    ):
        code, message = await api.error(**{name: bad})
        assert code == "bad_field"
        assert message.startswith(f"{name} '{bad}' is not an http(s) URL: it")


@pytest.mark.parametrize("name", ["message_reference", "call_parameters", "campaign_parameters"])
async def test_texts(name: str, api: Any) -> None:
    for text in ("é💥" * 127 + "x", "a=1&b=<2>\r\n", " "):
        assert getattr(await request(api, **{name: text}), name) == text
    assert getattr(await request(api), name) == ""
    assert await api.error(**{name: "é" * 256}) == ("bad_field", f"{name} is longer than 255 characters (it has 256)")


NUMBERS = [
    ("max_retries", "max_retries", 0, 10),
    ("max_retry", "max_retries", 0, 10),
    ("retry_interval", "retry_interval", 60, 172_800),
    ("max_ring_time", "max_ring_time", 5, 120),
]


@pytest.mark.parametrize(("name", "attribute", "lowest", "highest"), NUMBERS)
async def test_numbers(name: str, attribute: str, lowest: int, highest: int, api: Any) -> None:
    for number in (lowest, highest):
        assert getattr(await request(api, **{name: str(number)}), attribute) == number
    for bad in (str(lowest - 1), str(highest + 1), "many", "1.5", "1e1", "0x5", "٣", "5 5", "9" * 20):
        assert await api.error(**{name: bad}) == (
            "bad_field",
            f"{name} '{bad}' is not a whole number from {lowest} to {highest}",
        )


async def test_both_spellings_at_once(api: Any) -> None:
    assert await api.error(max_retries="1", max_retry="1") == (
        "bad_field",
        "max_retries is sent twice (also as max_retry)",
    )


async def test_scheduled_timestamp(api: Any) -> None:
    assert (await request(api, scheduled_timestamp="0")).not_before_at == NOW
    assert (await request(api, scheduled_timestamp="1")).not_before_at == NOW
    assert (await request(api, scheduled_timestamp=str(int(NOW) + 60))).not_before_at == NOW + 60


async def test_expiration_timestamp(api: Any) -> None:
    assert (await request(api, expiration_timestamp="0")).expires_at is None
    assert (await request(api, expiration_timestamp=str(int(NOW) + 1))).expires_at == NOW + 1
    for late in (str(int(NOW)), "1"):
        assert await api.error(expiration_timestamp=late) == (
            "bad_field",
            "expiration_timestamp is not after now: the call could never be dialled",
        )


@pytest.mark.parametrize("name", ["scheduled_timestamp", "expiration_timestamp"])
async def test_what_is_no_timestamp(name: str, api: Any) -> None:
    for bad in ("-1", "now", "1.5", "1780315200000"):
        assert await api.error(**{name: bad}) == (
            "bad_field",
            f"{name} '{bad}' is not a whole number from 0 to 253402300799 (UNIX time in seconds)",
        )


async def test_scheduled_time(api: Any) -> None:
    assert (await request(api, scheduled_time="now")).not_before_at == NOW
    assert (await request(api, scheduled_time="+3 days")).not_before_at == NOW + 3 * 86400
    assert (await request(api, scheduled_time="oct 14th, 2011 11:05PM EST")).not_before_at == NOW
    assert (await request(api, scheduled_time="2026-06-01T14:00:00+01:00")).not_before_at == NOW + 3600


async def test_expiration_time(api: Any) -> None:
    assert (await request(api, expiration_time="+1 hour")).expires_at == NOW + 3600
    for late in ("now", "oct 14th, 2011 11:05PM EST"):
        assert await api.error(expiration_time=late) == (
            "bad_field",
            "expiration_time is not after now: the call could never be dialled",
        )


async def test_natural_times_are_in_the_accounts_zone(api: Any) -> None:
    await api.directory.change_account(Account("ann", time_zone="America/New_York"))
    assert (await request(api, scheduled_time="tomorrow 9am")).not_before_at == NOW + 25 * 3600
    assert (await request(api, scheduled_time="tomorrow 9am UTC")).not_before_at == NOW + 21 * 3600


@pytest.mark.parametrize("name", ["scheduled_time", "expiration_time"])
async def test_what_is_no_time(name: str, api: Any) -> None:
    code, message = await api.error(**{name: "soonish"})
    assert code == "bad_field"
    assert message.startswith(f"{name} 'soonish' is not a time: 'soonish' is not understood. Examples: now, +3 days")
    longest = "+1 day".ljust(80)
    assert (await request(api, **{name: longest})).account == "ann"
    assert await api.error(**{name: longest + " "}) == ("bad_field", f"{name} is longer than 80 characters (it has 81)")


async def test_a_window_that_closes_before_it_opens(api: Any) -> None:
    for fields in (
        {"scheduled_timestamp": str(int(NOW) + 60), "expiration_timestamp": str(int(NOW) + 60)},
        {"scheduled_time": "+2 hours", "expiration_timestamp": str(int(NOW) + 60)},
    ):
        assert await api.error(**fields) == (
            "bad_field",
            "expiration_timestamp is not after the scheduled time: the call could never be dialled",
        )


@pytest.mark.parametrize("which", ["scheduled", "expiration"])
async def test_timestamp_and_time_at_once(which: str, api: Any) -> None:
    for timestamp in ("0", str(int(NOW) + 60)):
        assert await api.error(**{f"{which}_timestamp": timestamp, f"{which}_time": "+1 hour"}) == (
            "bad_field",
            f"{which}_time and {which}_timestamp are both given: send one of them",
        )


@pytest.mark.parametrize(
    ("sent", "detection"),
    [
        ("off", CalleeDetection.OFF),
        ("0", CalleeDetection.OFF),
        ("async", CalleeDetection.ASYNC),
        ("1", CalleeDetection.ASYNC),
        ("SYNC", CalleeDetection.SYNC),
        ("beep", CalleeDetection.BEEP),
    ],
)
async def test_callee_detection(sent: str, detection: CalleeDetection, api: Any) -> None:
    assert (await request(api, callee_detection=sent)).callee_detection is detection


async def test_callee_detection_of_the_account_and_nonsense(api: Any) -> None:
    await api.directory.change_account(Account("ann", callee_detection=CalleeDetection.OFF))
    assert (await request(api)).callee_detection is CalleeDetection.OFF
    assert await api.error(callee_detection="2") == (
        "bad_field",
        "callee_detection '2' is not one of off, async, sync, beep, 0, 1",
    )


async def test_time_zone(api: Any) -> None:
    assert (await request(api, time_zone="Europe/Berlin")).time_zone == "Europe/Berlin"
    assert (await request(api)).time_zone is None
    for bad in ("europe/berlin", "EDT", "../../etc/passwd", "localtime"):
        assert await api.error(time_zone=bad) == (
            "bad_field",
            f"time_zone '{bad}' is not an IANA time zone such as America/New_York",
        )


async def test_idempotency_key(api: Any) -> None:
    await request(api, idempotency_key="k" * 255)
    assert await api.error(idempotency_key="k" * 256) == (
        "bad_field",
        "idempotency_key is longer than 255 characters (it has 256)",
    )


KNOWN = [
    "login", "pin", "phone_number", "start_url", "result_url", "message_reference", "call_parameters",
    "campaign_parameters", "max_retries", "max_retry", "retry_interval", "scheduled_timestamp", "expiration_timestamp",
    "scheduled_time", "expiration_time", "callee_detection", "max_ring_time", "time_zone", "idempotency_key",
]  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
async def test_a_field_sent_twice(name: str, api: Any, form: dict[str, str]) -> None:
    form.setdefault(name, "1")
    reply = await api.post([*form.items(), (name, form[name])])
    assert f'<error code="bad_field" temporary="false">{name} is sent twice' in reply.text
    assert reply.text.count(f"<{name}>") == 2
    assert await api.count() == 0


@pytest.mark.parametrize("name", KNOWN)
async def test_characters_that_xml_cannot_hold(name: str, api: Any) -> None:
    document = await api.send(**{name: "a\x00b"})
    error = document.find("error")
    assert (error.get("code"), error.text) == ("bad_field", f"{name} contains characters that XML cannot hold")
    assert document.findtext(name) == ("********" if name == "pin" else "a\ufffdb")
    assert await api.count() == 0


@pytest.mark.parametrize("name", KNOWN)
async def test_text_that_is_not_in_its_encoding(name: str, api: Any, form: dict[str, str]) -> None:
    body = "&".join(f"{key}={value}" for key, value in form.items() if key != name) + f"&{name}=%FF%E9"
    reply = await ask(api.app, "POST", "/queuecall.php", body.encode())
    assert reply is not None
    assert f'<error code="bad_field" temporary="false">{name} is not valid UTF-8</error>' in reply.text
    assert name == "pin" or f"<{name}>\ufffd\ufffd</{name}>" in reply.text


async def test_all_problems_are_told_at_once_in_the_order_of_the_table(api: Any) -> None:
    code, message = await api.error(max_ring_time="1", phone_number="", max_retry="11")
    assert code == "missing_field"
    assert message.split("; ") == [
        "phone_number is missing",
        "max_retry '11' is not a whole number from 0 to 10",
        "max_ring_time '1' is not a whole number from 5 to 120",
    ]


async def test_nothing_is_asked_of_anybody_before_the_fields_are_right(api: Any) -> None:
    await api.error(max_retries="11")
    assert api.fetcher.sent == []


async def test_unknown_fields_are_ignored(api: Any) -> None:
    document = await api.send(flavour="vanilla", campaign="x", PIN="1")
    assert document.get("status") == "queued"
    assert [child.tag for child in document] == ["login", "pin", "phone_number", "start_url"]
