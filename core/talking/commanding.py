"""What a caller says or presses to end a recording or a transfer: VoiceXML 2.0, 2.3.6 and 2.3.7."""

from dataclasses import replace
from math import inf
from typing import Final

from mirabelle.core.interfaces.telephony import Played, Pressed, PromptBegan, SpeechBegan, Spoke
from mirabelle.core.talking import story
from mirabelle.core.talking.conversation import Commands, Conversation, Happening
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import Recognized
from mirabelle.vxml_interpreter.commands import Collect
from mirabelle.vxml_interpreter.input.collector import Collector
from mirabelle.vxml_interpreter.input.heard import Key, SpeechStart, Utterance

# Seconds. Whoever speaks for longer than this does not command but talk, and is waited for no longer.
LONGEST_COMMAND: Final = 10.0


class Commanding:
    """Listens for input that a grammar allows, however long it takes; all other input is ignored.

    `ask` has the prompts that come first. `by_speaking`: whoever speaks interrupts them, though no grammar may listen.
    """

    def __init__(self, ask: Collect, talk: Conversation, *, by_speaking: bool) -> None:
        self.interrupts = False
        self._ask = replace(ask, timing=replace(ask.timing, timeout=inf))
        self._talk = talk
        self._by_speaking = by_speaking
        self._playing = -1
        self._speaks = False
        self._told = False
        self._told_of = story.listen(ask)
        self._collector = Collector(self._ask, talk.type_ahead, talk.clock.monotonic())
        talk.playback.forget_marks()

    @property
    def matched(self) -> Recognized | None:
        """The input that ended it."""
        answer = self._collector.answer
        return replace(answer, mark=self._talk.playback.passed) if isinstance(answer, Recognized) else None

    async def next(self) -> Happening:
        """What happens next, taken already; None when only time has passed."""
        until = self._judges_at
        event = await self._talk.next(until)
        if event is None and until is not None:
            self._collector.wake(until)
        self._talk.take(event, self)
        return event

    async def play(self) -> Commands:
        """Play the prompts until they are over or interrupted. Commands: the caller has hung up, and these are due."""
        talk, playback = self._talk, self._talk.playback
        self._judge()
        if self.matched is None and not talk.gone:
            playback.play(() if self.interrupts else self._ask.prompts, listening=True)
        while playback.playing and self.matched is None:
            if closed := talk.closed():
                self._tell_listen()
                return closed
            await self.next()
            if self.interrupts:
                playback.stop()
        await talk.fall_silent()
        # A leg that ends reports first that nothing plays any more.
        talk.take_what_is_there(self)
        self._tell_listen()
        return talk.closed()

    async def hear_out(self) -> Commands:
        """Wait for the end of what the caller began to say during the prompts. Commands: as for `play`."""
        limit = self._talk.clock.monotonic() + LONGEST_COMMAND
        while self._speaks and self.matched is None and self._talk.clock.monotonic() < limit:
            if closed := self._talk.closed():
                return closed
            self._talk.take(await self._talk.next(limit), self)
        # What was said may be judged only when nothing follows it.
        while self._judges_at is not None and self.matched is None and self._judges_at <= limit:
            if closed := self._talk.closed():
                return closed
            await self.next()
        return self._talk.closed()

    @property
    def _judges_at(self) -> float | None:
        wakes_at = self._collector.wakes_at
        return None if wakes_at is None or wakes_at == inf else wakes_at

    def take(self, event: Happening) -> None:
        """Take what happened on the line."""
        match event:
            case PromptBegan(at, index) if self._collector_knows(index):
                self._playing = index
                self._collector.prompt_began(index, at)
            case Played(at):
                self._playing = -1
                self._collector.prompts_ended(at)
                self._tell_listen()
            case Pressed(at, key):
                self._collector.feed(Key(key), at)
            case SpeechBegan(at):
                self._speaks = True
                self.interrupts = self.interrupts or self._may_be_spoken_into()
                self._collector.feed(SpeechStart(), at)
            case Spoke(at, began, alternatives):
                self._speaks = False
                self._collector.feed(Utterance(began, alternatives), at)
            case _:
                pass
        self._judge()

    def tell_matched(self) -> None:
        """What the caller put in, and what was made of it."""
        if self.matched is not None:
            for kind, data in story.heard(self._ask, self.matched, self._collector.value):
                self._talk.tell(kind, data)

    def _judge(self) -> None:
        self.interrupts = self.interrupts or self._collector.interrupts
        while self._collector.answer is not None and self.matched is None:
            # What was put in is no command: begin anew, the prompts behind us.
            self._ask = replace(self._ask, prompts=())
            self._collector = Collector(self._ask, self._talk.type_ahead, self._talk.clock.monotonic())

    def _collector_knows(self, index: int) -> bool:
        return index < len(self._ask.prompts)

    def _may_be_spoken_into(self) -> bool:
        if not self._by_speaking or not 0 <= self._playing < len(self._ask.prompts):
            return False
        prompt = self._ask.prompts[self._playing]
        return prompt.bargein and not prompt.hotword

    def _tell_listen(self) -> None:
        if not self._told:
            self._told = True
            self._talk.tell(EventKind.LISTEN, self._told_of)
