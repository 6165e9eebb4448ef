"""A driver for interpreters that knows neither time nor telephones: a caller who says what is written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import (
    CallerHungUp,
    Done,
    Fetched,
    NothingHeard,
    Notice,
    NotMatched,
    Recognized,
    Reply,
)
from mirabelle.vxml_interpreter.commands import (
    Ask,
    Breathe,
    Collect,
    Command,
    Disconnect,
    Ended,
    Fetch,
    FetchRequest,
    Log,
    Play,
    Thrown,
)
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.grammar.matching import Grammar, Match, Mode
from mirabelle.vxml_interpreter.grammar.tokens import keys, words
from mirabelle.vxml_interpreter.interpreter import Interpreter
from mirabelle.vxml_interpreter.script import Json
from mirabelle.vxml_interpreter.settings import Settings
from mirabelle.vxml_interpreter.speech.prompt import Prompt

START = "http://app/start.vxml"
HANGUP = "[hangup]"
SILENCE = "[silence]"
DOCUMENTS = Documents(capacity=1_000)
ENGINE = Js2pyEngine()


def wrapped(content: str) -> str:
    """A document around some content."""
    return f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml">{content}</vxml>'


@dataclass
class Conversation:
    """What happened: the prompts heard, the inputs taken, the requests made, everything told."""

    heard: list[str] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    told: list[Command] = field(default_factory=list)

    @property
    def ended(self) -> Ended:
        (ended,) = [command for command in self.told if isinstance(command, Ended)]
        return ended

    @property
    def requests(self) -> list[FetchRequest]:
        """All but the first."""
        return [ask.request for ask in self.asks if isinstance(ask, Fetch)][1:]

    @property
    def collects(self) -> list[Collect]:
        return [ask for ask in self.asks if isinstance(ask, Collect)]

    @property
    def thrown(self) -> list[str]:
        return [command.name for command in self.told if isinstance(command, Thrown)]

    @property
    def messages(self) -> list[str]:
        return [command.message for command in self.told if isinstance(command, Thrown)]

    @property
    def logged(self) -> list[str]:
        return [command.text for command in self.told if isinstance(command, Log)]

    @property
    def disconnected(self) -> bool:
        return any(isinstance(command, Disconnect) for command in self.told)


Answer = str | tuple[int, str] | Fetched


class Caller:
    """Answers the asks of one dialogue: from a list of inputs, and from a table of documents (missing: 404)."""

    def __init__(self, interpreter: Interpreter, inputs: Iterable[str], documents: Mapping[str, Answer]) -> None:
        self.interpreter = interpreter
        self.inputs = list(inputs)
        self.documents = documents
        self.conversation = Conversation()

    def run(self, start: str = START) -> Conversation:
        commands = self.interpreter.start(FetchRequest(start))
        for _ in range(100_000):
            self.conversation.told += [command for command in commands if not isinstance(command, Ask)]
            if self.interpreter.ended:
                return self.conversation
            commands = self.interpreter.handle(self.answer(commands[-1]))
        raise AssertionError("the dialogue does not end")

    def answer(self, ask: Command) -> Reply | Notice:
        assert isinstance(ask, Ask), ask
        self.conversation.asks.append(ask)
        if isinstance(ask, Breathe):
            return Done()
        if isinstance(ask, Fetch):
            self._hear(ask.prompts)
            return self._fetched(ask.request)
        self._hear(ask.prompts)
        if isinstance(ask, Play):
            return Done()
        assert isinstance(ask, Collect), ask
        return self._spoken(ask, self.inputs.pop(0) if self.inputs else HANGUP)

    def _hear(self, prompts: tuple[Prompt, ...]) -> None:
        self.conversation.prompts += prompts
        self.conversation.heard += [prompt.text for prompt in prompts]

    def _fetched(self, request: FetchRequest) -> Fetched:
        answer = self.documents.get(request.url, (404, "gone"))
        if isinstance(answer, Fetched):
            return answer
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        return Fetched(request.url, status, {"content-type": "application/voicexml+xml"}, body.encode())

    def _spoken(self, ask: Collect, text: str) -> Reply | Notice:
        if text == HANGUP:
            return CallerHungUp()
        if text == SILENCE:
            return NothingHeard()
        mode = Mode.DTMF if text.startswith("[") else Mode.VOICE
        tokens = keys(text.strip("[]")) if mode is Mode.DTMF else words(text)
        if mode is Mode.DTMF and len(tokens) > 1 and tokens[-1] == ask.timing.termchar:
            tokens = tokens[:-1]
        for active in ask.grammars:
            matches = matched(active.grammar, tokens) if active.grammar.mode is mode else ()
            if matches:
                return Recognized(active.key, mode, tuple(matches), 0.9)
        return NotMatched(mode, text)


def matched(grammar: Grammar, tokens: tuple[str, ...]) -> tuple[Match, ...]:
    matching = grammar.start()
    for token in tokens:
        further = matching.advance(token)
        if further is None:
            return ()
        matching = further
    return tuple(matching.results())


Talk = Callable[..., Conversation]


@pytest.fixture
def talk() -> Talk:
    """Run a document, or what stands inside of one, with these inputs, then a hang-up."""

    def run(
        content: str,
        *inputs: str,
        documents: Mapping[str, Answer] | None = None,
        variables: Mapping[str, Json] | None = None,
        settings: Settings | None = None,
    ) -> Conversation:
        body = content if content.startswith("<vxml") else wrapped(content)
        interpreter = Interpreter(ENGINE, variables or {}, DOCUMENTS, settings or Settings())
        return Caller(interpreter, inputs, {START: body, **(documents or {})}).run()

    return run
