from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from mirabelle.core.interfaces.delivery import Recipient, ResultDelivery, TryAgain
from mirabelle.core.interfaces.fetching import Answer, AnswerTooLarge, EgressRefused, FetchError, OutgoingRequest
from mirabelle.core.testing.lending import FetcherInHand, lent
from mirabelle.core.testing.result_delivery import BODY, ResultDeliveryContract
from mirabelle.core.testing.virtual_time import START, VirtualClock
from mirabelle.core.types import Account, AccountSecrets, Acknowledgement, Delivery
from mirabelle.plugins.delivery_webhook import (
    WebhookDelivery,
    WebhookOptions,
    register_result_deliveries,
    retry_after,
)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
URL = "https://app.example/result?tenant=1"
DELIVERY = Delivery("msg_1", 7, "acme", URL, "application/x-www-form-urlencoded", BODY, START, START)
ACCOUNT = Account("acme")
SIGNED = Recipient(ACCOUNT, AccountSecrets("x", SECRET))


class Receiver:
    def __init__(self, status: int = 200, body: bytes = b"Completed", **headers: str) -> None:
        self.answer: Answer | FetchError = Answer(
            status, URL, {name.replace("_", "-"): value for name, value in headers.items()}, body
        )
        self.clock = VirtualClock(datetime.now(UTC).timestamp())
        self.fetcher = FetcherInHand(self._answered)

    def _answered(self, request: OutgoingRequest) -> Answer:
        if isinstance(self.answer, FetchError):
            raise self.answer
        return self.answer

    def made(self) -> WebhookDelivery:
        return WebhookDelivery(WebhookOptions(), lent(self.clock, self.fetcher))

    async def takes(self, recipient: Recipient = SIGNED, delivery: Delivery = DELIVERY) -> OutgoingRequest:
        await self.made().deliver(delivery, recipient)
        return self.fetcher.sent[-1]

    async def refuses(self, recipient: Recipient = SIGNED) -> TryAgain:
        with pytest.raises(TryAgain) as raised:
            await self.takes(recipient)
        return raised.value


class TestContract(ResultDeliveryContract):
    def setup_method(self) -> None:
        self.receiver = Receiver()

    def make(self) -> ResultDelivery:
        return self.receiver.made()

    def url(self) -> str:
        return URL

    def acknowledge(self) -> None:
        self.receiver.answer = Answer(200, URL, {}, b"completed")

    def refuse(self) -> None:
        self.receiver.answer = Answer(503, URL, {}, b"")

    def vanish(self) -> None:
        self.receiver.answer = FetchError("no connection")

    def received(self) -> list[tuple[str, bytes]]:
        return [(request.headers["webhook-id"], request.body or b"") for request in self.receiver.fetcher.sent]


@pytest.mark.parametrize(
    "body", [b"completed", b"<result>COMPLETED</result>", b"it is CompleteD.", b"\xff\xfecompleted"]
)
async def test_a_2xx_that_says_completed_acknowledges(body: bytes) -> None:
    for status in (200, 201, 299):
        request = await Receiver(status, body).takes()
        assert (request.method, request.url, request.body) == ("POST", URL, BODY)
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        assert request.max_redirects == 0


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b"ok", "HTTP 200, but the answer does not contain 'completed': 'ok'"),
        (204, b"", "HTTP 204, but the answer does not contain 'completed': it is empty"),
        (200, b"complete\n d", "HTTP 200, but the answer does not contain 'completed': 'complete d'"),
        (302, b"completed", "HTTP 302: redirects are not followed"),
        (404, b"completed", "HTTP 404"),
        (410, b"completed", "HTTP 410"),
        (500, b"completed", "HTTP 500"),
    ],
)
async def test_anything_else_is_to_be_tried_again(status: int, body: bytes, reason: str) -> None:
    failure = await Receiver(status, body).refuses()
    assert (failure.reason, failure.after) == (reason, None)


async def test_a_long_answer_is_not_repeated_in_full() -> None:
    assert len((await Receiver(200, b"<html>\0" + b"x" * 5000).refuses()).reason) < 200


