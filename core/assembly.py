"""How the hooks of the plugins become what the parts of the core ask for. Pure wiring."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from mirabelle.core.authentication.authenticator import Ask
from mirabelle.core.choosing import scheme_of
from mirabelle.core.components import Components
from mirabelle.core.fetching.headers import merge_headers
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.fetching import FetchError, OutgoingRequest
from mirabelle.core.interfaces.telephony import TelephonyBackend
from mirabelle.core.observing import written
from mirabelle.core.talking.destinations import Destinations
from mirabelle.core.talking.invoking import invoker
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.options import ScriptOptions
from mirabelle.core.talking.recordings import CallRecordings
from mirabelle.core.types import Account, Call, Credentials

# Of `serve --dev`, which binds loopback only. Never stored: the next start without --dev does not know it.
DEVELOPER = Account("dev")
DEVELOPER_PIN = "0000"


class UnderWay:
    """The calls whose attempts run in this process, by id: hooks want the call, requests carry its id."""

    def __init__(self) -> None:
        self._calls: dict[int, Call] = {}

    def get(self, call_id: int | None) -> Call | None:
        """The call, if it is under way here."""
        return None if call_id is None else self._calls.get(call_id)

    @contextmanager
    def of(self, call: Call) -> Iterator[None]:
        """The call is under way in here."""
        self._calls[call.id] = call
        try:
            yield
        finally:
            del self._calls[call.id]


def prepared(hook: Any, under_way: UnderWay) -> Callable[[OutgoingRequest, int | None], Mapping[str, str]]:
    """The headers that plugins add to a request; of two that name the same header, the one asked first wins."""

    def prepare(request: OutgoingRequest, call_id: int | None) -> Mapping[str, str]:
        try:
            answers = hook.prepare_request(request=request, call=under_way.get(call_id))
        except Exception as error:
            raise FetchError(f"a plugin could not prepare the request: {written(error)}") from error
        return merge_headers(*reversed(answers))

    return prepare


def asked(hook: Any, development: bool) -> Ask:
    """What plugins make of credentials and, in development, the developer's own."""

    def ask(credentials: Credentials) -> Account | Awaitable[Account | None] | None:
        answer: Account | Awaitable[Account | None] | None = hook.authenticate(credentials=credentials)
        if answer is None and development and _is_developer(credentials):
            return DEVELOPER
        return answer

    return ask


def objections(components: Components) -> Callable[[str], str | None]:
    """Why no telephony can dial a destination; None when one can."""

    def objection(destination: str) -> str | None:
        scheme = scheme_of(destination)
        found = [
            backend.check_destination(destination)
            for backend in components.telephony.values()
            if scheme in backend.schemes and scheme != "tel"
        ]
        return None if None in found or not found else found[0]

    return objection


def means(
    components: Components, options: ScriptOptions, clock: Clock
) -> Callable[[Call, int, TelephonyBackend], Means]:
    """What the script of an attempt may use beside talking."""

    def of(call: Call, attempt: int, backend: TelephonyBackend) -> Means:
        return Means(
            backend.capabilities,
            options,
            Destinations(options.transfers, backend.schemes, backend.simulated),
            CallRecordings(components.recordings, call.id, options.recordings.largest_call),
            invoker(components.objects, call.id, attempt, options.objects, clock),
        )

    return of


def dials(components: Components) -> Callable[[str], bool]:
    """Whether some telephony dials URIs of a scheme."""
    schemes = frozenset[str]().union(*(backend.schemes for backend in components.telephony.values()))
    return lambda scheme: scheme in schemes


def _is_developer(credentials: Credentials) -> bool:
    return credentials.login == DEVELOPER.login and hmac.compare_digest(
        credentials.pin.encode("utf-8", "replace"), DEVELOPER_PIN.encode()
    )
