// What the session has of the outside: the time and the chance that the host lends, and nothing else.

let now = 0, a = 0, b = 0, c = 0, counter = 0;

// Chris Doty-Humphrey's small fast counting generator with 32-bit words.
const word = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum | 0;
    return sum >>> 0;
};
const seed = (seeds) => {
    a = seeds[0];
    b = seeds[1];
    c = seeds[2];
    counter = seeds[3];
    for (let round = 0; round < 12; round++) word();
};
const random = () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
define(Math, "random", { random() { return random() } }.random, false);

const LentDate = new RealProxy(RealDate, {
    __proto__: null,
    apply: () => text(construct(RealDate, [now])),
    construct: (real, given, target) =>
        construct(real, given.length ? given : [now], target === LentDate ? real : target),
});
define(RealDate, "now", { now() { return now } }.now, false);
define(RealDate.prototype, "constructor", LentDate, false);
define(globalThis, "Date", LentDate, false);

// Proxies of scripts are known, so that looking at values runs none of their traps.
const traps = new RealWeakMap();
const known = (proxy) => {
    weakSet(traps, proxy, true);
    return proxy;
};
const revocable = RealProxy.revocable;
define(RealProxy, "revocable", {
    revocable(target, handler) {
        const made = revocable(target, handler);
        known(made.proxy);
        return made;
    },
}.revocable, false);
define(globalThis, "Proxy", new RealProxy(RealProxy, {
    __proto__: null,
    construct: (real, given, target) => known(construct(real, given, target)),
}), false);

// No second clock, no waiting, nothing that shows when memory is tidied.
for (const name of ["performance", "Atomics", "SharedArrayBuffer", "WeakRef", "FinalizationRegistry", "DOMException",
    "queueMicrotask", "gc", "navigator", "AsyncDisposableStack", "DisposableStack"]) deleteProperty(globalThis, name);
defineProperty(globalThis, "eval", { __proto__: null, writable: false, configurable: false });
