from mirabelle.core.interfaces.component import Lent
from mirabelle.core.testing.telephony_backend import TelephonyBackendContract
from mirabelle.plugins.telephony_loopback import LoopbackOptions, LoopbackTelephony


class TestLoopback(TelephonyBackendContract):
    def make(self, lent: Lent) -> LoopbackTelephony:
        return LoopbackTelephony(LoopbackOptions(), lent)

    def answering(self) -> str:
        return "+16175550101"

    def unanswered(self) -> str:
        return "loopback:noanswer"

    def undialable(self) -> str:
        return "loopback:nobody"
