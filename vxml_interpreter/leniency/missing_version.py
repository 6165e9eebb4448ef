"""missing-version: the root element has no version. VoiceXML 2.0, F.1 and 1.5.1."""

from typing import Final

from lxml import etree

from mirabelle.vxml_interpreter.mending import Leniency, Mending


def mend(node: etree._Element, mending: Mending) -> None:
    """Read it as the version of the recommendation."""
    if not node.get("version", "").strip():
        node.set("version", "2.0")
        mending.tell(LENIENCY.name, node, 'the attribute "version" is missing; it is read as version="2.0"')


LENIENCY: Final = Leniency(
    name="missing-version",
    section="VoiceXML 2.0, F.1",
    accepts="A root element `<vxml>` without the attribute `version`, or with an empty one.",
    makes='`version="2.0"`. Other versions than 2.0 and 2.1 are refused.',
    elements=frozenset({"vxml"}),
    mend=mend,
)
