"""The platform: everything that the configuration picks, put together, opened in order and closed in reverse.

It wires and does nothing itself: whoever wants to know what happens looks into the parts.
"""

from __future__ import annotations

import inspect
import os
import random
import secrets
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette

from mirabelle.core import assembly, components, scaled_time
from mirabelle.core.api.app import create_app
from mirabelle.core.api.services import ApiServices, Authenticates
from mirabelle.core.api.url_probes import UrlProbes
from mirabelle.core.assembly import UnderWay
from mirabelle.core.authentication import Authenticator, PinChecker
from mirabelle.core.caller import Caller, CallerServices
from mirabelle.core.choosing import chooser
from mirabelle.core.clock import ScaledClock, SystemClock
from mirabelle.core.components import CannotStart
from mirabelle.core.config import Configuration, Settings
from mirabelle.core.deliverer import Deliverer, Post
from mirabelle.core.dispatcher import Dispatcher, Surroundings
from mirabelle.core.dispatching.dialling_mark import durable_dialling
from mirabelle.core.dispatching.running import Answered
from mirabelle.core.fetching import HttpCache, HttpFetcher
from mirabelle.core.interfaces.component import Clock, Component
from mirabelle.core.journaling import JournalWriter
from mirabelle.core.observing import Emit, Observing, problem, written
from mirabelle.core.outcome import AttemptEnd
from mirabelle.core.preparing import Preparing
from mirabelle.core.scheduling import SchedulingChain
from mirabelle.core.talking.resources import ReadRecording, Resources
from mirabelle.core.types import Account, Call, Claim, Event
from mirabelle.vxml_interpreter.interpreter import Interpreter

# Seconds that due results may take to be delivered when the platform stops; the rest waits for the next start.
LAST_DELIVERIES = 10.0


