"""Drives one Interpreter over one text leg: commands out, events in."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, Protocol

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.telephony import (
    HungUp,
    LegEvent,
    Played,
    Pressed,
    PromptBegan,
    TextLeg,
)
from mirabelle.core.observing import written
from mirabelle.core.talking import story
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.listening import Listening
from mirabelle.core.talking.playback import Playback
from mirabelle.core.talking.telling import Tell
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import CallerHungUp, Done, Fetched, FetchFailed, Notice, Reply, SessionChanged
from mirabelle.vxml_interpreter.commands import (
    Breathe,
    Collect,
    Command,
    Disconnect,
    Ended,
    EndReason,
    Entered,
    Fetch,
    FetchRequest,
    Log,
    Play,
    Thrown,
)
from mirabelle.vxml_interpreter.input.collector import Collector
from mirabelle.vxml_interpreter.input.type_ahead import TypeAhead
from mirabelle.vxml_interpreter.speech.prompt import Prompt

# 1.5.4: what a script may still do once the caller is gone.
FINAL_SECONDS: Final = 60.0

FetchResource = Callable[[FetchRequest], Awaitable[Fetched | FetchFailed]]
Commands = Sequence[Command]


class Interpreting(Protocol):
    """What the driver needs of an Interpreter."""

    def start(self, request: FetchRequest) -> Commands:
        """Begin with the document that answers this request."""

    def handle(self, event: Reply | Notice) -> Commands:
        """Take an answer or a notice."""


class FinalProcessingOver(Exception):
    """The caller has been gone for as long as a script may still work."""


class Dialogue:
    """One dialogue, from its first document to its end.

    `line` must carry the events of `leg`, from the answer on. `fetch` gets what the script asks for and does not raise.
    """

    def __init__(
        self,
        interpreter: Interpreting,
        leg: TextLeg,
        line: Line,
        fetch: FetchResource,
        clock: Clock,
        tell: Tell,
        final_seconds: float = FINAL_SECONDS,
    ) -> None:
        self._interpreter = interpreter
        self._leg = leg
        self._line = line
        self._fetch_resource = fetch
        self._clock = clock
        self._tell = tell
        self._final_seconds = final_seconds
        self._type_ahead = TypeAhead()
        self._playback = Playback(leg, self._type_ahead, tell)
        self._deadline: float | None = None
        self._gone = False
        self._unsaid = False

    async def run(self, request: FetchRequest) -> Ended:
        """Talk until the dialogue ends; then the leg is being hung up, and its `HungUp` may still be to come.

        Never raises but when it is cancelled: an error of the interpreter's own ends the dialogue, with its traceback
        told. When the caller hangs up, the script has 60 s in all to finish.
        """
        try:
            ended = await self._converse(request)
        except FinalProcessingOver:
            ended = Ended(EndReason.HANGUP, error=f"the script went on for {self._final_seconds:g} s after the hang-up")
        except Exception as error:  # noqa: BLE001 - one broken dialogue must not take the call's result with it
            ended = self._failed(error)
        finally:
            self._leg.hang_up()
        self._tell(EventKind.EXIT, story.ended(ended))
        return ended

    def _failed(self, error: Exception) -> Ended:
        data = {"problem": "the dialogue failed", "error": written(error), "traceback": traceback.format_exc()}
        self._tell(EventKind.PLATFORM, data)
        return Ended(EndReason.ERROR, error=f"internal error: {written(error)}")

    async def _converse(self, request: FetchRequest) -> Ended:
        commands = self._interpreter.start(request)
        while True:
            for command in commands[:-1]:
                self._obey(command)
            last = commands[-1]
            if isinstance(last, Ended):
                return last
            commands = await self._answer(last)

    def _obey(self, command: Command) -> None:
        match command:
            case Log(label, text):
                self._tell(EventKind.LOG, {"label": label, "text": text})
            case Entered(url):
                self._tell(EventKind.DOCUMENT, {"url": url})
            case Thrown(name, message, caught_by):
                self._tell(EventKind.THROWN, {"name": name, "message": message, "caught_by": caught_by})
            case Disconnect():
                self._tell(EventKind.DISCONNECT, {})
                self._begin_final_processing(self._clock.monotonic())
                self._leg.hang_up()
            case _:
                raise TypeError(f"{command!r} is followed by other commands")

    async def _answer(self, ask: Command) -> Commands:
        if closed := self._closed():
            return closed
        match ask:
            case Collect():
                return await self._collect(ask)
            case Play(prompts):
                return await self._play(prompts)
            case Fetch():
                return await self._fetch(ask)
            case Breathe():
                return await self._breathe()
            case _:
                raise TypeError(f"{ask!r} is the last command but asks nothing")

    async def _play(self, prompts: Sequence[Prompt]) -> Commands:
        if not self._gone:
            self._playback.play(prompts, listening=False)
        while self._playback.playing:
            self._take(await self._next())
            # A leg that ends reports first that nothing plays any more.
            self._take_what_is_there()
            if closed := self._closed():
                return closed
        return self._reply(Done())

    async def _breathe(self) -> Commands:
        """Others run while we look whether anything has happened; the ask stays open whatever that was."""
        while (event := await self._next(self._clock.monotonic())) is not None:
            self._take(event)
            self._closed()
        return self._interpreter.handle(Done())

    async def _fetch(self, ask: Fetch) -> Commands:
        fetching = asyncio.ensure_future(self._fetch_resource(ask.request))
        try:
            await asyncio.sleep(0)
            if ask.prompts and not fetching.done() and not self._gone:
                self._playback.play(ask.prompts, listening=False)
            while not fetching.done():
                self._take(await self._next_unless(fetching))
                # 1.5.4: a fetch stays open; what waits for the caller will not.
                self._closed()
            await self._fall_silent()
            self._tell(EventKind.FETCH, story.fetch(ask.request, fetching.result()))
            return self._reply(fetching.result())
        finally:
            fetching.cancel()

    async def _collect(self, ask: Collect) -> Commands:
        self._take_what_is_there()
        listening = Listening(ask, Collector(ask, self._type_ahead, self._clock.monotonic()), self._tell)
        collector = listening.collector
        if collector.answer is None and not self._gone:
            self._playback.play(() if collector.interrupts else ask.prompts, listening=True)
        while collector.answer is None:
            if closed := self._closed():
                listening.tell_listen()
                return closed
            wakes_at = collector.wakes_at
            event = await self._next(wakes_at)
            if event is None and wakes_at is not None:
                # Not by the clock: where spans are added up it may be a hair's breadth short of the instant.
                collector.wake(wakes_at)
            self._take(event, listening)
            if collector.interrupts:
                self._playback.stop()
        await self._fall_silent()
        listening.tell_answer(collector.answer)
        return self._reply(collector.answer)

    async def _fall_silent(self) -> None:
        """Each `play` has its own end: what plays next must not be taken to be over by the end of this."""
        self._playback.stop()
        while self._playback.playing:
            self._take(await self._next())

    def _reply(self, reply: Reply) -> Commands:
        """Answer the open ask, with all the news that there is: the script goes on with this."""
        self._take_what_is_there()
        return self._interpreter.handle(reply)

    # ---- what happens ----

    async def _next(self, until: float | None = None) -> LegEvent | Notice | None:
        """What happens next. Raises `FinalProcessingOver` when nothing does in time."""
        if self._deadline is None or (until is not None and until < self._deadline):
            return await self._line.next(until)
        event = await self._line.next(self._deadline)
        if event is None:
            raise FinalProcessingOver
        return event

    async def _next_unless(self, other: asyncio.Future[Any]) -> LegEvent | Notice | None:
        """What happens next; None when `other` is done first."""
        getting = asyncio.ensure_future(self._next())
        try:
            await asyncio.wait({getting, other}, return_when=asyncio.FIRST_COMPLETED)
            return getting.result() if getting.done() else None
        finally:
            getting.cancel()

    def _take_what_is_there(self) -> None:
        while (event := self._line.take()) is not None:
            self._take(event)

    def _take(self, event: LegEvent | Notice | None, listening: Listening | None = None) -> None:
        match event:
            case PromptBegan() | Played():
                self._playback.take(event)
            case Pressed(at, key) if listening is None:
                self._type_ahead.press(key, at)
            case SessionChanged(path, value):
                self._interpreter.handle(event)
                self._tell(EventKind.SESSION, {"path": path, "value": value})
            case HungUp(at):
                self._playback.take(event)
                self._hung_up(at)
            case CallerHungUp():
                self._hung_up(self._clock.monotonic())
            case _:
                pass
        if listening is not None:
            listening.take(event)

    def _hung_up(self, at: float) -> None:
        self._unsaid = not self._gone
        self._gone = True
        self._begin_final_processing(at)

    def _closed(self) -> Commands:
        """Tell the interpreter of the hang-up. Its next commands when that closes the open ask, else none."""
        if not self._unsaid:
            return ()
        self._unsaid = False
        return self._interpreter.handle(CallerHungUp())

    def _begin_final_processing(self, at: float) -> None:
        if self._deadline is None:
            self._deadline = at + self._final_seconds
