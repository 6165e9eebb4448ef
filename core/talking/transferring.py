"""`Transfer` on a leg: VoiceXML 2.0, 2.3.7, and VoiceXML 2.1, 9."""

from dataclasses import replace
from math import inf
from typing import Final

from mirabelle.core.interfaces.telephony import HungUp
from mirabelle.core.interfaces.telephony_services import (
    TransferAnswered,
    TransferEnded,
    TransferProblem,
    TransferRefused,
    TransferRequest,
)
from mirabelle.core.talking import story
from mirabelle.core.talking.commanding import Commanding
from mirabelle.core.talking.conversation import Commands, Conversation, Happening
from mirabelle.core.talking.destinations import Undialable
from mirabelle.core.talking.means import Means
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import TransferFailed, TransferOutcome, Transferred
from mirabelle.vxml_interpreter.commands import Collect, Transfer, TransferKind

UNSUPPORTED: Final = "error.unsupported.transfer"


async def transfer(talk: Conversation, ask: Transfer, means: Means) -> Commands:
    """Play the prompts, transfer, and answer."""
    talk.take_what_is_there()
    return await _Transferring(talk, ask, means).run()


class _Transferring:
    """One transfer. Without grammars nobody listens to the caller, whose keys are typed ahead (2.3.7.2.1)."""

    def __init__(self, talk: Conversation, ask: Transfer, means: Means) -> None:
        self._talk = talk
        self._ask = ask
        self._means = means
        # 2.3.7.2: whatever the prompts say, only what matches interrupts a bridge.
        hotword = ask.kind is TransferKind.BRIDGE
        self._prompts = tuple(replace(each, hotword=hotword or each.hotword) for each in ask.prompts)
        self._commanding: Commanding | None = None
        if ask.grammars:
            asked = Collect(self._prompts, ask.grammars, ask.timing, ask.modes)
            self._commanding = Commanding(asked, talk, by_speaking=False)
        self._answered_at: float | None = None

    async def run(self) -> Commands:
        """The whole transfer."""
        if closed := await self._play():
            return closed
        if self._ended_by_caller:
            return self._answer(TransferOutcome.NEAR_END_DISCONNECT, self._talk.clock.monotonic())
        try:
            request = self._request()
        except Undialable as refused:
            return self._fail(refused.event, refused.message)
        return await self._transferred(request)

    @property
    def _ended_by_caller(self) -> bool:
        return self._commanding is not None and self._commanding.matched is not None

    async def _play(self) -> Commands:
        if self._commanding is not None:
            # 2.3.7.1: a command that begins during the prompts cancels the attempt, though it ends after them.
            return await self._commanding.play() or await self._commanding.hear_out()
        talk = self._talk
        if not talk.gone:
            talk.playback.play(self._prompts, listening=False)
        while talk.playback.playing:
            talk.take(await talk.next())
            talk.take_what_is_there()
        return talk.closed()

    def _request(self) -> TransferRequest:
        """Raises `Undialable`."""
        ask, options = self._ask, self._means.options.transfers
        if not self._means.capabilities.transfers(ask.kind):
            raise Undialable(f"{UNSUPPORTED}.{ask.kind}", f"the telephony of this call has no {ask.kind} transfers")
        if ask.kind not in options.kinds:
            allowed = ", ".join(options.kinds) or "none"
            cause = f"scripts may not make {ask.kind} transfers: scripts.transfers.kinds has {allowed}"
            raise Undialable(TransferProblem.NO_AUTHORIZATION, cause)
        wait = options.connecttimeout if ask.connecttimeout is None else ask.connecttimeout
        return TransferRequest(
            ask.kind,
            self._means.destinations.judge(ask.destination),
            connecttimeout=min(wait, options.longest_connecttimeout),
            maxtime=min(ask.maxtime or inf, options.longest),
            audio=ask.audio,
            information=ask.information,
        )

    async def _transferred(self, request: TransferRequest) -> Commands:
        talk = self._talk
        talk.leg.transfer(request)
        while True:
            event = await self._next()
            match event:
                case TransferAnswered(at):
                    self._answered_at = at
                case TransferEnded(at, outcome):
                    return self._answer(outcome, at)
                case TransferRefused(_, problem, text, code):
                    return self._fail(problem if code is None else f"{problem}.{code}", text)
                case HungUp(at):
                    self._tell(TransferOutcome.HANGUP, at)
                    return talk.closed()
                case _ if closed := talk.closed():
                    talk.leg.end_transfer()
                    self._tell(TransferOutcome.HANGUP, talk.clock.monotonic())
                    return closed
            if self._ended_by_caller:
                talk.leg.end_transfer()

    async def _next(self) -> Happening:
        if self._commanding is not None:
            return await self._commanding.next()
        event = await self._talk.next()
        self._talk.take(event)
        return event

    def _answer(self, outcome: TransferOutcome, at: float) -> Commands:
        matched = self._commanding.matched if self._commanding is not None else None
        if matched is not None and outcome is TransferOutcome.CONNECTED:
            # The command came too late: the caller is gone already.
            matched = None
        ended = outcome if matched is None else TransferOutcome.NEAR_END_DISCONNECT
        self._tell(ended, at)
        if self._commanding is not None:
            self._commanding.tell_matched()
        return self._talk.reply(Transferred(ended, self._duration(at), matched))

    def _fail(self, event: str, message: str) -> Commands:
        self._tell(None, self._talk.clock.monotonic())
        return self._talk.reply(TransferFailed(event, message))

    def _duration(self, at: float) -> float:
        return 0.0 if self._answered_at is None else at - self._answered_at

    def _tell(self, outcome: TransferOutcome | None, at: float) -> None:
        told = story.transferred(self._ask.kind, self._ask.destination, outcome, self._duration(at))
        self._talk.tell(EventKind.TRANSFER, told)
