"""What a dialogue does on its leg and hears from its line, for each of its asks: one thing after the other."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.telephony import HungUp, LegEvent, MarkReached, Played, Pressed, PromptBegan, TextLeg
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.playback import Playback
from mirabelle.core.talking.telling import Tell
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import CallerHungUp, Notice, Reply, SessionChanged
from mirabelle.vxml_interpreter.commands import Command, FetchRequest
from mirabelle.vxml_interpreter.input.type_ahead import TypeAhead

Commands = Sequence[Command]
Happening = LegEvent | Notice | None


class Interpreting(Protocol):
    """What the driver needs of an Interpreter."""

    def start(self, request: FetchRequest) -> Commands:
        """Begin with the document that answers this request."""

    def handle(self, event: Reply | Notice) -> Commands:
        """Take an answer or a notice."""


class Listener(Protocol):
    """Whoever waits for what the caller does: keys are then not typed ahead."""

    def take(self, event: Happening) -> None:
        """Take what happened on the line."""


class FinalProcessingOver(Exception):
    """The caller has been gone for as long as a script may still work."""


class Conversation:
    """The caller's side of one dialogue. `gone`: the caller has hung up.

    `line` must carry the events of `leg`. After the hang-up the script may work for `final_seconds` (1.5.4).
    """

    def __init__(
        self, interpreter: Interpreting, leg: TextLeg, line: Line, clock: Clock, tell: Tell, final_seconds: float
    ) -> None:
        self.leg = leg
        self.clock = clock
        self.tell = tell
        self.type_ahead = TypeAhead()
        self.playback = Playback(leg, self.type_ahead, tell)
        self.gone = False
        self._interpreter = interpreter
        self._line = line
        self._final_seconds = final_seconds
        self._deadline: float | None = None
        self._unsaid = False

    async def next(self, until: float | None = None) -> Happening:
        """What happens next; None: `until` came first. Raises `FinalProcessingOver` when nothing does in time."""
        if self._deadline is None or (until is not None and until < self._deadline):
            return await self._line.next(until)
        event = await self._line.next(self._deadline)
        if event is None:
            raise FinalProcessingOver
        return event

    async def next_unless(self, other: asyncio.Future[Any], until: float | None = None) -> Happening:
        """What happens next; None when `other` is done first, or `until` came."""
        getting = asyncio.ensure_future(self.next(until))
        try:
            await asyncio.wait({getting, other}, return_when=asyncio.FIRST_COMPLETED)
            return getting.result() if getting.done() else None
        finally:
            getting.cancel()

    def take(self, event: Happening, listener: Listener | None = None) -> None:
        """Keep up with what happened; `listener` hears of it, too."""
        match event:
            case PromptBegan() | MarkReached() | Played():
                self.playback.take(event)
            case Pressed(at, key) if listener is None:
                self.type_ahead.press(key, at)
            case SessionChanged(path, value):
                self._interpreter.handle(event)
                self.tell(EventKind.SESSION, {"path": path, "value": value})
            case HungUp(at):
                self.playback.take(event)
                self._hung_up(at)
            case CallerHungUp():
                self._hung_up(self.clock.monotonic())
            case _:
                pass
        if listener is not None:
            listener.take(event)

    def take_what_is_there(self, listener: Listener | None = None) -> None:
        """Keep up with what has happened already."""
        while (event := self._line.take()) is not None:
            self.take(event, listener)

    async def fall_silent(self) -> None:
        """Each `play` has its own end: what plays next must not be taken to be over by the end of this."""
        self.playback.stop()
        while self.playback.playing:
            self.take(await self.next())

    def reply(self, reply: Reply) -> Commands:
        """Answer the open ask, with all the news that there is: the script goes on with this."""
        self.take_what_is_there()
        return self._interpreter.handle(reply)

    def closed(self) -> Commands:
        """Tell the interpreter of the hang-up. Its next commands when that closes the open ask, else none."""
        if not self._unsaid:
            return ()
        self._unsaid = False
        return self._interpreter.handle(CallerHungUp())

    def begin_final_processing(self, at: float) -> None:
        """From here the script has its last seconds."""
        if self._deadline is None:
            self._deadline = at + self._final_seconds

    def _hung_up(self, at: float) -> None:
        self._unsaid = not self.gone
        self.gone = True
        self.begin_final_processing(at)
