// What crosses the border. Outwards: primitives as JSON; ["u"] undefined, ["n", text] a number that JSON does not have,
// ["h", id, callable, kind] an object. Inwards: JSON, and where `marked` is true a member named MARK stands for these.

const MARK = "\u0000";
const objects = new RealMap(), ids = new RealMap(), times = new RealMap();
const readOnly = new RealWeakMap();
let lastId = 0;

const refuse = () => {
    throw new RealTypeError("it is read-only");
};
const READ_ONLY = {
    __proto__: null, set: refuse, defineProperty: refuse, deleteProperty: refuse, setPrototypeOf: refuse,
    preventExtensions: refuse,
};
const protect = (object) => {
    const proxy = new RealProxy(object, READ_ONLY);
    weakSet(readOnly, proxy, object);
    return proxy;
};

// The object that the host may write to: its own behind what scripts cannot change.
const behind = (value) => (isObject(value) && weakHas(readOnly, value) ? weakGet(readOnly, value) : value);

// The host holds an object as often as it was sent; what it lets go may be on its way again.
const handle = (object) => {
    let id = mapGet(ids, object);
    if (id === undefined) {
        id = ++lastId;
        mapSet(ids, object, id);
        mapSet(objects, id, object);
    }
    mapSet(times, id, (mapGet(times, id) ?? 0) + 1);
    return `["h",${id},${typeof object === "function"},${quoted(kindOf(object))}]`;
};
const release = (id, count) => {
    const left = mapGet(times, id) - count;
    mapSet(times, id, left);
    if (left > 0) return;
    mapDelete(ids, mapGet(objects, id));
    mapDelete(objects, id);
    mapDelete(times, id);
};

const kindOf = (object) => {
    if (typeof object === "symbol") return "Symbol";
    if (typeof object === "function") return "Function";
    if (weakHas(traps, object)) return "Proxy";
    if (isArray(object)) return "Array";
    return dateOf(object) === undefined ? "Object" : "Date";
};

const dateOf = (object) => {
    try {
        return milliseconds(object);
    } catch {
        return undefined;
    }
};

const primitive = (value) => {
    switch (typeof value) {
        case "string": return quoted(value);
        case "number": return isFinite(value) ? stringify(value) : `["n","${value}"]`;
        case "bigint": return primitive(toNumber(value));
        case "boolean": return value ? "true" : "false";
        case "undefined": return '["u"]';
        default: return "null";
    }
};
const outgoing = (value) => (isObject(value) || typeof value === "symbol" ? handle(value) : primitive(value));

const NUMBERS = { __proto__: null, NaN: NaN, Infinity: Infinity, "-Infinity": -Infinity };
const special = (what, given) => {
    switch (what) {
        case "u": return undefined;
        case "n": return NUMBERS[given];
        case "h": return mapGet(objects, given);
    }
};

// JSON of the host as a value of the session, which scripts may change or not.
const incoming = (value, marked, writable) => {
    if (!isObject(value) || (writable && !marked)) return value;
    if (marked && hasOwn(value, MARK)) {
        const given = value[MARK];
        return given[0] === "o" ? members(given[1], marked, writable) : special(given[0], given[1]);
    }
    return members(value, marked, writable);
};
const members = (object, marked, writable) => {
    const keys = ownKeys(object);
    for (let index = 0; index < keys.length; index++) {
        const key = keys[index];
        if (key !== "length" || !isArray(object)) define(object, key, incoming(object[key], marked, writable));
    }
    return writable ? object : protect(object);
};
