"""The platform's HTTP application."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from mirabelle.core.api.plum import QUEUECALL_PATHS, QueueCall
from mirabelle.core.api.services import ApiOptions, ApiServices


def create_app(
    services: ApiServices,
    options: ApiOptions | None = None,
    routes: Sequence[BaseRoute] = (),
    middleware: Sequence[Middleware] = (),
) -> Starlette:
    """The application: the scripts of the contract, then `routes`, inside `middleware` (outermost first)."""
    queuecall = QueueCall(services, options or ApiOptions())
    own = [Route(path, queuecall) for path in QUEUECALL_PATHS]
    application = Starlette(routes=[*own, *routes], middleware=list(middleware))
    application.router.redirect_slashes = False
    return application
