// JSON-safe copies of values, as text: `copied` as the script wants them, `shown` without running any script.

let mostItems = 0;
const DEEPEST = 200, SHOWN_DEEPEST = 4, SHOWN_ITEMS = 50, SHOWN_CHARACTERS = 200, SHOWN_IN_ALL = 500;

const jsonPrimitive = (value) => {
    const none = value === undefined || typeof value === "symbol" || (typeof value === "number" && !isFinite(value));
    if (none) return "null";
    return primitive(value);
};

// What is in a String, Number or Boolean; undefined for all else.
const CONTENTS = [stringOf, numberOf, booleanOf];
const unwrapped = (value) => {
    for (let index = 0; index < 3; index++) {
        try {
            return CONTENTS[index](value);
        } catch {
            continue;
        }
    }
};

const copied = (value, room, key, inside) => {
    room.take(1);
    if (isObject(value) || typeof value === "bigint") {
        const date = isObject(value) && !weakHas(traps, value) ? dateOf(value) : undefined;
        if (date !== undefined) return isFinite(date) ? quoted(isoText(value)) : "null";
        const toJson = isObject(value) ? value.toJSON : undefined;
        if (typeof toJson === "function") value = apply(toJson, value, [key]);
    }
    if (typeof value === "string") room.take(value.length >> 4);
    if (!isObject(value)) return jsonPrimitive(value);
    if (typeof value === "function") return "null";
    const content = weakHas(traps, value) ? undefined : unwrapped(value);
    return content === undefined ? copiedStructure(value, room, inside) : jsonPrimitive(content);
};

const copiedStructure = (value, room, inside) => {
    const object = behind(value);
    for (let outer = inside; outer; outer = outer.next) {
        if (outer.object === object) throw new RealTypeError("an object that is within itself cannot be exported");
    }
    const here = { __proto__: null, object, next: inside, depth: inside ? inside.depth + 1 : 1 };
    if (here.depth > DEEPEST) throw limit("depth of JSON");
    const parts = [];
    if (isArray(value)) {
        const length = value.length;
        if (length > room.left) throw limit("elements of an array");
        for (let index = 0; index < length; index++) append(parts, copied(value[index], room, text(index), here));
        return `[${joined(parts)}]`;
    }
    const keys = ownKeys(value);
    for (let index = 0; index < keys.length; index++) {
        const key = keys[index];
        if (typeof key !== "string" || !isEnumerable(value, key)) continue;
        append(parts, `${quoted(key)}:${copied(value[key], room, key, here)}`);
    }
    return `{${joined(parts)}}`;
};

const exported = (value) => copied(value, {
    __proto__: null, left: mostItems,
    take(count) {
        this.left -= count;
        if (this.left < 0) throw limit("size of JSON");
    },
}, "", null);

// ---- for traces ----

const shownText = (string) => {
    const whole = wellFormed(string);
    return stringify(whole.length > SHOWN_CHARACTERS ? wellFormed(sliced(whole, 0, SHOWN_CHARACTERS)) + "…" : whole);
};

const shown = (state, room, inside) => {
    room.left--;
    if (state[0] !== "v") return '"[computed]"';
    const value = state[1];
    if (typeof value === "string") return shownText(value);
    if (!isObject(value)) return jsonPrimitive(value);
    const kind = kindOf(value), date = kind === "Date" ? dateOf(value) : undefined;
    if (kind === "Function") return "null";
    if (date !== undefined) return isFinite(date) ? quoted(isoText(value)) : "null";
    const object = behind(value);
    let depth = 0;
    for (let outer = inside; outer; outer = outer.next, depth++) if (outer.object === object) return `"[${kind}]"`;
    if (kind === "Proxy" || depth >= SHOWN_DEEPEST || room.left <= 0) return `"[${kind}]"`;
    return shownStructure(object, kind, room, { __proto__: null, object, next: inside });
};

const shownStructure = (object, kind, room, inside) => {
    if (weakHas(views, object)) return '"[scope]"';
    const parts = [], list = kind === "Array";
    const keys = list ? null : ownKeys(object);
    const count = list ? object.length : keys.length;
    for (let index = 0; index < count && parts.length < SHOWN_ITEMS && room.left > 0; index++) {
        const key = list ? text(index) : keys[index];
        const found = typeof key === "string" ? getOwnPropertyDescriptor(object, key) : undefined;
        if (!list && !(found && found.enumerable)) continue;
        const computed = found !== undefined && !hasOwn(found, "value");
        const item = shown([computed ? "g" : "v", computed ? undefined : found?.value], room, inside);
        append(parts, list ? item : `${shownText(key)}:${item}`);
    }
    return list ? `[${joined(parts)}]` : `{${joined(parts)}}`;
};

const snapshot = (scope) => {
    const room = { __proto__: null, left: SHOWN_IN_ALL }, parts = [], keys = ownKeys(scope.target);
    for (let index = 0; index < keys.length && room.left > 0; index++) {
        const name = keys[index];
        if (typeof name !== "string" || scope.names[name]) continue;
        append(parts, `${shownText(name)}:${shown(stateOf(scope, name), room, null)}`);
    }
    return `{${joined(parts)}}`;
};
