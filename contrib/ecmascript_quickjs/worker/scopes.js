// The scopes of VoiceXML 2.0, 5.1.2. The properties of a scope's `target` are its variables; evaluated sources stand in
// nested `with` statements around the targets of their chain. Scripts get the `view`, through which they can neither
// keep the host out (freezing) nor change what is read-only.

const scopes = new RealMap(), views = new RealWeakMap(), targets = new RealWeakMap();

// 5.1.1: what objects inherit is no name. A scope in which such a name is declared has a list of its own.
const inherited = () => {
    const names = create(null), keys = ownKeys(objectPrototype);
    for (let index = 0; index < keys.length; index++) if (typeof keys[index] === "string") names[keys[index]] = true;
    return names;
};
const INHERITED = inherited();
const scopePrototype = create(objectPrototype);
define(scopePrototype, unscopables, INHERITED, false);

// The host hears of every variable that scripts make, so that it knows which there are.
const notice = (target, key) => {
    if (typeof key !== "string" || hasOwn(target, key)) return;
    mapSet(weakGet(targets, target).watched, key, ["m", undefined]);
};

const VIEW = {
    __proto__: null,
    preventExtensions: refuse,
    setPrototypeOf: refuse,
    set(target, key, value) {
        notice(target, key);
        if (!set(target, key, value)) refuse();
        return true;
    },
    defineProperty(target, key, wanted) {
        const found = getOwnPropertyDescriptor(target, key);
        const kept = found !== undefined && !found.configurable;
        const changes = hasOwn(wanted, "get") || hasOwn(wanted, "set") || (hasOwn(wanted, "writable") && !wanted.writable);
        if (kept && (changes || !hasOwn(found, "value"))) refuse();
        if (kept) return defineProperty(target, key, { __proto__: null, value: hasOwn(wanted, "value") ? wanted.value : found.value });
        if (hasOwn(wanted, "configurable") && !wanted.configurable) refuse();
        define(wanted, "configurable", true);
        notice(target, key);
        return defineProperty(target, key, wanted);
    },
};

const newScope = (id, parent, writable, names) => {
    const target = create(scopePrototype);
    const view = writable ? new RealProxy(target, VIEW) : protect(target);
    const outer = parent ? mapGet(scopes, parent).chain : [];
    const chain = [];
    for (let index = 0; index < outer.length; index++) append(chain, outer[index]);
    append(chain, writable ? target : view);
    const scope = { __proto__: null, id, target, view, chain, writable, names: create(null), slots: create(null), watched: new RealMap() };
    for (let index = 0; index < names.length; index++) {
        scope.names[names[index]] = true;
        defineProperty(target, names[index], { __proto__: null, get: () => view, set: refuse, enumerable: false, configurable: true });
    }
    mapSet(scopes, id, scope);
    weakSet(views, view, scope);
    weakSet(targets, target, scope);
};

// A name that objects inherit becomes visible in this scope.
const makeVisible = (scope, name) => {
    if (!INHERITED[name]) return;
    if (!hasOwn(scope.target, unscopables)) {
        const own = create(null), keys = ownKeys(INHERITED);
        for (let index = 0; index < keys.length; index++) own[keys[index]] = true;
        define(scope.target, unscopables, own, false);
    }
    scope.target[unscopables][name] = false;
};

const fixed = (scope, name) => !scope.writable || (scope.slots[name] !== undefined && !scope.slots[name].writable);

// A variable that was fixed once stays an accessor, so that the host can change its mind and scripts cannot.
const newSlot = (scope, name, value) => {
    const slot = { __proto__: null, value, writable: false };
    const put = (given) => {
        if (!slot.writable) refuse();
        slot.value = given;
    };
    if (defineProperty(scope.target, name, { __proto__: null, get: () => slot.value, set: put, enumerable: true, configurable: false })) {
        scope.slots[name] = slot;
        return;
    }
    // What a script has declared can become read-only, but never anything else again.
    if (!defineProperty(scope.target, name, { __proto__: null, value, writable: false })) {
        throw new RealTypeError(`${name} cannot be declared: it is read-only for good`);
    }
};

const declare = (scope, name, value, writable) => {
    const { target, slots } = scope;
    makeVisible(scope, name);
    delete scope.names[name];
    if (slots[name] !== undefined) {
        slots[name].value = value;
        slots[name].writable = writable;
    } else if (!writable && scope.writable) {
        newSlot(scope, name, value);
    } else {
        // A read-only scope is protected by its view; elsewhere `delete x` must not work.
        const made = defineProperty(target, name, { __proto__: null, value, writable: true, enumerable: true, configurable: !scope.writable });
        if (!made) throw new RealTypeError(`${name} cannot be declared`);
    }
};

// What `var` and function declarations do, before the program runs.
const hoist = (scope, name) => {
    if (hasOwn(scope.target, name)) return;
    if (!scope.writable) refuse();
    notice(scope.target, name);
    declare(scope, name, undefined, true);
};

// The state of a variable without running scripts: [marker, value].
const stateOf = (scope, name) => {
    if (scope.names[name] || !hasOwn(scope.target, name)) return ["m", undefined];
    if (scope.slots[name] !== undefined) return ["v", scope.slots[name].value];
    const found = getOwnPropertyDescriptor(scope.target, name);
    return hasOwn(found, "value") ? ["v", found.value] : ["g", undefined];
};

const watch = (scope, name) => mapSet(scope.watched, name, stateOf(scope, name));

const differs = (one, other) => one[0] !== other[0] || !is(one[1], other[1]);

// The watched variables that have changed since the host heard of them: [[scope, name, state] ...].
const changes = () => {
    const changed = [];
    mapEach(scopes, (scope) => {
        if (!scope.writable) return;
        mapEach(scope.watched, (last, name) => {
            const state = stateOf(scope, name);
            if (!differs(last, state)) return;
            mapSet(scope.watched, name, state);
            append(changed, `[${scope.id},${quoted(name)},${shortly(state)}]`);
        });
    });
    return `[${joined(changed)}]`;
};
const shortly = (state) => {
    const marker = state[0], value = state[1];
    if (marker !== "v") return `["${marker}"]`;
    return isObject(value) || typeof value === "symbol" ? '["o"]' : primitive(value);
};

const setPath = (scope, path, value, marked) => {
    const first = path[0], last = path.length - 1;
    let holder = null, closed = fixed(scope, first);
    for (let index = 0; index < last; index++) {
        let found = holder ? ownValue(holder, path[index]) : stateOf(scope, first)[1];
        if (!isObject(found) || weakHas(traps, found)) {
            found = closed ? protect({}) : {};
            put(scope, holder, path[index], found);
        }
        closed = weakHas(readOnly, found);
        holder = behind(found);
    }
    put(scope, holder, path[last], incoming(value, marked, !closed));
    if (mapHas(scope.watched, first)) watch(scope, first);
};
const ownValue = (holder, name) => {
    const found = getOwnPropertyDescriptor(holder, name);
    return found !== undefined && hasOwn(found, "value") ? found.value : undefined;
};
const put = (scope, holder, name, value) => {
    if (holder === null) declare(scope, name, value, !fixed(scope, name) || !scope.writable);
    else if (!define(holder, name, value)) throw new RealTypeError(`${name} cannot be written: a script has frozen what it is in`);
};
