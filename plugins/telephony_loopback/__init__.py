"""Telephony without a telephone, by the name `loopback`: calls end at simulated callees on this machine.

The last digit of a number picks the callee; `loopback:NAME?parameter=value` picks it by name.
"""

from collections.abc import Sequence

from mirabelle import hookimpl
from mirabelle.core.interfaces.telephony import TelephonyBackend
from mirabelle.plugins.telephony_loopback.backend import LoopbackTelephony
from mirabelle.plugins.telephony_loopback.options import LoopbackOptions

__all__ = ["LoopbackOptions", "LoopbackTelephony"]


@hookimpl
def register_telephony_backends() -> Sequence[type[TelephonyBackend]]:
    """Offer `loopback`."""
    return [LoopbackTelephony]
