from pathlib import Path

import pytest

from mirabelle.core.interfaces.component import Lent
from mirabelle.core.testing.leg_services import LegServicesContract
from mirabelle.plugins.telephony_loopback import LoopbackOptions, LoopbackTelephony

SPEAKS = """
[[rule]]
hears = ""
says = "Something that takes more than two seconds to say."
"""


class TestLoopback(LegServicesContract):
    @pytest.fixture(autouse=True)
    def _rules(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        (tmp_path / "speaks.toml").write_text(SPEAKS)

    def make(self, lent: Lent) -> LoopbackTelephony:
        return LoopbackTelephony(LoopbackOptions(rules=self.folder), lent)

    def answering(self) -> str:
        return "+16175550101"

    def unanswered(self) -> str:
        return "loopback:noanswer"

    def undialable(self) -> str:
        return "loopback:nobody"

    def speaking(self) -> str:
        return "loopback:voice?rules=speaks.toml"

    def reachable(self) -> str:
        return "tel:+16175550101"

    def busy(self) -> str:
        return "tel:+16175550104"
