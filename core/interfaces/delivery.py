"""ResultDelivery: how a result reaches its client."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from mirabelle.core.interfaces.component import Component
from mirabelle.core.types import Account, AccountSecrets, Delivery


class TryAgain(Exception):
    """Not acknowledged. `after`: seconds that the receiver asked to wait, None when it did not say."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Undeliverable(Exception):
    """Trying again cannot help."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Recipient:
    """The account a result belongs to, with its signing secret."""

    account: Account
    secrets: AccountSecrets | None


class ResultDelivery(Component):
    """Delivers to the URL schemes that it names. The core owns all retry timing; delivery is at least once."""

    schemes: ClassVar[frozenset[str]]

    @abstractmethod
    async def deliver(self, delivery: Delivery, recipient: Recipient) -> None:
        """Return when acknowledged; raise `TryAgain` or `Undeliverable`."""
