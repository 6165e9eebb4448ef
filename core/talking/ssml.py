"""A queued prompt written as SSML 1.0, for people and for platforms that synthesise themselves."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from mirabelle.vxml_interpreter.speech.prompt import Audio, Break, Mark, Markup, Prompt, Segment, Text

NAMESPACE: Final = "http://www.w3.org/2001/10/synthesis"
# RFC 3066: for SSML every text has a language.
_UNDETERMINED = "und"
# What XML 1.0 cannot hold, and a script's strings can.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def ssml(prompt: Prompt) -> str:
    """One `<speak>` element, white space in its text collapsed. Characters that XML does not know become U+FFFD."""
    head = _tag("speak", {"version": "1.0", "xmlns": NAMESPACE, "xml:lang": prompt.language or _UNDETERMINED})
    lexicons = (_tag("lexicon", _some(uri=lexicon.url, type=lexicon.type), "/>") for lexicon in prompt.lexicons)
    return "".join((head, *lexicons, *_written(prompt.segments, 0), "</speak>"))


def _written(segments: Iterable[Segment], depth: int) -> Iterator[str]:
    """The segments with the markup around them opened and closed, but for the `depth` outermost elements."""
    around: Sequence[Markup] = ()
    before: Segment | None = None
    for segment in segments:
        within = segment.within[depth:]
        shared = _shared(around, within)
        yield from (f"</{markup.name}>" for markup in reversed(around[shared:]))
        # No word spans them; the blank is for readers who drop tags.
        yield " " if before is not None and (_apart(before) or _apart(segment)) else ""
        yield from (_tag(markup.name, markup.attributes) for markup in within[shared:])
        yield from _one(segment)
        around, before = within, segment
    yield from (f"</{markup.name}>" for markup in reversed(around))


def _shared(left: Sequence[Markup], right: Sequence[Markup]) -> int:
    length = 0
    while length < min(len(left), len(right)) and left[length] is right[length]:
        length += 1
    return length


def _apart(segment: Segment) -> bool:
    return isinstance(segment, Audio | Break)


def _one(segment: Segment) -> Iterator[str]:
    match segment:
        case Audio(url, fallback, within):
            yield _tag("audio", {"src": url}, ">" if fallback else "/>")
            if fallback:
                yield from _written(fallback, len(within))
                yield "</audio>"
        case Break(seconds, _, strength):
            yield _tag("break", _some(strength=strength, time=f"{round(seconds * 1000)}ms"), "/>")
        case Mark(name):
            yield _tag("mark", {"name": name}, "/>")
        case Text(text):
            yield escape(_writable(re.sub(r"\s+", " ", text)))


def _some(**attributes: str) -> Mapping[str, str]:
    return {name: value for name, value in attributes.items() if value}


def _tag(name: str, attributes: Mapping[str, str], end: str = ">") -> str:
    return "".join((f"<{name}", *(f" {key}={quoteattr(_writable(value))}" for key, value in attributes.items()), end))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
