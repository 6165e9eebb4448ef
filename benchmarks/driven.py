"""One dialogue driven by hand: what the figures about the interpreter have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mirabelle.vxml_interpreter.answers import Done, Fetched, Recognized
from mirabelle.vxml_interpreter.commands import Breathe, Collect, Command, Ended, Fetch, FetchRequest, Play
from mirabelle.vxml_interpreter.grammar.matching import Match, Mode
from mirabelle.vxml_interpreter.interpreter import Interpreter

URL: Final = "http://client.example/document.vxml"


@dataclass(slots=True)
class Driven:
    """A dialogue whose document is `body`. It is answered with keys, and waits whenever it listens."""

    interpreter: Interpreter
    body: bytes
    turns: int = 0

    def begin(self) -> "Driven":
        """Run to where it listens for the first time."""
        self._run(self.interpreter.start(FetchRequest(URL)))
        return self

    def turn(self, key: str) -> None:
        """Press a key, which the first grammar takes, and run to where it listens again."""
        self._run(self.interpreter.handle(Recognized(0, Mode.DTMF, (Match(key, key),))))

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self.interpreter.ended

    def _run(self, commands: Sequence[Command]) -> None:
        while True:
            match commands[-1]:
                case Ended():
                    return
                case Collect():
                    self.turns += 1
                    return
                case Fetch():
                    answer = Fetched(URL, 200, {"content-type": "application/voicexml+xml"}, self.body)
                    commands = self.interpreter.handle(answer)
                case Play() | Breathe():
                    commands = self.interpreter.handle(Done())
                case other:
                    raise RuntimeError(f"nobody answers {other}")


def wrapped(content: str) -> bytes:
    """A document of this content."""
    return f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml">{content}</vxml>'.encode()
