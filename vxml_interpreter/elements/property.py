"""<property>: VoiceXML 2.0, 6.3. Its value belongs to the element around it."""

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, token

DECLARATIONS = (
    Declaration(
        name="property",
        section="6.3",
        attributes=(Attribute("name", token, required=True), Attribute("value", required=True)),
    ),
)
