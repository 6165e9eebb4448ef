"""Every hook of the platform. Plugins implement them with `from mirabelle import hookimpl`.

Hooks are synchronous and few. A hook that *offers* returns classes, once, at start; the configuration picks among them
by name and the asynchronous work is done by their objects. Where a return may be an awaitable, the page says so.
docs/hooks.md describes each with its exact signature.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    import click
    from starlette.middleware import Middleware
    from starlette.routing import BaseRoute

    from mirabelle.core.interfaces.delivery import ResultDelivery
    from mirabelle.core.interfaces.detection import CalleeDetector
    from mirabelle.core.interfaces.directory import Directory
    from mirabelle.core.interfaces.fetching import OutgoingRequest
    from mirabelle.core.interfaces.journal import CallJournal
    from mirabelle.core.interfaces.objects import VxmlObject
    from mirabelle.core.interfaces.policy import SchedulingPolicy
    from mirabelle.core.interfaces.queue import QueueStorage
    from mirabelle.core.interfaces.recordings import RecordingStore
    from mirabelle.core.interfaces.resources import ResourceFetcher
    from mirabelle.core.interfaces.telephony import TelephonyBackend
    from mirabelle.core.platform import Platform
    from mirabelle.core.types import Account, Call, CallRequest, Credentials, Event
    from mirabelle.vxml_interpreter.declarations import Declaration
    from mirabelle.vxml_interpreter.grammar.formats import GrammarFormat
    from mirabelle.vxml_interpreter.script import Json, ScriptEngine

hookspec = pluggy.HookspecMarker("mirabelle")


@hookspec
def register_commands(cli: click.Group) -> None:
    """Add commands to the command line: `cli.add_command(...)`."""


@hookspec
def register_queue_storages() -> Sequence[type[QueueStorage]]:  # type: ignore[empty-body]
    """Offer places where calls wait. One is used: `queue.use`."""


@hookspec
def register_directories() -> Sequence[type[Directory]]:  # type: ignore[empty-body]
    """Offer places where accounts are kept. One is used: `directory.use`."""


@hookspec
def register_call_journals() -> Sequence[type[CallJournal]]:  # type: ignore[empty-body]
    """Offer places where the stories of calls are kept. One is used: `journal.use`."""


@hookspec
def register_scheduling_policies() -> Sequence[type[SchedulingPolicy]]:  # type: ignore[empty-body]
    """Offer links of the scheduling chain. Used in the order of `policies.use`."""


@hookspec
def register_telephony_backends() -> Sequence[type[TelephonyBackend]]:  # type: ignore[empty-body]
    """Offer ways to place calls. Those of `telephony.use` are opened; each call takes one."""


@hookspec
def register_callee_detectors() -> Sequence[type[CalleeDetector]]:  # type: ignore[empty-body]
    """Offer detectors. All of `detectors.use` listen to every call; the first verdict counts."""


@hookspec
def register_result_deliveries() -> Sequence[type[ResultDelivery]]:  # type: ignore[empty-body]
    """Offer ways to deliver results, by the scheme of result_url."""


@hookspec
def register_ecmascript_engines() -> Sequence[type[ScriptEngine]]:  # type: ignore[empty-body]
    """Offer script engines: classes with `name` and `Options`, made as `Engine(options, now, random)`.

    One is used: `ecmascript.use`. `now()` is UNIX seconds of the platform's clock; `random` is for `Math.random`.
    """


@hookspec
def register_fetchers() -> Sequence[type[ResourceFetcher]]:  # type: ignore[empty-body]
    """Offer fetchers of documents, scripts, grammars and audio for further URL schemes."""


@hookspec
def register_recording_stores() -> Sequence[type[RecordingStore]]:  # type: ignore[empty-body]
    """Offer places where callers' recordings are kept. One is used: `recordings.use`."""


@hookspec
def register_vxml_objects() -> Sequence[type[VxmlObject]]:  # type: ignore[empty-body]
    """Offer what `<object>` runs, by classid. All are used, or those of `objects.use`."""


@hookspec
def register_vxml_elements() -> Sequence[Declaration]:  # type: ignore[empty-body]
    """Offer elements of namespaces of your own for VoiceXML documents."""


@hookspec
def register_grammar_formats() -> Sequence[GrammarFormat]:  # type: ignore[empty-body]
    """Offer formats that grammars may be written in, by media type."""


@hookspec
def register_routes(platform: Platform) -> Sequence[BaseRoute]:  # type: ignore[empty-body]
    """Add Starlette routes to the platform's application."""


@hookspec
def register_middleware(platform: Platform) -> Sequence[Middleware]:  # type: ignore[empty-body]
    """Add Starlette middleware, outermost first."""


@hookspec
def startup(platform: Platform) -> Awaitable[None] | None:
    """Called once when everything is open, before the first request. May return an awaitable."""


@hookspec
def shutdown(platform: Platform) -> Awaitable[None] | None:
    """Called once before anything is closed. May return an awaitable."""


@hookspec(firstresult=True)
def authenticate(credentials: Credentials) -> Awaitable[Account | None] | Account | None:
    """Decide who a client is. The account, or an awaitable of it; None leaves it to the next plugin.

    Plugins are asked before the platform looks into its Directory.
    """


@hookspec
def check_call_request(request: CallRequest, account: Account) -> Awaitable[Sequence[str]] | Sequence[str]:  # type: ignore[empty-body]
    """Reasons not to queue this call, for the client to read; none: it may be queued. May return an awaitable."""


@hookspec
def prepare_request(request: OutgoingRequest, call: Call | None) -> Mapping[str, str] | None:
    """Headers to add to an outgoing request that is made for a call."""


@hookspec(firstresult=True)
def choose_backend(call: Call) -> str | None:
    """The name of the telephony backend for a call. None: the first opened one that dials its scheme."""


@hookspec
def session_variables(call: Call) -> Mapping[str, Json] | None:
    """Variables to add to the `session` scope of the call's script; nested objects are merged."""


@hookspec
def observe(event: Event) -> None:
    """Hear of everything that happens. Called on the event loop: must not block."""


def every_hook() -> Mapping[str, Any]:
    """The hook specifications of this module by name, in the order of the page."""
    return {name: value for name, value in globals().items() if hasattr(value, "mirabelle_spec")}
