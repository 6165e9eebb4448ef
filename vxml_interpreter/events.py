"""Events: VoiceXML 2.0, 5.2. A thrown event is an exception; handlers are found where the dialogue catches it."""

from typing import Final

LONGEST_TOLD: Final = 2_000
"""Characters of a message that people are told; handlers get all of it."""


class Event(Exception):
    """An event on its way to its handler. `message` None: nothing was said, `_message` is undefined (5.2.2)."""

    def __init__(self, name: str, message: str | None = None) -> None:
        self.name = name
        self.message = message
        super().__init__(f"{name}: {self.told}" if message else name)

    @property
    def told(self) -> str:
        """The message for people."""
        return shortened(self.message or "", LONGEST_TOLD)


def shortened(text: str, longest: int) -> str:
    """The text, its end cut off and three dots in its place where it has more characters than that."""
    return text if len(text) <= longest else f"{text[:longest]}..."


NOINPUT = "noinput"
NOMATCH = "nomatch"
HANGUP = "connection.disconnect.hangup"
TRANSFERRED = "connection.disconnect.transfer"
SEMANTIC = "error.semantic"
BADFETCH = "error.badfetch"
UNSUPPORTED = "error.unsupported"
NOAUTHORIZATION = "error.noauthorization"


def event_name(name: str) -> tuple[str, ...]:
    """An event's name as tokens, trailing dots removed: 5.2.4. Nothing is left of a name that matches everything."""
    stripped = name.rstrip(".")
    return tuple(stripped.split(".")) if stripped else ()
