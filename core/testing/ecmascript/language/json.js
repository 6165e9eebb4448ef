// 15.12.2
JSON.parse('{"a": [1, -2.5e1, "x\\u0041\\n\\/", true, null], "b": {}}') // => {"a": [1, -25, "xA\n/", true, null], "b": {}}
[JSON.parse('1'), JSON.parse(' "a" '), JSON.parse('\t[\r\n]'), JSON.parse('null'), JSON.parse(true), JSON.parse('-0') === 0, JSON.parse('1E2'), JSON.parse(5)] // => [1, "a", [], null, true, true, 100, 5]
['{', '[1,]', '{"a":1,}', "{'a':1}", '01', '-', '-01', '1.', '.5', '+1', '1e', '0x1', 'NaN', 'Infinity', 'undefined', 'nul', '"\t"', '"\\x41"', '"\\u12"', '"', "'a'", '', ' ', '[1] 2', '\u00a01', '{a: 1}', '{"a" 1}', '{1: 1}', '[', '1 2', '"\n"', '"\u0000"', 'TRUE', '/**/1', '[,]'].filter(function (s) { try { JSON.parse(s); return true } catch (e) { return e.name != 'SyntaxError' } }) // => []
[JSON.parse('"\u2028"').length, JSON.parse('"\\ud83d\\ude00"') === '😀', JSON.parse('"\\ud83d"').length, JSON.parse('"😀"').length, JSON.parse('"\u007f"').length] // => [1, true, 1, 2, 1]
[JSON.parse('{"__proto__": 1, "a": 1, "a": 2}').a, Object.keys(JSON.parse('{"b":1,"a":2,"1":3}')).join(), JSON.parse('{"": 1}')[''], JSON.parse('1e999') === Infinity] // => [2, "1,b,a", 1, true]
var o = JSON.parse('{"__proto__": {"x": 1}}'); [o.x === undefined, o.hasOwnProperty('__proto__'), Object.getPrototypeOf(o) === Object.prototype] // => [true, true, true]
JSON.parse('{"a": 1, "b": [2, 3]}', function (k, v) { return k == 'a' ? undefined : typeof v == 'number' ? v * 10 : v }) // => {"b": [20, 30]}
var log = []; JSON.parse('{"a":[1,{"b":2}]}', function (k, v) { log.push(k); return v }); log // => ["0", "b", "1", "a", ""]
[JSON.parse('[1,2]', function (k, v) { return k === '0' ? undefined : v }).length, JSON.parse('5', function (k, v) { return [k, v, this[''] === v] }), JSON.parse('1', 5)] // => [2, ["", 5, true], 1]
JSON.parse('[1]', function () { throw new RangeError('r') }) // !! RangeError
JSON.parse() // !! SyntaxError
JSON.parse({}) // !! SyntaxError
// 15.12.3
JSON.stringify({a: [1, 'x', null, undefined, function () {}, NaN, -0, Infinity], b: undefined, c: function () {}, d: true}) // => "{\"a\":[1,\"x\",null,null,null,null,0,null],\"d\":true}"
[JSON.stringify('a"b\\\b\f\n\r\t\u0001\u001f\u007f\u20ac/\u2028'), JSON.stringify('\ud800'), JSON.stringify('😀'), JSON.stringify('\ude00\ud83d')] // => ["\"a\\\"b\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007f€/\u2028\"", "\"\\ud800\"", "\"😀\"", "\"\\ude00\\ud83d\""]
[JSON.stringify(undefined) === undefined, JSON.stringify(function () {}) === undefined, JSON.stringify(null), JSON.stringify(NaN), JSON.stringify(1e21), JSON.stringify(true), JSON.stringify('')] // => [true, true, "null", "null", "1e+21", "true", "\"\""]
JSON.stringify({a: [1, {b: 2}], c: [], d: {}}, null, 2) // => "{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": [],\n  \"d\": {}\n}"
[JSON.stringify([1], null, '--'), JSON.stringify([1], null, 99), JSON.stringify([1], null, '0123456789abc'), JSON.stringify([1], null, new Number(1)), JSON.stringify([1], null, 0), JSON.stringify([1], null, ''), JSON.stringify([1], null, true), JSON.stringify([1], null, 1.9)] // => ["[\n--1\n]", "[\n          1\n]", "[\n01234567891\n]", "[\n 1\n]", "[1]", "[1]", "[1]", "[\n 1\n]"]
[JSON.stringify({a: 1, b: 2, c: {a: 3, d: 4}}, ['a', 'c']), JSON.stringify({1: 1, 2: 2}, [1, new Number(2), 1]), JSON.stringify({a: 1}, []), JSON.stringify([1, 2], [0]), JSON.stringify({b: 1, a: 2}, ['a', 'b'])] // => ["{\"a\":1,\"c\":{\"a\":3}}", "{\"1\":1,\"2\":2}", "{}", "[1,2]", "{\"a\":2,\"b\":1}"]
[JSON.stringify({a: 1, b: 'x'}, function (k, v) { return k == 'b' ? undefined : v }), JSON.stringify({a: {b: 1}}, function (k, v) { return typeof v == 'number' ? v + 1 : v }), JSON.stringify(1, function (k, v) { return [k, v].length == 2 && k === '' ? 'root' : v })] // => ["{\"a\":1}", "{\"a\":{\"b\":2}}", "\"root\""]
[JSON.stringify({toJSON: function (k) { return 'k' + k }}), JSON.stringify({a: {toJSON: function (k) { return k }}}), JSON.stringify([{toJSON: function (k) { return typeof k + k }}]), JSON.stringify({toJSON: 5})] // => ["\"k\"", "{\"a\":\"a\"}", "[\"string0\"]", "{\"toJSON\":5}"]
[JSON.stringify([new Number(1), new String('s'), new Boolean(true), Object(null)]), JSON.stringify(new Date(0)), JSON.stringify(/x/), JSON.stringify(new Error('e')), JSON.stringify(Math)] // => ["[1,\"s\",true,{}]", "\"1970-01-01T00:00:00.000Z\"", "{}", "{}", "{}"]
[JSON.stringify(Object.create({a: 1})), JSON.stringify(Object.defineProperty({}, 'a', {value: 1})), JSON.stringify({get a() { return 1 }}), JSON.stringify([, 1]), JSON.stringify((function () { return arguments })(1))] // => ["{}", "{}", "{\"a\":1}", "[null,1]", "{\"0\":1}"]
var a = [1]; a.x = 2; var o = {}; o.p = {z: 1}; o.q = o.p; [JSON.stringify(a), JSON.stringify(o)] // => ["[1]", "{\"p\":{\"z\":1},\"q\":{\"z\":1}}"]
var o = {}; o.o = o; JSON.stringify(o) // !! TypeError
var a = []; a[0] = [a]; JSON.stringify(a) // !! TypeError
JSON.stringify({toJSON: function () { throw new RangeError('r') }}) // !! RangeError
JSON.stringify({get a() { null.x }}) // !! TypeError
new JSON() // !! TypeError
[Object.prototype.toString.call(JSON), typeof JSON, JSON.parse.length, JSON.stringify.length] // => ["[object JSON]", "object", 2, 3]
// and together
[encodeURIComponent('a b&c/\u00e9\u20ac'), encodeURI('http://h/a b?c=d&e#f\u00e9'), encodeURIComponent("-_.!~*'()")] // => ["a%20b%26c%2F%C3%A9%E2%82%AC", "http://h/a%20b?c=d&e#f%C3%A9", "-_.!~*'()"]
[encodeURIComponent('\ud83d\ude00'), decodeURIComponent('%F0%9F%98%80').length > 0] // => ["%F0%9F%98%80", true]
['\ud800', '\udc00x'].map(function (s) { try { encodeURIComponent(s) } catch (e) { return e.name } }) // => ["URIError", "URIError"]
[decodeURIComponent('a%20b%26%C3%A9'), decodeURI('%41%2F%23%20'), decodeURIComponent('%2f')] // => ["a b&é", "A%2F%23 ", "/"]
['%', '%4', '%zz', '%80', '%C3', '%C3%28', '%ED%A0%80', '%F8%80%80%80', '%C0%80'].filter(function (s) { try { decodeURIComponent(s); return true } catch (e) { return e.name != 'URIError' } }) // => []
[escape('a b+\u00e9\u20ac@*_-./'), unescape('%u20AC%E9%20%zz%u12'), unescape(escape('\u1234\n'))] // => ["a%20b+%E9%u20AC@*_-./", "€é %zz%u12", "ሴ\n"]
JSON.parse('{"a": [1, -2.5e1, "x\\u0041\\n", true, null], "b": {}}') // => {"a": [1, -25, "xA\n", true, null], "b": {}}
['{', '[1,]', "{'a':1}", '01', '1.', '.5', '+1', 'NaN', 'Infinity', 'undefined', '"\t"', '"\\x41"', '', '[1] 2', '\u00a01'].filter(function (s) { try { JSON.parse(s); return true } catch (e) { return e.name != 'SyntaxError' } }) // => []
JSON.parse('{"__proto__": 1, "a": 1, "a": 2}').a // => 2
JSON.stringify({a: [1, 'x', null, undefined, function () {}, NaN], b: undefined, c: function () {}, d: true}) // => "{\"a\":[1,\"x\",null,null,null,null],\"d\":true}"
JSON.stringify({a: [1, {b: 2}], c: []}, null, 2) // => "{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": []\n}"
[JSON.stringify('a"b\\\n\u0001\u20ac'), JSON.stringify('\ud800'), JSON.stringify(undefined) === undefined, JSON.stringify(null)] // => ["\"a\\\"b\\\\\\n\\u0001€\"", "\"\\ud800\"", true, "null"]
[JSON.stringify({a: 1, b: 2, c: {a: 3, d: 4}}, ['a', 'c']), JSON.stringify({a: 1, b: 'x'}, function (k, v) { return k == 'b' ? undefined : v })] // => ["{\"a\":1,\"c\":{\"a\":3}}", "{\"a\":1}"]
[JSON.stringify({toJSON: function (k) { return 'k' + k }}), JSON.stringify([new Number(1), new String('s'), new Boolean(true)]), JSON.stringify(new Date(0))] // => ["\"k\"", "[1,\"s\",true]", "\"1970-01-01T00:00:00.000Z\""]
var o = {}; o.o = o; try { JSON.stringify(o) } catch (e) { e.name } // => "TypeError"
[JSON.stringify([1], null, '--'), JSON.stringify([1], null, 99), JSON.stringify({}, null, 2)] // => ["[\n--1\n]", "[\n          1\n]", "{}"]
Object.prototype.toString.call(JSON) // => "[object JSON]"
