"""One collection on a line: what is heard goes to the collector, what comes of it into the story."""

from dataclasses import replace

from mirabelle.core.interfaces.telephony import LegEvent, Played, Pressed, PromptBegan, SpeechBegan, Spoke
from mirabelle.core.talking import story
from mirabelle.core.talking.telling import Tell
from mirabelle.core.types import EventKind
from mirabelle.vxml_interpreter.answers import MarkPassed, Notice, NotMatched, Recognized
from mirabelle.vxml_interpreter.commands import Collect
from mirabelle.vxml_interpreter.input.collector import Answer, Collector
from mirabelle.vxml_interpreter.input.heard import Key, SpeechStart, Utterance


class Listening:
    """Feeds a collector from a line, and tells of it."""

    def __init__(self, ask: Collect, collector: Collector, tell: Tell) -> None:
        self.collector = collector
        self._ask = ask
        self._tell = tell
        self._told = False

    def take(self, event: LegEvent | Notice | None) -> None:
        """Take what happened on the line."""
        match event:
            case PromptBegan(at, index):
                self.collector.prompt_began(index, at)
            case Played(at):
                self.collector.prompts_ended(at)
                self.tell_listen()
            case Pressed(at, key):
                self.collector.feed(Key(key), at)
            case SpeechBegan(at):
                self.collector.feed(SpeechStart(), at)
            case Spoke(at, began, alternatives):
                self.collector.feed(Utterance(began, alternatives), at)
            case _:
                pass

    def marked(self, answer: Answer, passed: MarkPassed | None) -> Answer:
        """The answer, with the mark that was passed last before it (VoiceXML 2.1, 4)."""
        return replace(answer, mark=passed) if isinstance(answer, Recognized | NotMatched) else answer

    def tell_listen(self) -> None:
        """Told once, when the prompts are over: in the order in which people read it."""
        if not self._told:
            self._told = True
            self._tell(EventKind.LISTEN, story.listen(self._ask))

    def tell_answer(self, answer: Answer) -> None:
        """What the caller put in, and what was made of it."""
        self.tell_listen()
        for kind, data in story.heard(self._ask, answer, self.collector.value):
            self._tell(kind, data)
