"""Results by HTTP: one form post to result_url, signed by the Standard Webhooks specification (contract, section 7)."""

import base64
import binascii
import hashlib
import hmac
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from mirabelle import hookimpl
from mirabelle.core.interfaces.delivery import Recipient, ResultDelivery, TryAgain
from mirabelle.core.interfaces.fetching import Answer, FetchError, OutgoingRequest
from mirabelle.core.types import Acknowledgement, Delivery

ACKNOWLEDGED = b"completed"
SECRET_PREFIX = "whsec_"  # noqa: S105 - what such secrets begin with
SHOWN = 80


@dataclass(frozen=True, slots=True)
class WebhookOptions:
    """`timeout`: real seconds for one post with its answer. `max_bytes`: of the answer."""

    timeout: float = 30.0
    max_bytes: int = 1 << 20

    def __post_init__(self) -> None:
        if not 0 < self.timeout < math.inf:
            raise ValueError("timeout must be more than 0 seconds")
        if self.max_bytes < len(ACKNOWLEDGED):
            raise ValueError("max_bytes must leave room for the word 'completed'")


class WebhookDelivery(ResultDelivery):
    """Posts to http and https. A redirect is a failure: the result goes where the client said, or nowhere.

    `webhook-id` and body are the same at every try, which is how a receiver knows a repetition; `webhook-timestamp` is
    the instant of the try, so that the signature is fresh however late the result arrives.
    """

    name = "webhook"
    schemes = frozenset({"http", "https"})
    Options = WebhookOptions

    async def deliver(self, delivery: Delivery, recipient: Recipient) -> None:
        """Return when the receiver has acknowledged; raise `TryAgain` for every other answer and for none."""
        request = OutgoingRequest(
            delivery.url,
            method="POST",
            headers=self._headers(delivery, recipient),
            body=delivery.body,
            timeout=self.options.timeout,
            max_bytes=self.options.max_bytes,
            max_redirects=0,
        )
        try:
            answer = await self.lent.fetcher.send(request, call_id=delivery.call_id)
        except FetchError as error:
            raise TryAgain(str(error)) from error
        objection = _objection(answer, recipient.account.acknowledgement)
        if objection is not None:
            raise TryAgain(objection, retry_after(answer.headers, self.lent.clock.now()))

    def _headers(self, delivery: Delivery, recipient: Recipient) -> dict[str, str]:
        at = int(self.lent.clock.now())
        headers = {
            "content-type": delivery.content_type,
            "webhook-id": delivery.id,
            "webhook-timestamp": str(at),
        }
        secret = recipient.secrets.webhook_secret if recipient.secrets else None
        if secret:
            headers["webhook-signature"] = signature(secret, delivery.id, at, delivery.body)
        return headers


def signature(secret: str, delivery_id: str, at: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of id, timestamp and body. Raises `TryAgain` when the secret cannot be used."""
    signed = b".".join((delivery_id.encode(), str(at).encode(), body))
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _key(secret: str) -> bytes:
    text = secret.removeprefix(SECRET_PREFIX).rstrip("=")
    try:
        # Receivers take secrets without padding too.
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        # Unsigned it would be refused, or worse: believed by a receiver that should not. An operator can mend this.
        raise TryAgain("the account's webhook secret is not 'whsec_' and Base64: give it a new one")
    return key


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """How many seconds the receiver asks to wait (Retry-After, in seconds or as a date); None: it does not say."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    wanted = _date(text)
    if wanted is None:
        return None
    # Between two dates of the receiver's its clock need not be right.
    return max(0.0, wanted - (_date(headers.get("date", "")) or now))


def _date(text: str) -> float | None:
    try:
        date = parsedate_to_datetime(text)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def _objection(answer: Answer, wanted: Acknowledgement) -> str | None:
    """Why this answer is no acknowledgement; None: it is one."""
    if 300 <= answer.status < 400:
        return f"HTTP {answer.status}: redirects are not followed"
    if not 200 <= answer.status < 300:
        return f"HTTP {answer.status}"
    if wanted is Acknowledgement.STATUS or ACKNOWLEDGED in answer.body.lower():
        return None
    return f"HTTP {answer.status}, but the answer does not contain 'completed': {_beginning(answer.body)}"


def _beginning(body: bytes) -> str:
    text = " ".join(body[: 4 * SHOWN].decode("utf-8", "replace").split())
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return repr(shown[:SHOWN]) if shown else "it is empty"


@hookimpl
def register_result_deliveries() -> Sequence[type[ResultDelivery]]:
    """Offer it as `webhook`."""
    return [WebhookDelivery]
