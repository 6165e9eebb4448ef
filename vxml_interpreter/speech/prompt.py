"""Prompts that are ready to be heard: VoiceXML 2.0, 4.1, and SSML 1.0. Every expression in them has been evaluated."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

SHORTEST_WAIT: Final = 0.1
"""Seconds: what is shorter is no waiting."""
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """One element of SSML that shapes what is inside it (SSML 1.0, 3.1 and 3.2): `p`, `voice`, `prosody`, `say-as`...

    Two that look alike are two all the same: `<s/><s/>` are two sentences. `attributes` are those that were written,
    each with a value that SSML allows.
    """

    name: str
    attributes: Mapping[str, str] = field(default_factory=lambda: _NO_ATTRIBUTES)


@dataclass(frozen=True, slots=True)
class Text:
    """Words to be spoken; `within` is the markup around them, outermost first.

    White space is collapsed over the whole prompt: a blank at the beginning or end stands between these words and
    those beside them. Empty only inside a `phoneme`, which may be all that there is.
    """

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
    """Silence of that many seconds. `strength` is the word of SSML 1.0, 3.2.3, "" where only a time was given."""

    seconds: float
    within: tuple[Markup, ...] = ()
    strength: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A named place, passed when what stands before it has been heard (SSML 1.0, 3.3.2; VoiceXML 2.1, 4)."""

    name: str
    within: tuple[Markup, ...] = ()


Segment = Text | Audio | Break | Mark


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A pronunciation lexicon (SSML 1.0, 3.1.4): its absolute URI and media type, "" for any. Later ones prevail."""

    url: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One queued prompt, its expressions evaluated (4.1.8). `timeout` None: the property decides."""

    segments: tuple[Segment, ...]
    bargein: bool = True
    hotword: bool = False
    timeout: float | None = None
    language: str | None = None
    lexicons: tuple[Lexicon, ...] = ()

    @property
    def text(self) -> str:
        """What is heard when no audio can be had: text in reading order, white space collapsed."""
        return " ".join("".join(_words(self.segments)).split())


def takes_time(prompts: Iterable[Prompt]) -> bool:
    """Whether the caller hears anything of these, if only silence, as far as can be known beforehand."""
    return any(
        not isinstance(segment, Mark | Break) or _lasts(segment) for prompt in prompts for segment in prompt.segments
    )


def _lasts(segment: Mark | Break) -> bool:
    return isinstance(segment, Break) and segment.seconds >= SHORTEST_WAIT


def _words(segments: tuple[Segment, ...]) -> Iterator[str]:
    """Breaks and recordings stand between words (SSML 1.0, 1.2: no word spans them); marks are not heard at all."""
    for segment in segments:
        if isinstance(segment, Text):
            yield segment.text
        elif isinstance(segment, Audio):
            yield " "
            yield from _words(segment.fallback)
            yield " "
        elif isinstance(segment, Break):
            yield " "
