"""What a Collect and a Fetch carry: VoiceXML 2.0, 4.1, 5.3.8, 6.1 and 6.3."""

import zlib
from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.vxml_interpreter.answers import Fetched
from mirabelle.vxml_interpreter.commands import Fetch, Play, Purpose
from mirabelle.vxml_interpreter.grammar.matching import Mode
from mirabelle.vxml_interpreter.settings import Limits, Settings
from mirabelle.vxml_interpreter.speech.prompt import Audio, Prompt

Talk = Callable[..., Any]
END = "<form/>"
SILENCE = "[silence]"


def wrapped(content: str) -> str:
    return f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml">{content}</vxml>'


def asking(content: str = "", prompt: str = "<prompt>X?</prompt>") -> str:
    return f'<form>{content}<field name="x" type="digits">{prompt}</field></form>'


def test_timing_has_the_defaults_of_the_properties(talk: Talk) -> None:
    timing = talk(asking()).collects[0].timing
    assert (timing.timeout, timing.interdigittimeout, timing.termtimeout, timing.termchar) == (5.0, 3.0, 0.0, "#")
    assert (timing.completetimeout, timing.incompletetimeout, timing.maxspeechtimeout) == (0.5, 1.0, 20.0)
    assert timing.confidencelevel == 0.5


def test_properties_are_inherited_the_innermost_holds(talk: Talk) -> None:
    conversation = talk(
        '<property name="interdigittimeout" value="1s"/><property name="termchar" value="*"/>'
        '<property name="timeout" value="9s"/>'
        '<form><property name="interdigittimeout" value="2s"/><property name="termtimeout" value="500ms"/>'
        '<field name="x" type="digits"><property name="interdigittimeout" value="4s"/>'
        '<property name="interdigittimeout" value="2500ms"/></field></form>'
    )
    timing = conversation.collects[0].timing
    assert (timing.interdigittimeout, timing.termtimeout, timing.termchar, timing.timeout) == (2.5, 0.5, "*", 9.0)


def test_properties_of_the_root_hold_in_its_leaves(talk: Talk) -> None:
    leaf = f'<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" application="root.vxml">{asking()}</vxml>'
    root = wrapped('<property name="timeout" value="8s"/><property name="termchar" value=""/>')
    timing = talk(leaf, documents={"http://app/root.vxml": root}).collects[0].timing
    assert (timing.timeout, timing.termchar) == (8.0, "")


def test_the_platform_may_set_other_defaults(talk: Talk) -> None:
    settings = Settings(properties={"timeout": "7s", "inputmodes": "dtmf"})
    collect = talk(asking(), settings=settings).collects[0]
    assert collect.timing.timeout == 7.0
    assert collect.modes == {Mode.DTMF}


def test_inputmodes_restrict_the_modes_not_the_grammars(talk: Talk) -> None:
    conversation = talk(asking('<property name="inputmodes" value="voice"/>'))
    assert conversation.collects[0].modes == {Mode.VOICE}
    assert len(conversation.collects[0].grammars) == 2


def test_the_last_prompt_gives_the_timeout_as_it_was_when_queued(talk: Talk) -> None:
    conversation = talk(
        '<property name="timeout" value="2s"/>'
        + asking("<block><prompt timeout='30s'>A.</prompt></block>")
        .replace("<field", '<field modal="true"', 1)
        .replace("<prompt>X?", '<property name="timeout" value="4s"/><prompt>X?'),
        SILENCE,
    )
    assert [prompt.timeout for prompt in conversation.collects[0].prompts] == [30.0, 4.0]
    assert conversation.collects[0].timing.timeout == 4.0


def test_a_prompt_of_a_block_keeps_the_timeout_of_its_own_place(talk: Talk) -> None:
    conversation = talk(
        asking(
            '<property name="timeout" value="2s"/><block>A.</block>',
            '<property name="timeout" value="4s"/><noinput>Hm.</noinput>',
        ),
        SILENCE,
    )
    assert conversation.collects[0].timing.timeout == 2.0
    assert conversation.collects[1].timing.timeout == 4.0, "a handler speaks with the properties of the item"


