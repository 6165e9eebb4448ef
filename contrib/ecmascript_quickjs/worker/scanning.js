// Looks at sources without running them, in a realm of its own whose global object is empty. What is parsed begins with
// a `throw`: declarations are made, nothing else happens. The parser is the one that will run the source.

const evaluateGlobally = eval;
const home = globalThis;
const RealSet = Set, RealSyntaxError = SyntaxError, { max } = Math, { stringify } = JSON, toNumber = Number;
const { deleteProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
for (const key of ownKeys(home)) deleteProperty(home, key);
const fixed = new RealSet(ownKeys(home));

const halting = (source) => {
    try {
        evaluateGlobally("throw 0;" + source);
    } catch (thrown) {
        if (thrown !== 0) throw thrown;
    }
};
const parses = (source) => {
    try {
        halting(source);
        return true;
    } catch (error) {
        if (error instanceof RealSyntaxError) return false;
        throw error;
    } finally {
        declared();
    }
};

// Both brackets: `a) = (b` stands between round ones only.
const isExpression = (source) => parses(`(${source}\n)`) && parses(`[${source}\n]`) && !/^\s*(\/\/.*)?$/.test(source);

// The names that were declared, as [name, value]; they are taken back.
const declared = () => {
    const found = [];
    for (const name of ownKeys(home)) {
        if (fixed.has(name)) continue;
        found.push([name, getOwnPropertyDescriptor(home, name).value]);
        deleteProperty(home, name);
    }
    return found;
};

const lines = (source, end) => {
    let count = 0;
    for (let at = source.indexOf("\n"); at >= 0 && at < end; at = source.indexOf("\n", at + 1)) count++;
    return count;
};

// An object with the functions of a program, each on its own line, and none with a name of its own within: a name is
// a variable of the scope.
const anonymous = (name, source) => {
    const head = /^((?:async\s+)?function\s*\*?)\s*/.exec(source);
    const rest = head && source.slice(head[0].length);
    return rest && rest.startsWith(name) ? head[1] + rest.slice(name.length) : source;
};
const made = (functions, source) => {
    const placed = functions.map(([name, value]) => {
        const text = value.toString();
        return { name, text, at: source.lastIndexOf(text) };
    });
    placed.sort((one, other) => one.at - other.at);
    let all = "({", line = 0;
    for (const { name, text, at } of placed) {
        const before = lines(source, at);
        all += "\n".repeat(max(0, before - line)) + stringify(name) + ":" + anonymous(name, text) + ",";
        line = max(before, line) + lines(text, text.length);
    }
    return all + "})";
};

const shapeOfProgram = (source) => {
    halting(source);
    const found = declared();
    const functions = found.filter(([, value]) => typeof value === "function");
    return {
        expression: false,
        names: found.filter(([, value]) => typeof value !== "function").map(([name]) => name),
        functions: functions.map(([name]) => name),
        made: functions.length ? made(functions, source) : "",
    };
};
const EXPRESSION = { expression: true, names: [], functions: [] };

const shape = (source) => {
    if (/^\s*\{/.test(source) && isExpression(source)) return EXPRESSION;
    try {
        return shapeOfProgram(source);
    } catch (error) {
        declared();
        if (error instanceof RealSyntaxError && isExpression(source)) return EXPRESSION;
        throw error;
    }
};

// `dialog.x` must be declared like `x`: the object is looked at before it is written to.
const PROPERTY = /^([^]+?)\s*(?:\.\s*([\w$]+)|\[\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*\])\s*$/;
const shapeOfReference = (source) => {
    if (!parses(`[${source}\n]`)) halting(`[${source}\n]`);
    halting(`(${source}\n)=0`);
    const parts = PROPERTY.exec(source);
    return parts && isExpression(parts[1]) ? { base: parts[1], key: parts[2] ?? parts[3] ?? parts[4] } : {};
};

const scan = (what, source) => {
    try {
        return stringify(["ok", what === "reference" ? shapeOfReference(source) : shape(source)]);
    } catch (error) {
        const line = /<input>:(\d+):/.exec(error.stack);
        return stringify(["error", error.name, error.message, line && toNumber(line[1])]);
    }
};

return { scan };
