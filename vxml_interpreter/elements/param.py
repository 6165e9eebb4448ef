"""<param>: VoiceXML 2.0, 6.4. What it means is up to the item around it: subdialog or object."""

from mirabelle.vxml_interpreter.declarations import Attribute, Declaration, one_of, some_text, token

DECLARATIONS = (
    Declaration(
        name="param",
        section="6.4",
        attributes=(
            Attribute("name", token, required=True),
            Attribute("expr", some_text),
            Attribute("value"),
            Attribute("valuetype", one_of("data", "ref")),
            Attribute("type", some_text),
        ),
        exactly_one=(("expr", "value"),),
    ),
)