def test_bargein_and_its_type_come_from_attribute_or_property(talk: Talk) -> None:
    conversation = talk(
        '<property name="bargein" value="false"/><property name="bargeintype" value="hotword"/>'
        '<form><block>A.<prompt bargein="true" bargeintype="speech">B.</prompt></block></form>'
    )
    assert [(prompt.bargein, prompt.hotword) for prompt in conversation.prompts] == [(False, True), (True, False)]


def test_language_is_inherited_down_the_document(talk: Talk) -> None:
    body = '<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" xml:lang="de">{}</vxml>'
    content = '<form><block>Eins.<prompt xml:lang="fr">Deux.</prompt></block></form>'
    assert [prompt.language for prompt in talk(body.format(content)).prompts] == ["de", "fr"]
    assert talk("<form><block>One.</block></form>").prompts[0].language == "en-US"


def test_requests_carry_fetch_attributes_else_properties(talk: Talk) -> None:
    conversation = talk(
        '<property name="fetchtimeout" value="3s"/><property name="documentmaxage" value="60"/>'
        '<property name="scriptmaxstale" value="5"/>'
        '<script src="a.js"/><form><block><goto next="b" fetchtimeout="1s" maxstale="7"/></block></form>',
        documents={"http://app/a.js": "1"},
    )
    script, document = conversation.requests
    assert (script.purpose, script.timeout, script.maxage, script.maxstale) == (Purpose.SCRIPT, 3.0, None, 5.0)
    assert (document.purpose, document.timeout, document.maxage, document.maxstale) == (
        Purpose.DOCUMENT,
        1.0,
        60.0,
        7.0,
    )


