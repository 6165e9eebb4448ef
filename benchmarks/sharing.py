"""What calls that use the same document share, and what each has of its own."""

import gc
import time
import tracemalloc
from typing import Final

from benchmarks.driven import Driven, wrapped
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.vxml_interpreter.documents import Documents
from mirabelle.vxml_interpreter.interpreter import Interpreter

_FORM: Final = """
<form id="form{number}">
  <var name="tries" expr="{number}"/>
  <script>function twice{number}(x) {{ return x * 2 + {number}; }}</script>
  <field name="key" type="digits?length=1">
    <prompt cond="tries &gt;= 0">Press a key, for the time number <value expr="twice{number}(tries)"/>.</prompt>
    <noinput>Please press a key.<reprompt/></noinput>
    <filled><assign name="tries" expr="tries + 1"/></filled>
  </field>
</form>"""
# Forty forms are a document as applications have them: 20 KB.
DOCUMENT: Final = wrapped("".join(_FORM.format(number=number) for number in range(40)))
CALLS: Final = 200


def second_call() -> float:
    """The time from a document's bytes to the first listening: of later calls, as a part of that of the first."""
    engine = Js2pyEngine()
    _begin(engine, Documents(), wrapped("<form><field type='digits'/></form>"))
    firsts = [_timed(engine, Documents()) for _ in range(5)]
    documents = Documents()
    _begin(engine, documents, DOCUMENT)
    later = [_timed(engine, documents) for _ in range(50)]
    return sorted(later)[len(later) // 2] / sorted(firsts)[len(firsts) // 2]


def call_state() -> float:
    """KiB that a call keeps while it listens, beside what all calls share."""
    engine, documents = Js2pyEngine(), Documents()
    _begin(engine, documents, DOCUMENT).turn("1")
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    calls = [_begin(engine, documents, DOCUMENT) for _ in range(CALLS)]
    for call in calls:
        call.turn("1")
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / len(calls) / 1024


def _timed(engine: Js2pyEngine, documents: Documents) -> float:
    began = time.perf_counter()
    _begin(engine, documents, DOCUMENT)
    return time.perf_counter() - began


def _begin(engine: Js2pyEngine, documents: Documents, body: bytes) -> Driven:
    return Driven(Interpreter(engine, documents=documents), body).begin()
