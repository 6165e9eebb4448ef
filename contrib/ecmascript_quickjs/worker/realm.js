// What the worker calls. A reply is JSON: ["ok", value, changes, applied], ["error", name, message, line, changes,
// applied] or ["limit", what, changes, applied]; `applied` counts the writes of the host that have been made.

let applied = 0, fault = null, outcome = null;
const evaluators = create(null);

// `eval` is named in a block of its own, so that a variable of that name cannot take its place; and what scripts could
// do harm with is hidden behind names of nothing.
const evaluator = (depth) => {
    if (evaluators[depth] === undefined) {
        let head = "", tail = "";
        for (let level = 0; level < depth; level++) {
            head += `with($chain$[${level}]){`;
            tail += "}";
        }
        evaluators[depth] = new RealFunction("$chain$", "$source$", "$eval$", "$given$",
            `${head}{let eval=$eval$,arguments;{let $eval$,$chain$;return eval($source$)}}${tail}`);
    }
    return evaluators[depth];
};
const within = (scope, source, given) =>
    apply(evaluator(scope.chain.length), scope.view, [scope.chain, source, realEval, given]);

// ---- what the host writes ----

const writes = {
    __proto__: null,
    scope: newScope,
    forget: (id) => mapDelete(scopes, id),
    release,
    declare(id, name, writable, value, marked) {
        const scope = mapGet(scopes, id);
        declare(scope, name, incoming(value, marked, writable && scope.writable), writable || !scope.writable);
        watch(scope, name);
    },
    path: (id, path, value, marked) => setPath(mapGet(scopes, id), path, value, marked),
};

// ---- what the host asks, which runs no script ----

const questions = {
    __proto__: null,
    value(id, name) {
        const scope = mapGet(scopes, id), state = stateOf(scope, name);
        watch(scope, name);
        return state[0] === "v" ? outgoing(state[1]) : `["${state[0]}"]`;
    },
    snapshot: (id) => snapshot(mapGet(scopes, id)),
};

// ---- what may run scripts ----

const program = (scope, source, shape) => {
    const { names, functions } = shape;
    for (let index = 0; index < names.length; index++) hoist(scope, names[index]);
    if (functions.length !== 0) {
        for (let index = 0; index < functions.length; index++) {
            hoist(scope, functions[index]);
            if (fixed(scope, functions[index]) || scope.names[functions[index]]) refuse();
        }
        const made = within(scope, shape.made);
        for (let index = 0; index < functions.length; index++) {
            const name = functions[index];
            declare(scope, name, getOwnPropertyDescriptor(made, name).value, true);
        }
    }
    return within(scope, shape.expression ? `(${source}\n)` : `;${source}`);
};

const sloppily = new RealFunction("object", "key", "value", "object[key] = value");
const assign = (scope, reference, shape, value) => {
    if (shape.base === undefined) {
        within(scope, `(${reference}\n) = $given$`, value);
        return;
    }
    const object = within(scope, `(${shape.base}\n)`), named = isObject(object) ? weakGet(views, object) : undefined;
    if (named !== undefined && !hasOwn(named.target, shape.key)) {
        throw new RealReferenceError(`${shape.key} is not defined`);
    }
    sloppily(object, shape.key, value);
};

const works = {
    __proto__: null,
    evaluate: (id, source, shape) => outgoing(program(mapGet(scopes, id), source, shape)),
    assign(id, source, shape, value, marked) {
        assign(mapGet(scopes, id), source, shape, incoming(value, marked, true));
        return "null";
    },
    text: (id, source, shape, value, marked) => quoted(text(incoming(value, marked, true))),
    export: (id, source, shape, value, marked) => exported(incoming(value, marked, true)),
};

// Most sources declare nothing.
const PROGRAM = { __proto__: null, expression: false, names: [], functions: [] };
const shapeOf = (shape) => (shape === "" ? PROGRAM : { functions: [], ...parse(shape) });

// ---- what was thrown, without running scripts ----

