from pathlib import Path

import pytest

from mirabelle.core.testing.attempts import Attempts, form
from mirabelle.core.testing.lending import lent
from mirabelle.plugins.detector_call_progress import CallProgressDetector, CallProgressOptions
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine
from mirabelle.plugins.telephony_loopback import LoopbackOptions, LoopbackTelephony

MENU = """
<block><log label="at first" expr="session.connection.callee_type"/></block>
<field name="key" type="digits?length=1">
  <prompt>This is a question that takes more than two seconds. Press 1.</prompt>
  <noinput count="2"><exit/></noinput>
  <filled>
    <log label="in the end" expr="session.connection.callee_type + ' ' + key"/>
    <prompt>Good bye.</prompt>
  </filled>
</field>"""


@pytest.fixture
def attempts(tmp_path: Path) -> Attempts:
    """Attempts with what is shipped by default."""
    return Attempts(
        backend=lambda clock: LoopbackTelephony(LoopbackOptions(), lent(clock, data=tmp_path)),
        detectors=lambda clock: [CallProgressDetector(CallProgressOptions(), lent(clock))],
        engine=lambda clock: Js2pyEngine(clock=clock.now),
        start=form(MENU),
        documents={"http://app/gone": form("<block/>")},
    )