class Platform:
    """Made, then `opened` (components and accounts), then `working` (calls and deliveries).

    What is public here is what plugins get to see. `log` hears every event, as the plugins and the journal do.
    """

    def __init__(self, configuration: Configuration, log: Emit, *, development: bool = False) -> None:
        settings = configuration.settings
        self.settings: Settings = settings
        self.registry = configuration.registry
        self.clock = clock_of(settings)
        self._hook = self.registry.hook
        self._development = development
        self._under_way = UnderWay()
        self._observing = Observing()
        # Spreads retries and makes ids; what must not be guessed comes from `secrets`.
        chance = random.Random(secrets.randbits(128))  # noqa: S311
        # Servers date their answers in real time, however fast our clock runs.
        self._cache = HttpCache(settings.fetching.cache, SystemClock())
        prepare = assembly.prepared(self._hook, self._under_way)
        self.fetcher = HttpFetcher(settings.fetching, prepare, cache=self._cache)
        self.components = components.make(configuration, self.clock, self.fetcher, chance)
        self.chain = SchedulingChain(self.components.policies)
        self.pins = PinChecker(settings.authentication.pins, self.clock)
        self._journal = JournalWriter(self.components.journal, self.clock, self.emit)
        self._observing.listen("log", log)
        self._observing.listen_plugins(self.registry.manager)
        self._observing.listen("journal", self._journal)
        self._deliverer = self._delivering()
        self._caller = self._calling()
        self._dispatcher = self._dispatching(chance)

    def emit(self, event: Event) -> None:
        """Tell log, journal and plugins. Never raises."""
        self._observing.emit(event)

    def wake(self) -> None:
        """A call was queued or changed: look at the queue now."""
        self._dispatcher.wake()

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Everything is open in here, nothing is dialled yet. Raises `CannotStart`."""
        async with self._opened(self.components.each()):
            await self.pins.open()
            try:
                yield
            finally:
                await self.pins.close()

    @asynccontextmanager
    async def store_opened(self) -> AsyncIterator[None]:
        """Queue, directory and journal are open in here, also beside a server that uses them. Raises `CannotStart`."""
        async with self._opened(self.components.storage()):
            yield

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Calls are placed and results delivered in here; at the end running calls may end. Raises `CannotStart`."""
        await self._start_plugins()
        self._deliverer.start()
        self._dispatcher.start()
        try:
            yield
        finally:
            await self._dispatcher.stop(self.settings.server.patience)
            # Posts take real time, however fast the clock runs.
            await self._deliverer.stop(LAST_DELIVERIES * self.settings.time_scale)
            await self._stop_plugins()

    def app(self) -> Starlette:
        """The HTTP application, with the routes and the middleware of the plugins."""
        routes = [route for added in self._hook.register_routes(platform=self) for route in added]
        middleware = [each for added in self._hook.register_middleware(platform=self) for each in added]
        ask = assembly.asked(self._hook, self._development)
        locks = self.settings.authentication.locks
        authenticator = Authenticator(self.components.directory, self.pins, self.clock, ask, locks)
        return create_app(self.services(authenticator), self.settings.api, routes, middleware)

    def services(self, authenticator: Authenticates) -> ApiServices:
        """What queueing a call needs, whoever asks for it."""
        parts = self.components
        return ApiServices(
            clock=self.clock,
            authenticator=authenticator,
            queue=parts.queue,
            probes=UrlProbes(self.fetcher, self.clock, self.settings.probes),
            plan=self.chain.plan,
            emit=self.emit,
            wake=self.wake,
            checks=self._hook.check_call_request,
            dials=assembly.dials(parts),
            objects_to=assembly.objections(parts),
            fetches=lambda scheme: scheme in parts.fetchers,
            delivers=lambda scheme: scheme in parts.deliveries,
        )

    def _delivering(self) -> Deliverer:
        parts = self.components
        post = Post(parts.queue, parts.directory, parts.deliveries, self.clock, self.emit)
        return Deliverer(post, self.settings.deliverer)

    def _calling(self) -> Caller:
        parts, settings = self.components, self.settings.voicexml
        documents = self.registry.documents(settings)
        preparing = Preparing(documents)
        services = CallerServices(
            clock=self.clock,
            emit=self.emit,
            choose_backend=chooser(parts.telephony.values(), lambda call: self._hook.choose_backend(call=call)),
            detectors=parts.detectors,
            interpreter=lambda session: Interpreter(parts.engine, session, documents, settings),
            fetch=lambda call, recordings: preparing.behind(self._resources(call, recordings)),
            prefetch=lambda call: preparing.behind(self._resources(call).ahead),
            variables=lambda call: self._hook.session_variables(call=call),
            means=assembly.means(parts, self.settings.scripts, self.clock),
        )
        return Caller(services)

    def _resources(self, call: Call, recordings: ReadRecording | None = None) -> Resources:
        others = self.components.fetchers
        return Resources(self.fetcher, others, call.id, call.request.account, self._cache, recordings)

    async def _attempt(self, claim: Claim, account: Account, answered: Answered) -> AttemptEnd:
        with self._under_way.of(claim.call):
            return await self._caller.attempt(claim, account, answered)

    def _dispatching(self, chance: random.Random) -> Dispatcher:
        surroundings = Surroundings(
            storage=self.components.queue,
            directory=self.components.directory,
            chain=self.chain,
            clock=self.clock,
            random=chance,
            emit=self.emit,
            on_result=self._deliverer.wake,
        )
        owner = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        durable = durable_dialling(os.environ)
        return Dispatcher(surroundings, self._attempt, self.settings.dispatcher, owner, durable)

    @asynccontextmanager
    async def _opened(self, parts: Iterable[Component]) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            _private_folder(self.settings, self.clock)
            await self.fetcher.open()
            stack.push_async_callback(self.fetcher.close)
            await stack.enter_async_context(components.opened(parts, self._tell_failure))
            self._journal.start()
            stack.push_async_callback(self._journal.close)
            yield

    async def _start_plugins(self) -> None:
        try:
            for answer in self._hook.startup(platform=self):
                if inspect.isawaitable(answer):
                    await answer
        except Exception as error:
            raise CannotStart(f"a plugin's startup failed: {written(error)}") from error

    async def _stop_plugins(self) -> None:
        try:
            for answer in self._hook.shutdown(platform=self):
                if inspect.isawaitable(answer):
                    await answer
        except Exception as error:  # noqa: BLE001 - a plugin that fails at the end must not keep the rest from closing
            self._tell_failure("a plugin's shutdown failed", error)

    def _tell_failure(self, what: str, error: Exception) -> None:
        self.emit(problem(self.clock.now(), what, error))


def clock_of(settings: Settings) -> Clock:
    """The clock that everything is lent."""
    if settings.time_scale == 1:
        return SystemClock()
    return scaled_time.resumed(settings.data, settings.time_scale, SystemClock().now())


def _private_folder(settings: Settings, clock: Clock) -> None:
    """Make the data folder, for nobody else's eyes. Raises `CannotStart`."""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if isinstance(clock, ScaledClock):
            scaled_time.write(settings.data, clock, SystemClock().now())
    except OSError as error:
        raise CannotStart(f"data: {settings.data} cannot be used: {written(error)}; give another --data") from error
