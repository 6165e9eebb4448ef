"""What the HTTP face needs of the platform, and how it is configured."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mirabelle.core.api.rate_limits import RateOptions
from mirabelle.core.api.url_probes import Unreachable
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.policy import Planning, Refuse
from mirabelle.core.interfaces.queue import Added, NewCall
from mirabelle.core.option_checks import at_least, more_than_nothing
from mirabelle.core.types import Account, CallRequest, Credentials, Due, Event

Reasons = Sequence[str]
Claims = Callable[[str], bool]


class Authenticates(Protocol):
    """Says whose credentials these are."""

    async def authenticate(self, credentials: Credentials) -> Account:
        """The account. Raises `BadLogin` or `TooManyChecks`."""


class Queues(Protocol):
    """What of a `QueueStorage` is used here."""

    async def add_many(self, calls: Sequence[NewCall], at: float) -> list[Added]:
        """Queue all of them or none."""

    async def repeated(self, account: str, key: str, now: float) -> Added | None:
        """The first answer for an idempotency key; None when it is free."""


class Probes(Protocol):
    """Asks the URLs of a call whether they answer."""

    async def check(self, start_url: str | None, result_url: str | None) -> Unreachable | None:
        """Why the call cannot be queued; None when all is well. A URL that is None is not asked."""


class Checks(Protocol):
    """The hook `check_call_request`: what each plugin answers, or an awaitable of it."""

    def __call__(self, *, request: CallRequest, account: Account) -> Iterable[Awaitable[Reasons] | Reasons]:
        """Reasons not to queue the call."""


def nobody_objects(*, request: CallRequest, account: Account) -> Iterable[Reasons]:
    """The `Checks` of a platform without plugins that implement the hook."""
    return ()


def dialled_as_written(destination: str) -> None:
    """Every destination can be dialled."""


def http_only(scheme: str) -> bool:
    """No further scheme is taken."""
    return False


@dataclass(frozen=True, slots=True)
class ApiServices:
    """The platform as the HTTP face sees it.

    `plan` is the scheduling chain's; `emit` tells observers, `wake` the dispatcher that there is something to do.
    `dials`, `fetches` and `delivers` say of a scheme (lower case) whether telephony, start_url and result_url take it
    beyond `tel` and `http(s)`; such URLs are not probed. `objects_to` says why a destination of such a scheme cannot be
    dialled; None when it can.
    """

    clock: Clock
    authenticator: Authenticates
    queue: Queues
    probes: Probes
    plan: Callable[[Planning, float, Account], Due | Refuse]
    emit: Callable[[Event], None]
    wake: Callable[[], None]
    checks: Checks = nobody_objects
    dials: Claims = http_only
    objects_to: Callable[[str], str | None] = dialled_as_written
    fetches: Claims = http_only
    delivers: Claims = http_only


@dataclass(frozen=True, slots=True)
class ApiOptions:
    """How the HTTP face behaves.

    `echo_pin`: answers repeat the PIN in clear, as Plum does. `max_body` is bytes, `body_timeout` real seconds for a
    body to arrive. `remember_keys`: seconds for which an idempotency key holds. Requests are counted by address before
    the body is read and by account after the PIN was right.
    """

    echo_pin: bool = False
    max_body: int = 256 * 1024
    body_timeout: float = 30.0
    remember_keys: float = 86400.0
    address_rate: RateOptions = field(default_factory=RateOptions)
    account_rate: RateOptions = field(default_factory=RateOptions)

    def __post_init__(self) -> None:
        at_least(self, 1024, "max_body")
        more_than_nothing(self, "body_timeout", "remember_keys")
