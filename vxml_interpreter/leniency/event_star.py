"""event-star: an asterisk in the events of a `<catch>`. VoiceXML 2.0 matches prefixes without any: 5.2.4."""

from typing import Final

from lxml import etree

from mirabelle.vxml_interpreter.mending import Leniency, Mending


def mend(node: etree._Element, mending: Mending) -> None:
    """`error.*` is the prefix `error`, and `*` alone is every event."""
    written = node.get("event", "")
    names = written.split()
    if not any(_starred(name) for name in names):
        return
    meant = [name.removesuffix("*").rstrip(".") if _starred(name) else name for name in names]
    if all(meant):
        node.set("event", " ".join(meant))
        advice = f'event="{" ".join(meant)}", which catches what begins so'
    else:
        del node.attrib["event"]
        advice = 'no attribute "event", which catches everything'
    mending.tell(LENIENCY.name, node, f'event="{written}" is no name of an event; write {advice}')


def _starred(name: str) -> bool:
    return name == "*" or name.endswith(".*")


LENIENCY: Final = Leniency(
    name="event-star",
    section="VoiceXML 2.0, 5.2.4",
    accepts='A `<catch>` whose `event` names end with an asterisk: `event="error.*"`, `event="*"`.',
    makes="The prefix without the asterisk, which catches the same; a lone `*` catches every event.",
    elements=frozenset({"catch"}),
    mend=mend,
)
