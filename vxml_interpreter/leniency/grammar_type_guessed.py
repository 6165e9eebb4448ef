"""grammar-type-guessed: a grammar whose media type is missing or not what its content is. VoiceXML 2.0, 3.1.1.4.

Inline grammars are mended here. Who fetches a grammar asks `guess` when the leniency is in force.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lxml import etree

from mirabelle.vxml_interpreter.mending import Leniency, Mending

SRGS_XML: Final = "application/srgs+xml"
SRGS_ABNF: Final = "application/srgs"
JSGF: Final = "application/x-jsgf"
GSL: Final = "application/x-nuance-gsl"
PHRASES: Final = "application/vnd.mirabelle.phrases+json"

# From the beginning of the content; a document of another kind is none of these.
_BEGINNINGS: Mapping[str, "re.Pattern[str]"] = MappingProxyType(
    {
        SRGS_ABNF: re.compile(r"\ufeff?#ABNF\s+\d"),
        JSGF: re.compile(r"\ufeff?\s*#JSGF\b"),
        PHRASES: re.compile(r"\ufeff?\s*\[\s*\{\s*\""),
        GSL: re.compile(r"\ufeff?\s*;GSL\d"),
        SRGS_XML: re.compile(
            r"\ufeff?\s*(?:<\?[^>]*>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^>\[]*>|\s)*<(?:[\w.-]+:)?grammar\b",
            re.DOTALL,
        ),
    }
)
_LOOKED_AT: Final = 4_000
_ENCODINGS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


def media_type_of(content: str | bytes) -> str | None:
    """The media type that the content itself says it is of; None when it does not say. Looks at its beginning only."""
    beginning = content[:_LOOKED_AT] if isinstance(content, str) else _text(content[:_LOOKED_AT])
    return next((name for name, pattern in _BEGINNINGS.items() if pattern.match(beginning)), None)


def _text(content: bytes) -> str:
    encoding = next((name for mark, name in _ENCODINGS if content.startswith(mark)), "utf-8-sig")
    return content.decode(encoding, "ignore")


def guess(content: str | bytes, declared: str | None) -> str | None:
    """The media type to read a fetched grammar as, when the declared one is not its own.

    None: nothing is declared (then everybody may look, 3.1.1.4), it is what it is declared to be, or does not say what
    it is. Parameters (`;charset=...`) do not count.
    """
    found = media_type_of(content) if essence(declared) else None
    return None if found == essence(declared) else found


def essence(media_type: str | None) -> str:
    """A media type without parameters, in small letters: "application/srgs+xml"."""
    return (media_type or "").partition(";")[0].strip().lower()


def warning(declared: str | None, guessed: str) -> str:
    """What is told of it."""
    written = essence(declared)
    fault = f'the grammar is no "{written}"' if written else "the grammar has no media type"
    return f'{fault}; it is read as "{guessed}", by its content'


def mend(node: etree._Element, mending: Mending) -> None:
    """Give an inline grammar the type of its content. What has elements can be SRGS's XML only."""
    if len(node):
        found = SRGS_XML if node.get("type") is not None else None
    else:
        found = media_type_of((node.text or "").lstrip())
    declared = node.get("type")
    if found is not None and found != essence(declared):
        node.set("type", found)
        mending.tell(LENIENCY.name, node, warning(declared, found))


LENIENCY: Final = Leniency(
    name="grammar-type-guessed",
    section="VoiceXML 2.0, 3.1.1.4",
    accepts="A grammar without a media type where it needs one, or of another than its content is.",
    makes=(
        "The type of its content, if that says it: `<grammar` is SRGS's XML (application/srgs+xml), `#ABNF` its other"
        " form (application/srgs), `#JSGF` and `;GSL` are formats of others, `[{` is a list of phrases."
    ),
    elements=frozenset({"grammar"}),
    mend=mend,
)