@pytest.mark.parametrize("enctype", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_submit_sends_its_variables(talk: Talk, enctype: str) -> None:
    conversation = talk(
        '<var name="a" expr="1"/><form><var name="b" expr="undefined"/>'
        f'<block><submit next="to#second" method="post" enctype="{enctype}" namelist="a b"/></block></form>',
        documents={
            "http://app/to": wrapped('<form><block>No.</block></form><form id="second"><block>Yes.</block></form>')
        },
    )
    (request,) = conversation.requests
    assert (request.url, request.method, request.enctype) == ("http://app/to", "post", enctype)
    assert request.fields == (("a", "1"), ("b", "undefined"))
    assert conversation.heard == ["Yes."]


def test_submit_of_another_enctype_is_badfetch(talk: Talk) -> None:
    conversation = talk('<form><block><submit next="to" enctype="text/plain"/></block></form>')
    assert conversation.thrown == ["error.badfetch"]
    assert 'the enctype "text/plain" is none of' in conversation.messages[0]


def test_fetchaudio_is_heard_during_the_fetch_after_what_was_queued(talk: Talk) -> None:
    conversation = talk(
        '<property name="fetchaudio" value="music.wav"/><form><block>Wait.<goto next="b"/></block></form>',
        documents={"http://app/b": wrapped(END)},
    )
    _, play, fetch = conversation.asks
    assert isinstance(play, Play)
    assert play.prompts[0].text == "Wait."
    assert isinstance(fetch, Fetch)
    assert fetch.prompts == (Prompt((Audio("http://app/music.wav", timeout=7.0),), bargein=False),)


def test_without_fetchaudio_prompts_wait_for_the_next_document(talk: Talk) -> None:
    conversation = talk(
        '<form><block>First.<goto next="b"/></block></form>',
        documents={"http://app/b": wrapped("<form><block>Second.</block></form>")},
    )
    assert [type(ask) for ask in conversation.asks] == [Fetch, Fetch, Play]
    assert conversation.heard == ["First.", "Second."]


@pytest.mark.parametrize("reference", ["http://[", "//[x", "http://a]b/"])
def test_what_is_no_uri_is_badfetch(talk: Talk, reference: str) -> None:
    for element in ("goto", "submit"):
        conversation = talk(f'<form><block><{element} next="{reference}"/></block></form>')
        assert conversation.thrown == ["error.badfetch"]
        assert f"<{element}>" in conversation.messages[0]


@pytest.mark.parametrize(
    ("charset", "body"),
    [("utf-8", "var u = 'ü';".encode()), ("iso-8859-1", "var u = 'ü';".encode("latin-1"))],
)
def test_the_encoding_of_a_script(talk: Talk, charset: str, body: bytes) -> None:
    content = '<script src="a.js" charset="{}"/><form><block><value expr="u"/></block></form>'
    answer = Fetched("http://app/a.js", 200, {}, body)
    assert talk(content.format(charset), documents={"http://app/a.js": answer}).heard == ["ü"]
    by_header = Fetched("http://app/a.js", 200, {"content-type": f"text/javascript; charset={charset}"}, body)
    assert talk(content.format("utf-16"), documents={"http://app/a.js": by_header}).heard == ["ü"]


def test_a_script_in_another_encoding_is_badfetch(talk: Talk) -> None:
    answer = Fetched("http://app/a.js", 200, {}, b"\xff\xfe\xff")
    conversation = talk('<form><block><script src="a.js"/></block></form>', documents={"http://app/a.js": answer})
    assert conversation.thrown == ["error.badfetch"]
    assert "cannot be read" in conversation.messages[0]


@pytest.mark.parametrize("charset", ["zlib", "hex", "rot13", "none-such"])
def test_what_is_no_encoding_of_text_is_badfetch(talk: Talk, charset: str) -> None:
    headers = {"content-type": f"text/javascript; charset={charset}"}
    packed = Fetched("http://app/a.js", 200, headers, zlib.compress(b"1"))
    conversation = talk('<form><block><script src="a.js"/></block></form>', documents={"http://app/a.js": packed})
    assert conversation.thrown == ["error.badfetch"]
    assert charset in conversation.messages[0]


def test_a_large_script_is_badfetch(talk: Talk) -> None:
    conversation = talk(
        '<form><block><script src="a.js"/></block></form>',
        documents={"http://app/a.js": " " * 101},
        settings=Settings(Limits(script=100)),
    )
    assert "has 101 bytes; at most 100 are run" in conversation.messages[0]


def test_too_many_prompts_are_an_event(talk: Talk) -> None:
    conversation = talk(
        '<form><catch event="error.semantic"><exit/></catch><block name="b">Ten words are said here, again and again.'
        '<clear namelist="b"/></block></form>',
        settings=Settings(Limits(queued=5_000)),
    )
    assert "prompts of more than 5000 characters wait" in conversation.messages[0]


def test_documents_that_lead_to_each_other_are_stopped(talk: Talk) -> None:
    def leading(to: str) -> str:
        return wrapped(f'<form><block><goto next="{to}"/></block></form>')

    conversation = talk(
        leading("b.vxml"),
        documents={"http://app/a.vxml": leading("b.vxml"), "http://app/b.vxml": leading("a.vxml")},
        settings=Settings(Limits(turns=50)),
    )
    assert conversation.thrown == ["error.semantic"]
    assert len(conversation.requests) == 50
    assert "50 turns without waiting for the caller" in conversation.messages[0]


def test_maxnbest_bounds_the_results(talk: Talk) -> None:
    content = (
        '<form>{}<field name="x"><option value="a">same</option><option value="b">same</option>'
        '<filled><log expr="application.lastresult$.length"/></filled></field></form>'
    )
    assert talk(content.format(""), "same").logged == ["1"]
    assert talk(content.format('<property name="maxnbest" value="5"/>'), "same").logged == ["2"]


def test_a_long_event_name_is_refused(talk: Talk) -> None:
    conversation = talk("<form><block><throw eventexpr=\"new Array(500).join('a.')\"/></block></form>")
    assert conversation.thrown == ["error.semantic"]
