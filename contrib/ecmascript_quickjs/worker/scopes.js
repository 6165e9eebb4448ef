// The scopes of VoiceXML 2.0, 5.1.2. The properties of a scope's `target` are its variables; it has no prototype, so
// that only they are names. Evaluated sources stand in nested `with` statements around the targets of their chain.
// Scripts get the `view`: an object like others, but through it they can neither keep the host out (by freezing) nor
// change what is read-only.

const scopes = new RealMap(), views = new RealWeakMap(), targets = new RealWeakMap();

// The host hears of every variable that scripts make, so that it knows which there are.
const notice = (target, key) => {
    if (typeof key !== "string" || hasOwn(target, key)) return;
    mapSet(weakGet(targets, target).watched, key, ["m", undefined]);
};

const LIKE_OBJECTS = {
    __proto__: null,
    get: (target, key, receiver) => get(hasOwn(target, key) ? target : objectPrototype, key, receiver),
    has: (target, key) => hasOwn(target, key) || has(objectPrototype, key),
    getPrototypeOf: () => objectPrototype,
};
const VIEW = {
    __proto__: null,
    ...LIKE_OBJECTS,
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
        const closes = hasOwn(wanted, "writable") && !wanted.writable;
        if (kept && (closes || hasOwn(wanted, "get") || hasOwn(wanted, "set") || !hasOwn(found, "value"))) refuse();
        if (kept) {
            const value = hasOwn(wanted, "value") ? wanted.value : found.value;
            return defineProperty(target, key, { __proto__: null, value });
        }
        if (hasOwn(wanted, "configurable") && !wanted.configurable) refuse();
        define(wanted, "configurable", true);
        notice(target, key);
        return defineProperty(target, key, wanted);
    },
};
const READ_ONLY_VIEW = { __proto__: null, ...READ_ONLY, ...LIKE_OBJECTS };

const newScope = (id, parent, writable, names) => {
    const target = create(null);
    const view = new RealProxy(target, writable ? VIEW : READ_ONLY_VIEW);
    const outer = parent ? mapGet(scopes, parent).chain : [];
    const chain = [];
    for (let index = 0; index < outer.length; index++) append(chain, outer[index]);
    append(chain, writable ? target : new RealProxy(target, READ_ONLY));
    const scope = {
        __proto__: null, id, target, view, chain, writable,
        names: create(null), slots: create(null), watched: new RealMap(),
    };
    for (let index = 0; index < names.length; index++) {
        scope.names[names[index]] = true;
        const named = { __proto__: null, get: () => view, set: refuse, enumerable: false, configurable: true };
        defineProperty(target, names[index], named);
    }
    mapSet(scopes, id, scope);
    weakSet(views, view, scope);
    weakSet(targets, target, scope);
};

const fixed = (scope, name) => !scope.writable || (scope.slots[name] !== undefined && !scope.slots[name].writable);

// A variable that was fixed once stays an accessor, so that the host can change its mind and scripts cannot.
const newSlot = (scope, name, value) => {
    const slot = { __proto__: null, value, writable: false };
    const put = (given) => {
        if (!slot.writable) refuse();
        slot.value = given;
    };
    const made = { __proto__: null, get: () => slot.value, set: put, enumerable: true, configurable: false };
    if (defineProperty(scope.target, name, made)) {
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
    delete scope.names[name];
    if (slots[name] !== undefined) {
        slots[name].value = value;
        slots[name].writable = writable;
    } else if (!writable && scope.writable) {
        newSlot(scope, name, value);
    } else {
        // A read-only scope is protected by its view; elsewhere `delete x` must not work.
        const made = { __proto__: null, value, writable: true, enumerable: true, configurable: !scope.writable };
        if (!defineProperty(target, name, made)) throw new RealTypeError(`${name} cannot be declared`);
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
    if (holder === null) {
        declare(scope, name, value, !fixed(scope, name) || !scope.writable);
    } else if (!define(holder, name, value)) {
        throw new RealTypeError(`${name} cannot be written: a script has frozen what it is in`);
    }
};
