"""The script engine `quickjs`: ECMAScript 2023 on quickjs-ng, in worker processes. Off by default; needs an extra.

pip install 'mirabelle[quickjs]'

[plugins]
load = ["mirabelle.contrib.ecmascript_quickjs"]

[ecmascript]
use = "quickjs"
"""

from typing import TYPE_CHECKING

from mirabelle import hookimpl

if TYPE_CHECKING:
    from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine


@hookimpl
def register_ecmascript_engines() -> "list[type[QuickjsEngine]]":
    """Offer the engine."""
    from mirabelle.contrib.ecmascript_quickjs.engine import QuickjsEngine

    return [QuickjsEngine]
