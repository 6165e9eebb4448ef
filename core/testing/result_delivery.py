"""What every ResultDelivery must do. For plugin authors: `class TestMine(ResultDeliveryContract)`.

The tests need a receiver that the plugin delivers to: write `make`, `url` and the three ways in which it can answer.
"""

from abc import ABC, abstractmethod
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from mirabelle.core.interfaces.delivery import Recipient, ResultDelivery, TryAgain, Undeliverable
from mirabelle.core.outcome import CONTENT_TYPE
from mirabelle.core.testing.virtual_time import START
from mirabelle.core.types import Account, AccountSecrets, Delivery

BODY = (
    b"phone_number=16175551212&message_reference=r%C3%A9f&call_id=7&result=Completed&callee_type=voice&attempts=1"
    b"&last_attempt_timestamp=Mon%2C+01+Jun+2026+12%3A00%3A00+%2B0000&duration=12"
)


class ResultDeliveryContract(ABC):
    """Promises of `ResultDelivery` that hold for any way of delivering."""

    @abstractmethod
    def make(self) -> ResultDelivery:
        """A new one, ready to be opened, that reaches the receiver of this test."""

    @abstractmethod
    def url(self) -> str:
        """Where the receiver is."""

    @abstractmethod
    def acknowledge(self) -> None:
        """From now on the receiver acknowledges."""

    @abstractmethod
    def refuse(self) -> None:
        """From now on the receiver is there, but does not acknowledge."""

    @abstractmethod
    def vanish(self) -> None:
        """From now on nobody is there."""

    @abstractmethod
    def received(self) -> list[tuple[str, bytes]]:
        """The id and the body of everything that reached the receiver, in order."""

    def delivery(self) -> Delivery:
        """A result on its way."""
        return Delivery("msg_1", 7, "acme", self.url(), CONTENT_TYPE, BODY, START, START)

    def recipient(self) -> Recipient:
        """The account that it belongs to."""
        return Recipient(Account("acme"), AccountSecrets("x", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))

    def test_it_has_a_name_and_schemes(self) -> None:
        """Results find it by the scheme of their URL."""
        made = self.make()
        assert made.name
        assert made.schemes
        assert all(scheme == scheme.lower() for scheme in made.schemes)
        assert urlsplit(self.url()).scheme in made.schemes

    async def test_it_returns_when_acknowledged(self) -> None:
        """No exception: the receiver has it, byte by byte."""
        self.acknowledge()
        await self._deliver(self.delivery())
        assert self.received() == [("msg_1", BODY)]

    async def test_without_an_acknowledgement_it_asks_to_try_again(self) -> None:
        """Whatever was not acknowledged may be tried again; the reason is for people."""
        self.refuse()
        with pytest.raises(TryAgain) as raised:
            await self._deliver(self.delivery())
        assert raised.value.reason.strip()
        assert raised.value.after is None or raised.value.after >= 0

    async def test_without_a_receiver_it_asks_to_try_again(self) -> None:
        """A receiver that is down comes back: nothing is lost."""
        self.vanish()
        with pytest.raises(TryAgain) as raised:
            await self._deliver(self.delivery())
        assert raised.value.reason.strip()

    async def test_a_repetition_is_known_by_its_id_and_has_the_same_body(self) -> None:
        """At least once: the receiver must be able to tell that it has this result already."""
        self.refuse()
        with pytest.raises(TryAgain):
            await self._deliver(self.delivery())
        self.acknowledge()
        await self._deliver(replace(self.delivery(), tries=1, last_error="refused"))
        assert set(self.received()) == {("msg_1", BODY)}

    async def test_it_delivers_for_an_account_without_secrets(self) -> None:
        """An account may have no signing secret, or be gone."""
        self.acknowledge()
        await self._deliver(self.delivery(), Recipient(Account("acme"), None))
        assert self.received() == [("msg_1", BODY)]

    async def test_a_url_that_cannot_be_used_is_no_crash(self) -> None:
        """A URL that made it into the queue and leads nowhere fails like any other."""
        self.vanish()
        broken = f"{urlsplit(self.url()).scheme}://"
        with pytest.raises((TryAgain, Undeliverable)):
            await self._deliver(replace(self.delivery(), url=broken))

    async def _deliver(self, delivery: Delivery, recipient: Recipient | None = None) -> None:
        made = self.make()
        await made.open()
        try:
            await made.deliver(delivery, recipient or self.recipient())
        finally:
            await made.close()
