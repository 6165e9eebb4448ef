"""Prompts that are ready to be heard: VoiceXML 2.0, 4.1, and SSML 1.0. Every expression in them has been evaluated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """One element of SSML that shapes what is inside it (SSML 1.0, 3.1 and 3.2): `p`, `voice`, `prosody`, `say-as`...

    Two that look alike are two all the same: `<s/><s/>` are two sentences.
    """

    name: str
    attributes: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRIBUTES)


@dataclass(frozen=True, slots=True)
class Text:
    """Words to be spoken; `within` is the markup around them, outermost first."""

    text: str
    within: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Audio:
    """A recording, and what is played in its place when it cannot be had (4.1.3).

    `url` is absolute, or the address of a recording of this call. The others are its fetch attributes (6.1.1):
    `timeout` in seconds, None where nobody set one.
    """

    url: str
    fallback: tuple["Segment", ...] = ()
    within: tuple[Markup, ...] = ()
    timeout: float | None = None
    maxage: float | None = None
    maxstale: float | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """Silence of that many seconds."""

    seconds: float
    within: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A named place, passed when what stands before it has been heard (SSML 1.0, 3.3.2; VoiceXML 2.1, 3)."""

    name: str
    within: tuple[Markup, ...] = ()


Segment = Text | Audio | Break | Mark


@dataclass(frozen=True, slots=True)
class Prompt:
    """One queued prompt, its expressions evaluated (4.1.8). `timeout` None: the property decides."""

    segments: tuple[Segment, ...]
    bargein: bool = True
    hotword: bool = False
    timeout: float | None = None
    language: str | None = None

    @property
    def text(self) -> str:
        """What is heard when no audio can be had: text in reading order, white space collapsed."""
        return " ".join(" ".join(_words(self.segments)).split())


def _words(segments: tuple[Segment, ...]) -> list[str]:
    words: list[str] = []
    for segment in segments:
        if isinstance(segment, Text):
            words.append(segment.text)
        elif isinstance(segment, Audio):
            words.extend(_words(segment.fallback))
    return words