const dataOf = (object, name) => {
    for (let holder = object, step = 0; holder !== null && step < 50; holder = getPrototypeOf(holder), step++) {
        if (weakHas(traps, holder)) return undefined;
        const property = getOwnPropertyDescriptor(holder, name);
        if (property === undefined) continue;
        return hasOwn(property, "value") && typeof property.value === "string" ? property.value : undefined;
    }
};
// The line of the source that was evaluated: where it threw, or called what threw. A frame reads "at NAME
// (FILE:LINE:COLUMN)". The outermost one named "<eval>" is the source's own; frames within are too as long as they are
// of functions that it declares, or of ones without a name at a place that it has.
const FILE = " (<input>:", NATIVE = " (native)";
const lineOf = (error, source, functions) => {
    let result = null, inner = null;
    const frames = framesOf(error);
    for (let from = 0; from < frames.length;) {
        const end = indexOf(frames, "\n", from), frame = sliced(frames, from, end);
        from = end + 1;
        const at = indexOf(frame, FILE);
        if (at < 0) {
            if (indexOf(frame, NATIVE) < 0) inner = null;
            continue;
        }
        const name = sliced(frame, 7, at), place = sliced(frame, at + FILE.length);
        const line = leading(place), column = leading(sliced(place, indexOf(place, ":") + 1));
        if (name === "<eval>") {
            result = inner ?? line;
            inner = null;
        } else {
            const own = includes(functions, name) || (name === "<anonymous>" && isPlace(source, line, column));
            inner = own ? inner ?? line : null;
        }
    }
    return result;
};
const framesOf = (error) => {
    try {
        const frames = weakHas(traps, error) ? "" : stackOf(error);
        return typeof frames === "string" ? frames : "";
    } catch {
        return "";
    }
};
const leading = (digits) => {
    let number = 0;
    for (let index = 0; digits[index] >= "0" && digits[index] <= "9"; index++) {
        number = number * 10 + toNumber(digits[index]);
    }
    return number;
};
const isPlace = (source, line, column) => {
    let from = 0;
    for (; line > 1; line--) {
        from = indexOf(source, "\n", from) + 1;
        if (from === 0) return false;
    }
    const end = indexOf(source, "\n", from);
    return column <= (end < 0 ? source.length : end) - from + 1;
};
const includes = (names, name) => {
    for (let index = 0; index < names.length; index++) if (names[index] === name) return true;
    return false;
};
const isFull = () => {
    try {
        return new RealBuffer(CRUMB).byteLength !== CRUMB;
    } catch {
        return true;
    }
};
const CRUMB = 262144;
const described = (thrown, source, functions) => {
    // When there is no room for an error either, null is thrown.
    if (thrown === null && isFull()) return '["limit","memory"';
    if (!isObject(thrown)) return `["error","",${quoted(sliced(text(thrown), 0, 1000))},null`;
    if (weakHas(limits, thrown)) return `["limit",${quoted(weakGet(limits, thrown))}`;
    const name = sliced(dataOf(thrown, "name") ?? "", 0, 200);
    const message = sliced(dataOf(thrown, "message") ?? `an object of class ${kindOf(thrown)}`, 0, 1000);
    return `["error",${quoted(name)},${quoted(message)},${lineOf(thrown, source, functions)}`;
};

return {
    __proto__: null,
    open(opening) {
        const { seeds, items } = parse(opening);
        seed(seeds);
        mostItems = items;
    },
    write(batch) {
        const all = parse(batch);
        for (let index = 0; index < all.length; index++) {
            applied++;
            try {
                apply(writes[all[index][0]], undefined, all[index][1]);
            } catch (thrown) {
                fault ??= thrown;
            }
        }
    },
    ask(query) {
        const asked = parse(query);
        return `["ok",${apply(questions[asked[0]], undefined, asked[1])},${changes()},${applied}]`;
    },
    work(query, source, shape) {
        const { what, at, scope, value, marked } = parse(query);
        const looked = shapeOf(shape), functions = looked.functions;
        now = at;
        outcome = null;
        try {
            if (fault !== null) throw fault;
            const result = works[what](scope, source, looked, value, marked);
            outcome = `["ok",${result}`;
        } catch (thrown) {
            outcome = described(thrown, source, functions);
        } finally {
            fault = null;
        }
        return `${outcome},${changes()},${applied}]`;
    },
    // The same again, after promises have had their turn.
    reply: () => `${outcome},${changes()},${applied}]`,
    changes: () => `${changes()},${applied}]`,
};