async def test_an_account_may_accept_any_2xx() -> None:
    by_status = Recipient(replace(ACCOUNT, acknowledgement=Acknowledgement.STATUS), None)
    await Receiver(204, b"").takes(by_status)
    assert (await Receiver(500, b"completed").refuses(by_status)).reason == "HTTP 500"
    assert "redirects" in (await Receiver(301, b"").refuses(by_status)).reason


@pytest.mark.parametrize(
    "error", [FetchError("time-out"), EgressRefused("private address"), AnswerTooLarge("too long")]
)
async def test_no_answer_is_to_be_tried_again(error: FetchError) -> None:
    receiver = Receiver()
    receiver.answer = error
    assert (await receiver.refuses()).reason == str(error)


async def test_an_independent_verifier_accepts_the_signature() -> None:
    request = await Receiver().takes()
    assert request.headers["webhook-id"] == "msg_1"
    body = BODY.decode()
    Webhook(SECRET).verify(body, dict(request.headers), json_parse=False)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body + "0", dict(request.headers), json_parse=False)


@pytest.mark.parametrize("secret", ["whsec_c2VjcmV0IQ", "whsec_c2VjcmV0IQ==", "c2VjcmV0IQ=="])
async def test_a_secret_may_lack_padding_and_prefix(secret: str) -> None:
    request = await Receiver().takes(Recipient(ACCOUNT, AccountSecrets("x", secret)))
    Webhook(secret).verify(BODY, dict(request.headers), json_parse=False)


async def test_a_late_repetition_is_signed_afresh_under_the_same_id() -> None:
    receiver = Receiver()
    first = await receiver.takes()
    receiver.clock = VirtualClock(receiver.clock.now() + 3 * 86400)
    late = await receiver.takes(delivery=replace(DELIVERY, tries=9))
    assert (late.headers["webhook-id"], late.body) == (first.headers["webhook-id"], first.body)
    assert int(late.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 3 * 86400
    assert late.headers["webhook-signature"] != first.headers["webhook-signature"]


@pytest.mark.parametrize("recipient", [Recipient(ACCOUNT, None), Recipient(ACCOUNT, AccountSecrets("x"))])
async def test_without_a_secret_there_is_no_signature(recipient: Recipient) -> None:
    request = await Receiver().takes(recipient)
    assert "webhook-signature" not in request.headers
    assert request.headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize("secret", ["whsec_", "whsec_!!!", "whsec_a", "whsec_é"])
async def test_with_a_secret_that_cannot_sign_nothing_is_sent(secret: str) -> None:
    receiver = Receiver()
    failure = await receiver.refuses(Recipient(ACCOUNT, AccountSecrets("x", secret)))
    assert "webhook secret" in failure.reason
    assert secret not in failure.reason or secret == "whsec_"
    assert receiver.fetcher.sent == []


@pytest.mark.parametrize(
    ("text", "date", "after"),
    [
        ("120", "", 120.0),
        (" 0 ", "", 0.0),
        ("99999999999999999999", "", 999999999.0),
        ("Mon, 01 Jun 2026 12:02:00 GMT", "", 120.0),
        ("Mon, 01 Jun 2026 11:00:00 GMT", "", 0.0),
        ("Mon, 01 Jun 2026 15:02:00 GMT", "Mon, 01 Jun 2026 15:00:00 GMT", 120.0),
        ("Mon, 01 Jun 2026 12:02:00 GMT", "yesterday", 120.0),
        ("", "", None),
        ("-5", "", None),
        ("1.5", "", None),
        ("soon", "", None),
        ("²", "", None),
    ],
)
def test_retry_after_is_read_in_seconds_and_as_a_date(text: str, date: str, after: float | None) -> None:
    assert retry_after({"retry-after": text, "date": date}, START) == after


@given(st.text(max_size=40))
def test_no_retry_after_is_a_crash(text: str) -> None:
    wish = retry_after({"retry-after": text}, START)
    assert wish is None or wish >= 0


async def test_the_wish_of_the_receiver_is_handed_on() -> None:
    assert (await Receiver(429, b"", retry_after="90").refuses()).after == 90


@pytest.mark.parametrize("options", [{"timeout": 0}, {"timeout": float("inf")}, {"max_bytes": 3}])
def test_options_without_a_meaning_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        WebhookOptions(**options)  # type: ignore[arg-type]


def test_it_is_offered_by_its_hook() -> None:
    assert register_result_deliveries() == [WebhookDelivery]
