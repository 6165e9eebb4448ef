"""Queueing one call: who asks, what for, whether it may be, and then it is in the queue (contract, sections 2 to 5)."""

import inspect
import json
from collections.abc import Sequence

from mirabelle.core.api import answers
from mirabelle.core.api.answers import Echo, ErrorCode, Refused
from mirabelle.core.api.call_fields import Reading, is_probed, read_call
from mirabelle.core.api.fields import Fields
from mirabelle.core.api.phone_numbers import ignored_parameters
from mirabelle.core.api.rate_limits import RateLimit
from mirabelle.core.api.services import ApiOptions, ApiServices
from mirabelle.core.authentication import BadLogin, TooManyChecks
from mirabelle.core.interfaces.policy import Planning, Refuse
from mirabelle.core.interfaces.queue import Added, IdempotencyKey, NewCall
from mirabelle.core.types import Account, CallRequest, Credentials, Due, Event, EventKind


class Queueing:
    """Takes the fields of a request to an answer document. Raises `Refused`; anything else is a fault of ours."""

    def __init__(self, services: ApiServices, options: ApiOptions) -> None:
        self._services = services
        self._options = options
        self._accounts = RateLimit(options.account_rate)

    async def queue(self, fields: Fields, address: str | None) -> bytes:
        """The answer to a call that is queued, now or by an earlier request with the same idempotency key."""
        account = await self._account(fields, address)
        refuse_when_empty(self._accounts.take(account.login, self._services.clock.monotonic()))
        now = self._services.clock.now()
        key = fields.get("idempotency_key")
        first = await self._services.queue.repeated(account.login, key, now) if key else None
        if first is not None:
            return self._repeated(first, fields)
        request = read_call(fields, self._reading(account, now))
        due = await self._admit(request, account, now)
        return await self._add(request, due, fields, now)

    async def _account(self, fields: Fields, address: str | None) -> Account:
        login, pin = fields.required("login"), fields.required("pin")
        fields.refuse("login", "pin")
        try:
            return await self._services.authenticator.authenticate(Credentials(login or "", pin or "", address))
        except BadLogin as error:
            raise Refused(ErrorCode.BAD_LOGIN, str(error), temporary=error.locked) from None
        except TooManyChecks:
            message = "too many logins are being checked; try again in a moment"
            raise Refused(ErrorCode.RATE_LIMITED, message, temporary=True, status=429, retry_after=1) from None

    def _reading(self, account: Account, now: float) -> Reading:
        services = self._services
        return Reading(account, now, services.dials, services.objects_to, services.fetches, services.delivers)

    async def _admit(self, request: CallRequest, account: Account, now: float) -> Due:
        """When the call is due. What costs nobody anything is asked first, the client's servers last."""
        reasons = await self._objections(request, account)
        if reasons:
            raise Refused(ErrorCode.DO_NOT_CALL, "; ".join(reasons))
        due = self._services.plan(Planning(request), now, account)
        if isinstance(due, Refuse):
            raise Refused(ErrorCode.DO_NOT_CALL, due.reason)
        probed = [url if is_probed(url) else None for url in (request.start_url, request.result_url)]
        unreachable = await self._services.probes.check(probed[0], probed[1])
        if unreachable is not None:
            raise Refused(ErrorCode.URL_UNREACHABLE, unreachable.reason, temporary=unreachable.temporary)
        return due

    async def _objections(self, request: CallRequest, account: Account) -> list[str]:
        reasons: list[str] = []
        for answer in self._services.checks(request=request, account=account):
            told: Sequence[str] = await answer if inspect.isawaitable(answer) else answer
            reasons += told
        return reasons

    async def _add(self, request: CallRequest, due: Due, fields: Fields, now: float) -> bytes:
        key = fields.get("idempotency_key")
        idempotency = IdempotencyKey(key, now + self._options.remember_keys, _memo(fields)) if key else None
        (added,) = await self._services.queue.add_many([NewCall(request, due, idempotency)], now)
        if added.repeated:
            return self._repeated(added, fields)
        self._services.emit(_queued(added.call_id, request, due, now))
        self._services.wake()
        return answers.queued(added.call_id, fields.echoes(pin_in_clear=self._options.echo_pin))

    def _repeated(self, first: Added, fields: Fields) -> bytes:
        """The first answer once more. Its PIN was not kept; the one that is right now takes its place."""
        pin = fields.get("pin") if self._options.echo_pin else None
        echoes = [Echo(name, pin if name == "pin" and pin else value) for name, value in json.loads(first.memo)]
        return answers.queued(first.call_id, echoes)


def refuse_when_empty(wait: float) -> None:
    """Raise `Refused` unless there was a token; `wait` is the seconds until there will be one."""
    if wait:
        message = f"too many requests; try again in {max(1, round(wait))} s"
        raise Refused(ErrorCode.RATE_LIMITED, message, temporary=True, status=429, retry_after=wait)


def _memo(fields: Fields) -> str:
    return json.dumps([[echo.name, echo.value] for echo in fields.echoes()], ensure_ascii=False)


def _queued(call_id: int, request: CallRequest, due: Due, now: float) -> Event:
    data: dict[str, object] = {
        "account": request.account,
        "phone_number": request.phone_number,
        "destination": request.destination,
        "message_reference": request.message_reference,
        "due_at": due.at,
    }
    ignored = ignored_parameters(request.phone_number)
    return Event(EventKind.QUEUED, now, call_id, data=data | ({"ignored": ignored} if ignored else {}))
