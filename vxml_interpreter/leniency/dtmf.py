"""dtmf-1.0: the element `<dtmf>`, VoiceXML 1.0's for grammars of keys. VoiceXML 2.0 has grammar modes: 3.1.2."""

from typing import Final

from lxml import etree

from mirabelle.vxml_interpreter.mending import Leniency, Mending


def mend(node: etree._Element, mending: Mending) -> None:
    """Make a grammar of mode dtmf of it."""
    mending.tell(LENIENCY.name, node, 'VoiceXML 2.0 has no <dtmf>; write <grammar mode="dtmf">')
    mending.rename(node, "grammar")
    node.set("mode", "dtmf")


LENIENCY: Final = Leniency(
    name="dtmf-1.0",
    section="VoiceXML 2.0, 3.1.2",
    accepts="The element `<dtmf>` of VoiceXML 1.0.",
    makes='`<grammar mode="dtmf">` with the same attributes and the same content.',
    elements=frozenset({"dtmf"}),
    mend=mend,
)
