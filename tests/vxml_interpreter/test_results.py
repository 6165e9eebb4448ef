"""What fills a field: VoiceXML 2.0, 3.1.6.2 and Table 32."""

import pytest

from mirabelle.vxml_interpreter.results import slot_value
from mirabelle.vxml_interpreter.script import UNDEFINED, Json

PIZZA: Json = {
    "drink": {"size": "large", "liquid": "coke"},
    "pizza": {"number": "3", "size": "large", "topping": ["pepperoni", "mushroom"]},
    "sidedish": None,
    "none": False,
}


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("drink", {"size": "large", "liquid": "coke"}),
        ("pizza.size", "large"),
        ("pizza.topping", ["pepperoni", "mushroom"]),
        ("none", False),
        ("sidedish", UNDEFINED),
        ("size", UNDEFINED),
        ("pizza.liquid", UNDEFINED),
        ("pizza.topping.0", UNDEFINED),
        ("undefined", UNDEFINED),
    ],
)
def test_a_slot_matches_a_property_that_has_a_value(slot: str, value: object) -> None:
    assert slot_value(PIZZA, slot) == value


@pytest.mark.parametrize("simple", ["hello", 7, True, None, ["a"]])
def test_a_simple_result_has_no_slots(simple: Json) -> None:
    assert slot_value(simple, "x") is UNDEFINED
