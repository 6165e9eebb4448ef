"""One attempt at one call, in the order in which it happens: dial, detect, talk, hang up."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from mirabelle.core.choosing import ChooseBackend, NoTelephony
from mirabelle.core.detecting import Detecting
from mirabelle.core.dialog import Dialogue, FetchResource, Interpreting
from mirabelle.core.dispatching.running import Answered as TellAnswered
from mirabelle.core.first_document import FirstDocument
from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.detection import CalleeDetector, Verdict
from mirabelle.core.interfaces.telephony import (
    Answered,
    Cause,
    DialRequest,
    EndedBy,
    HungUp,
    Leg,
    Ringing,
    TelephonyBackend,
    TextLeg,
)
from mirabelle.core.observing import Emit, written
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.simulation.timing import of_digits
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.prefetching import Prefetching
from mirabelle.core.talking.resources import ReadRecording
from mirabelle.core.talking.session_variables import CALLEE_TYPE, merged, session_variables, start_request
from mirabelle.core.talking.telling import Tell, teller
from mirabelle.core.types import Account, Call, CalleeDetection, CalleeType, Claim, EventKind
from mirabelle.vxml_interpreter.answers import SessionChanged
from mirabelle.vxml_interpreter.commands import Ended, EndReason
from mirabelle.vxml_interpreter.script import Json

Session = Mapping[str, Json]
FIRST_ATTEMPT = 1


@dataclass(frozen=True, slots=True)
class CallerServices:
    """What placing calls needs. Spans are seconds of the clock.

    `interpreter` makes the interpreter of a call from its session variables; `fetch` what fetches for a call, given
    what reads its recordings, where there are any; `prefetch` what fetches ahead of need, None: nothing does;
    `variables` are the plugins' answers to `session_variables`. `decides_within`: how long a script waits for a
    verdict at most (sync, beep). `beeps_within`: how long it then waits for the beep of a machine. `farewell`: how
    long a script may still work when the platform hangs up (less than the dispatcher's `hang_up_grace`).
    `hangs_up_within`: how long a leg may take to end.
    """

    clock: Clock
    emit: Emit
    choose_backend: ChooseBackend
    detectors: Sequence[CalleeDetector]
    interpreter: Callable[[Session], Interpreting]
    fetch: Callable[[Call, ReadRecording | None], FetchResource]
    variables: Callable[[Call], Iterable[Session | None]] = lambda call: ()
    prefetch: Callable[[Call], FetchResource] | None = None
    means: Callable[[Call, int, TelephonyBackend], Means] = lambda call, attempt, backend: Means()
    decides_within: float = 30.0
    beeps_within: float = 30.0
    farewell: float = 3.0
    hangs_up_within: float = 1.0


class Caller:
    """Places calls. Its `attempt` is what the dispatcher is given."""

    def __init__(self, services: CallerServices) -> None:
        self._services = services

    async def attempt(self, claim: Claim, account: Account, answered: TellAnswered) -> AttemptEnd:
        """Dial, talk, and tell how it ended. Cancellation hangs up; the end is told all the same."""
        try:
            backend = self._services.choose_backend(claim.call)
        except NoTelephony as error:
            return AttemptEnd(CalleeType.LINEFAILURE, self._services.clock.now(), cause=str(error))
        return await _Attempt(self._services, claim.call, account, answered, backend).run()


class _Attempt:
    """One dialling of one call."""

    def __init__(
        self,
        services: CallerServices,
        call: Call,
        account: Account,
        answered: TellAnswered,
        backend: TelephonyBackend,
    ) -> None:
        self._services = services
        self._call = call
        self._number = call.last_attempt.number if call.last_attempt else FIRST_ATTEMPT
        self._tell_answered = answered
        self._backend = backend
        self._clock = services.clock
        self._tell: Tell = teller(services.emit, self._clock, call.id, self._number)
        self._line = Line(self._clock)
        self._mode = call.request.callee_detection
        self._detecting = Detecting(
            services.detectors, self._clock, self._tell, self._decided, listens=self._mode is not CalleeDetection.OFF
        )
        self._start = start_request(call.id, call.request, account.start_url_method)
        self._means = services.means(call, self._number, backend)
        recordings = self._means.recordings
        self._fetch = FirstDocument(services.fetch(call, recordings.read if recordings else None), self._start)
        self._answered_at: float | None = None
        self._recorded: asyncio.Future[None] | None = None
        self._ended: Ended | None = None

    async def run(self) -> AttemptEnd:
        """The whole attempt."""
        self._line.attend(self._detecting.hear)
        try:
            leg = self._backend.dial(self._request(), self._line.report)
            # When the platform hangs up, how the call ended is known all the same.
            with suppress(asyncio.CancelledError):
                await self._converse(leg)
            leg.hang_up()
            return await self._end()
        finally:
            self._fetch.close()
            if self._means.recordings is not None:
                await self._means.recordings.forget()
            self._detecting.close()

    async def _converse(self, leg: Leg) -> None:
        if not await self._is_answered():
            return
        if await self._digits_sent(leg) and await self._callee_known():
            try:
                await self._talk(leg)
            except Exception as error:  # noqa: BLE001 - whatever is wrong here, somebody is on the line
                self._tell(EventKind.PLATFORM, {"problem": "the dialogue cannot be held", "error": written(error)})
                self._ended = Ended(EndReason.ERROR, error=f"internal error: {written(error)}")

    async def _is_answered(self) -> bool:
        while True:
            match await self._line.next():
                case Ringing():
                    self._tell(EventKind.RINGING, {"telephony": self._backend.name})
                case Answered(at):
                    self._note_answer(at)
                    return True
                case HungUp():
                    return False

    def _note_answer(self, at: float) -> None:
        self._answered_at = self._unix(at)
        self._tell(EventKind.ANSWERED, {}, at)
        self._fetch.begin()
        # Written while the script starts: nobody at the telephone waits for a disk.
        self._recorded = asyncio.ensure_future(_awaited(self._tell_answered(self._answered_at)))

    async def _digits_sent(self, leg: Leg) -> bool:
        """Send the digits after the answer; False: the callee has hung up meanwhile."""
        digits = self._call.request.post_dial
        if not digits:
            return True
        leg.send_digits(digits)
        return await self._still_up(lambda: False, of_digits(digits))

    async def _callee_known(self) -> bool:
        """Wait for the verdict as far as the call asks for it; False: the callee has hung up meanwhile."""
        if self._mode not in (CalleeDetection.SYNC, CalleeDetection.BEEP):
            return True
        detecting = self._detecting
        up = await self._still_up(lambda: detecting.verdict is not None, self._services.decides_within)
        if not up:
            return False
        machine = detecting.give_up().callee_type is CalleeType.ANSWERINGMACHINE
        if self._mode is CalleeDetection.SYNC or not machine:
            return True
        return await self._still_up(detecting.beeped.is_set, self._services.beeps_within)

    async def _still_up(self, enough: Callable[[], bool], seconds: float) -> bool:
        """Wait until it is enough, at most that long; False: the callee hangs up first. What is heard is not for the
        script, which does not run yet."""
        until = self._clock.monotonic() + seconds
        while self._line.ended is None and not enough():
            if await self._line.next(until) is None:
                break
        return self._line.ended is None

    async def _talk(self, leg: Leg) -> None:
        if not isinstance(leg, TextLeg):
            raise TypeError(f"{self._backend.name} has legs of sound, which nothing here can speak to")
        dialogue = Dialogue(
            self._services.interpreter(self._session()),
            leg,
            self._line,
            self._fetch,
            self._clock,
            self._tell,
            means=self._means,
            prefetching=self._prefetching(),
        )
        talking = asyncio.ensure_future(dialogue.run(self._start))
        try:
            self._ended = await asyncio.shield(talking)
        except asyncio.CancelledError:
            leg.hang_up()
            self._ended = await self._farewell(talking)

    def _prefetching(self) -> Prefetching | None:
        prefetch = self._services.prefetch
        return None if prefetch is None else Prefetching(prefetch(self._call))

    async def _farewell(self, talking: "asyncio.Future[Ended]") -> Ended:
        """The script hears of the hang-up and may still work for a moment (1.5.4)."""
        limit: asyncio.Future[None] = asyncio.ensure_future(self._clock.sleep(self._services.farewell))
        either: set[asyncio.Future[Any]] = {talking, limit}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        limit.cancel()
        if talking.done():
            return talking.result()
        talking.cancel()
        await asyncio.wait({talking})
        return Ended(EndReason.HANGUP, error="the platform hung up and the script did not end")

    def _session(self) -> Session:
        own = session_variables(
            self._call.id, self._number, self._call.request, self._detecting.callee_type, self._backend.name
        )
        try:
            return merged(own, self._services.variables(self._call))
        except Exception as error:  # noqa: BLE001 - a plugin must not cost the call; its variables are missing
            self._tell(EventKind.PLATFORM, {"problem": "a plugin's session variables failed", "error": written(error)})
            return own

    def _decided(self, verdict: Verdict) -> None:
        self._line.notify(SessionChanged(CALLEE_TYPE, verdict.callee_type.value))

    async def _end(self) -> AttemptEnd:
        hung_up = await self._hung_up()
        verdict = self._detecting.give_up()
        return AttemptEnd(verdict.callee_type, self._unix(hung_up.at), self._answered_at, self._reason(hung_up.cause))

    async def _hung_up(self) -> HungUp:
        until = self._clock.monotonic() + self._services.hangs_up_within
        while self._line.ended is None:
            if await self._line.next(until) is None:
                self._tell(EventKind.PLATFORM, {"problem": f"{self._backend.name} does not end a leg that was hung up"})
                return HungUp(self._clock.monotonic(), Cause(EndedBy.PLATFORM, text="hung up; the leg did not end"))
        cause = self._line.ended.cause
        data = {"by": cause.by, "q850": cause.q850, "sip": cause.sip, "text": cause.text}
        self._tell(EventKind.HUNG_UP, data, self._line.ended.at)
        return self._line.ended

    def _reason(self, cause: Cause) -> str:
        if self._ended is not None and self._ended.error:
            return self._ended.error
        codes = [f"{name} {code}" for name, code in (("Q.850", cause.q850), ("SIP", cause.sip)) if code is not None]
        text = cause.text or f"hung up by the {cause.by}"
        return f"{text} ({', '.join(codes)})" if codes else text

    def _request(self) -> DialRequest:
        request = self._call.request
        return DialRequest(
            self._call.id,
            self._number,
            request.destination,
            request.caller_id,
            request.post_dial,
            request.max_ring_time,
        )

    def _unix(self, at: float) -> float:
        """The UNIX time of an instant of the leg."""
        return self._clock.now() - (self._clock.monotonic() - at)


async def _awaited(work: Awaitable[None]) -> None:
    await work
