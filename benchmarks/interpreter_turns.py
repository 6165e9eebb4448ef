"""How many turns a second the interpreter makes on a dialogue of three prompts: no telephone, no network, one core."""

import time

from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.answers import Done, Fetched, Recognized, Reply
from mirabelle.vxml_interpreter.commands import Breathe, Collect, Command, Ended, Fetch, FetchRequest, Play
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.grammar.matching import Match, Mode
from mirabelle.vxml_interpreter.interpreter import Interpreter

TURNS_A_DIALOGUE = 3
SECONDS = 3.0
URL = "http://client.example/three.vxml"
DOCUMENT = b"""<?xml version="1.0"?>
<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml">
  <form>
    <var name="tries" expr="0"/>
    <field name="first" type="digits?length=1"><prompt>Press a key.</prompt></field>
    <field name="second" type="digits?length=1"><prompt>Press another after <value expr="first"/>.</prompt></field>
    <field name="third" type="digits?length=1">
      <prompt>And one more.</prompt>
      <filled><assign name="tries" expr="tries + 1"/></filled>
    </field>
    <filled namelist="first second third">
      <if cond="first == second">
        <clear namelist="second"/>
      <else/>
        <exit namelist="first second third"/>
      </if>
    </filled>
  </form>
</vxml>"""


def interpreter_turns() -> float:
    """Turns (a listen each) a second over dialogues that share engine and documents, after one that warms up."""
    engine, documents = Js2pyEngine(), Documents()
    _dialogue(engine, documents)
    turns, began = 0, time.perf_counter()
    while (passed := time.perf_counter() - began) < SECONDS:
        turns += _dialogue(engine, documents)
    return turns / passed


def _dialogue(engine: Js2pyEngine, documents: Documents) -> int:
    interpreter = Interpreter(engine, documents=documents)
    turns, commands = 0, interpreter.start(FetchRequest(URL))
    while not isinstance(commands[-1], Ended):
        turns += isinstance(commands[-1], Collect)
        commands = interpreter.handle(_reply(commands[-1], turns))
    if turns != TURNS_A_DIALOGUE:
        raise RuntimeError(f"the dialogue took {turns} turns and ended in {commands[-1]}")
    return turns


def _reply(command: Command, turn: int) -> Reply:
    match command:
        case Fetch():
            return Fetched(URL, 200, {"content-type": "application/voicexml+xml"}, DOCUMENT)
        case Collect(grammars=(active, *_)):
            return Recognized(active.key, Mode.DTMF, (Match(str(turn), str(turn)),))
        case Play() | Breathe():
            return Done()
        case _:
            raise RuntimeError(f"nobody answers {command}")
