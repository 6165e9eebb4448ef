"""What becomes of values that are submitted: VoiceXML 2.0, 5.3.8."""

import pytest

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import Done, Fetched, Recorded, Recording, Reply
from mirabelle.vxml_interpreter.commands import Attachment, Breathe, Command, Fetch, FetchRequest, Purpose, Record
from mirabelle.vxml_interpreter.interpreter import Interpreter

DOCUMENT = """<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml">
<var name="copy"/><var name="other" expr="'recording:2'"/>
<form>
  <record name="message"/>
  <block><assign name="copy" expr="{{kept: message}}"/>{}</block>
</form></vxml>"""
RECORDING = Recording("recording:1", "audio/x-wav", 4, 1.5)
MULTIPART = 'method="post" enctype="multipart/form-data" namelist="message copy.kept other message$.size"'


def sent(content: str) -> FetchRequest:
    """What a document asks for once something has been recorded."""
    interpreter = Interpreter(Js2pyEngine())
    commands = interpreter.start(FetchRequest("http://app/"))
    replies: dict[type[Command], Reply] = {
        Breathe: Done(),
        Fetch: Fetched("http://app/", 200, {}, DOCUMENT.format(content).encode()),
        Record: Recorded(RECORDING),
    }
    recorded = False
    while not (recorded and isinstance(commands[-1], Fetch)):
        recorded = recorded or isinstance(commands[-1], Record)
        commands = interpreter.handle(replies[type(commands[-1])])
    ask = commands[-1]
    assert isinstance(ask, Fetch)
    return ask.request


def test_a_recording_is_attached_by_whatever_name_it_is_known() -> None:
    request = sent(f'<submit next="to" {MULTIPART}/>')
    attached = Attachment("recording:1")
    assert request.fields == (
        ("message", attached),
        ("copy.kept", attached),
        ("other", "recording:2"),
        ("message$.size", "4"),
    )
    assert (request.method, request.enctype) == ("post", "multipart/form-data")


@pytest.mark.parametrize(
    "how",
    ['method="post"', 'method="post" enctype="application/x-www-form-urlencoded"', 'enctype="multipart/form-data"'],
)
def test_where_no_file_can_be_sent_a_recording_is_its_url(how: str) -> None:
    assert sent(f'<submit next="to" {how} namelist="message"/>').fields == (("message", "recording:1"),)


def test_data_sends_recordings_too() -> None:
    request = sent(f'<data src="to" {MULTIPART}/>')
    assert (request.purpose, request.fields[0]) == (Purpose.DATA, ("message", Attachment("recording:1")))


def test_the_recording_of_an_item_is_sent_when_nothing_else_is_named() -> None:
    request = sent('<submit next="to" method="post" enctype="multipart/form-data"/>')
    assert request.fields == (("message", Attachment("recording:1")),)
