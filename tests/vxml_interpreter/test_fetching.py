"""What is asked of the driver when something is fetched, and how failures are called: VoiceXML 2.0, 5.2.6 and 6.1."""

from collections.abc import Callable
from typing import Any

import pytest

from mirabelle.vxml_interpreter.commands import Fetch
from mirabelle.vxml_interpreter.speech.prompt import Audio, Prompt

Talk = Callable[..., Any]


@pytest.mark.parametrize(
    ("url", "event"),
    [
        ("http://app/x", "error.badfetch.http.404"),
        ("HTTPS://app/x", "error.badfetch.http.404"),
        ("ftps://app/x", "error.badfetch.ftps.404"),
        ("dns:x", "error.badfetch.dns.404"),
    ],
)
def test_a_status_is_told_with_its_protocol(talk: Talk, url: str, event: str) -> None:
    conversation = talk(f'<form><block><goto next="{url}"/></block></form>')
    assert conversation.thrown == [event]
    assert conversation.messages == [f"{conversation.requests[0].url}: the answer has status 404"]


def asked(conversation: Any) -> Fetch:
    """The ask for the second document."""
    return [ask for ask in conversation.asks if isinstance(ask, Fetch)][1]


def test_music_is_governed_by_properties_and_not_by_the_attributes_of_the_document(talk: Talk) -> None:
    ask = asked(
        talk(
            '<property name="fetchaudiodelay" value="1s"/><property name="fetchaudiominimum" value="3s"/>'
            '<property name="audiomaxage" value="4"/><property name="audiomaxstale" value="5"/>'
            '<property name="fetchtimeout" value="6s"/><form><block>'
            '<goto next="b" fetchaudio="music.wav" fetchtimeout="9s" maxage="9" maxstale="9"/></block></form>'
        )
    )
    music = Audio("http://app/music.wav", timeout=6.0, maxage=4.0, maxstale=5.0)
    assert ask == Fetch(ask.request, (Prompt((music,), bargein=False),), 1.0, 3.0)
    assert (ask.request.timeout, ask.request.maxage, ask.request.maxstale) == (9.0, 9.0, 9.0)


def test_without_fetchaudio_nothing_is_heard(talk: Talk) -> None:
    ask = asked(talk('<form><block><goto next="b"/></block></form>'))
    assert ask == Fetch(ask.request)


@pytest.mark.parametrize("fetchaudio", ["", " ", "http://["])
def test_fetchaudio_that_names_nothing_is_silence(talk: Talk, fetchaudio: str) -> None:
    conversation = talk(
        f'<property name="fetchaudio" value="{fetchaudio}"/><form><block><goto next="b"/></block></form>'
    )
    assert asked(conversation).prompts == ()
    assert conversation.thrown == ["error.badfetch.http.404"]
