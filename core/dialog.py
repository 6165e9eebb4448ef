"""Drives one Interpreter over one text leg: commands out, events in."""

import traceback
from collections.abc import Sequence
from typing import Final

from mirabelle.core.interfaces.component import Clock
from mirabelle.core.interfaces.telephony import TextLeg
from mirabelle.core.observing import written
from mirabelle.core.talking import story
from mirabelle.core.talking.conversation import Commands, Conversation, FinalProcessingOver, Interpreting
from mirabelle.core.talking.fetching import FetchResource, fetch
from mirabelle.core.talking.invoking import invoke
from mirabelle.core.talking.line import Line
from mirabelle.core.talking.listening import Listening
from mirabelle.core.talking.means import Means
from mirabelle.core.talking.prefetching import Prefetching
from mirabelle.core.talking.recording import record
from mirabelle.core.talking.telling import Tell
from mirabelle.core.talking.transferring import transfer
from mirabelle.core.talking.utterances import Utterances
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import Done
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
    Invoke,
    Lenient,
    Log,
    Play,
    Prefetch,
    Record,
    Thrown,
    Traced,
    Transfer,
    Unheard,
)
from mirabelle.vxml_interpreter.input.collector import Collector
from mirabelle.vxml_interpreter.speech.prompt import Prompt

__all__ = ["Dialogue", "FetchResource", "Interpreting"]

# 1.5.4: what a script may still do once the caller is gone.
FINAL_SECONDS: Final = 60.0


class Dialogue:
    """One dialogue, from its first document to its end.

    `line` must carry the events of `leg`, from the answer on. `fetch` gets what the script asks for and does not raise;
    `means` are for records, transfers and objects; without `prefetching` nothing is fetched ahead of need.
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
        means: Means | None = None,
        prefetching: Prefetching | None = None,
    ) -> None:
        self._interpreter = interpreter
        self._talk = Conversation(interpreter, leg, line, clock, tell, final_seconds)
        self._leg = leg
        self._fetch_resource = fetch
        self._clock = clock
        self._tell = tell
        self._final_seconds = final_seconds
        self._means = means or Means()
        self._prefetching = prefetching

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
            if self._prefetching is not None:
                self._prefetching.close()
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
            case Unheard(prompt):
                self._tell(EventKind.UNHEARD, story.prompt(prompt))
            case Entered(url):
                self._tell(EventKind.DOCUMENT, {"url": url})
            case Lenient(name, message, url, lines):
                data = {"name": name, "message": message, "url": url, "lines": list(lines)}
                self._tell(EventKind.LENIENT, data)
            case Thrown(name, message, caught_by):
                self._tell(EventKind.THROWN, {"name": name, "message": message, "caught_by": caught_by})
            case Traced(step, text, url, at_line):
                self._tell(EventKind.TRACE, {"step": step, "text": text, "url": url, "line": at_line})
            case Prefetch(request):
                if self._prefetching is not None:
                    self._prefetching.begin(request)
            case Disconnect(values):
                self._tell(EventKind.DISCONNECT, {"values": dict(values)})
                self._talk.begin_final_processing(self._clock.monotonic())
                self._leg.hang_up()
            case _:
                raise TypeError(f"{command!r} is followed by other commands")

    async def _answer(self, ask: Command) -> Commands:
        if closed := self._talk.closed():
            return closed
        match ask:
            case Collect():
                return await self._collect(ask)
            case Play(prompts):
                return await self._play(prompts)
            case Fetch():
                return await fetch(self._talk, ask, self._fetch_resource)
            case Record():
                return await record(self._talk, ask, self._means)
            case Transfer():
                return await transfer(self._talk, ask, self._means)
            case Invoke():
                return await invoke(self._talk, ask, self._means)
            case Breathe():
                return await self._breathe()
            case _:
                raise TypeError(f"{ask!r} is the last command but asks nothing")

    async def _play(self, prompts: Sequence[Prompt]) -> Commands:
        if not self._talk.gone:
            self._talk.playback.play(prompts, listening=False)
        while self._talk.playback.playing:
            self._talk.take(await self._talk.next())
            # A leg that ends reports first that nothing plays any more.
            self._talk.take_what_is_there()
            if closed := self._talk.closed():
                return closed
        return self._talk.reply(Done())

    async def _breathe(self) -> Commands:
        """Others run while we look whether anything has happened; the ask stays open whatever that was."""
        while (event := await self._talk.next(self._clock.monotonic())) is not None:
            self._talk.take(event)
            self._talk.closed()
        return self._interpreter.handle(Done())

    async def _collect(self, ask: Collect) -> Commands:
        self._talk.take_what_is_there()
        self._talk.playback.forget_marks()
        listening = Listening(ask, Collector(ask, self._talk.type_ahead, self._clock.monotonic()), self._tell)
        collector, utterances = listening.collector, Utterances(self._talk, ask, self._means)
        if collector.answer is None and not self._talk.gone:
            self._talk.playback.play(() if collector.interrupts else ask.prompts, listening=True)
        while collector.answer is None:
            if closed := self._talk.closed():
                listening.tell_listen()
                return closed
            wakes_at = collector.wakes_at
            event = await self._talk.next(wakes_at)
            if event is None and wakes_at is not None:
                # Not by the clock: where spans are added up it may be a hair's breadth short of the instant.
                collector.wake(wakes_at)
            self._talk.take(event, listening)
            utterances.take(event)
            if self._talk.gone:
                collector.line_ended()
            if collector.interrupts:
                self._talk.playback.stop()
        await self._talk.fall_silent()
        listening.tell_answer(collector.answer)
        answer = listening.marked(collector.answer, self._talk.playback.passed)
        return self._talk.reply(await utterances.kept(answer))
