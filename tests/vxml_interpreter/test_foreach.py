"""<foreach>: its bounds, and where it may stand. VoiceXML 2.1, 6."""

from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.vxml_interpreter.settings import Limits, Settings

Talk = Callable[..., Any]
FEW = Settings(Limits(iterations=30))
LONG = '<foreach item="i" array="new Array({})">{}</foreach>'


@pytest.mark.parametrize(
    "content",
    [
        LONG.format(31, '<var name="a"/>'),
        LONG.format(6, LONG.format(6, '<var name="a"/>')),
        LONG.format(20, '<var name="a"/>') * 2,
        f"<prompt>{LONG.format(31, 'x')}</prompt>",
    ],
)
def test_loops_that_nobody_hears_come_to_an_end(talk: Talk, content: str) -> None:
    conversation = talk(f"<form><block>{content}</block></form>", settings=FEW)
    assert conversation.thrown == ["error.semantic"]
    assert "30 iterations without waiting for the caller" in conversation.messages[0]


def test_what_the_caller_hears_begins_a_new_count(talk: Talk) -> None:
    field = '<field name="f{}"><prompt>Now?</prompt><option dtmf="1">yes</option></field>'
    loop = f"<block>{LONG.format(20, '<var name=&quot;a&quot;/>'.replace('&quot;', chr(34)))}</block>"
    conversation = talk(f"<form>{loop}{field.format(1)}{loop}{field.format(2)}</form>", "[1]", "[1]", settings=FEW)
    assert conversation.thrown == []
    assert conversation.heard == ["Now?", "Now?"]


@pytest.mark.parametrize("length", ["4294967295", "1e6"])
def test_an_array_that_is_long_but_empty_is_an_event(talk: Talk, length: str) -> None:
    conversation = talk(f"<form><block>{LONG.format(length, '')}</block></form>")
    assert conversation.thrown == ["error.semantic"]
    assert "limit of" in conversation.messages[0]


def test_bare_text_in_content_is_a_prompt_for_each_item(talk: Talk) -> None:
    assert talk(f"<form><block>{LONG.format(2, 'Hello')}</block></form>").heard == ["Hello", "Hello"]


def test_it_can_stand_in_any_content_and_in_any_prompt(talk: Talk) -> None:
    loop = '<foreach item="i" array="[1, 2]"><value expr="i"/></foreach>'
    content = f"""
      <form>
        <field name="f">
          <prompt>In a field {loop}</prompt>
          <option dtmf="1">yes</option>
          <noinput>{loop}<reprompt/></noinput>
          <filled><if cond="true">{loop}</if></filled>
        </field>
      </form>"""
    heard = talk(content, "[silence]", "[1]").heard
    assert heard == ["In a field 12", "1", "2", "In a field 12", "1", "2"]


def test_the_item_of_a_prompt_belongs_to_the_scope_around_it(talk: Talk) -> None:
    content = """
      <form>
        <field name="f">
          <prompt><foreach item="i" array="['a', 'b']"><value expr="i"/></foreach></prompt>
          <option dtmf="1">yes</option>
        </field>
        <block><value expr="dialog.i"/></block>
      </form>"""
    assert talk(content, "[1]").heard == ["ab", "b"]
