[encodeURIComponent('a b&c/\u00e9\u20ac'), encodeURI('http://h/a b?c=d&e#f\u00e9'), encodeURIComponent("-_.!~*'()")] // => ["a%20b%26c%2F%C3%A9%E2%82%AC", "http://h/a%20b?c=d&e#f%C3%A9", "-_.!~*'()"]
[encodeURIComponent('\ud83d\ude00'), decodeURIComponent('%F0%9F%98%80').length > 0] // => ["%F0%9F%98%80", true]
['\ud800', '\udc00x'].map(function (s) { try { encodeURIComponent(s) } catch (e) { return e.name } }) // => ["URIError", "URIError"]
[decodeURIComponent('a%20b%26%C3%A9'), decodeURI('%41%2F%23%20'), decodeURIComponent('%2f')] // => ["a b&é", "A%2F%23 ", "/"]
['%', '%4', '%zz', '%80', '%C3', '%C3%28', '%ED%A0%80', '%F8%80%80%80', '%C0%80'].filter(function (s) { try { decodeURIComponent(s); return true } catch (e) { return e.name != 'URIError' } }) // => []
[escape('a b+\u00e9\u20ac@*_-./'), unescape('%u20AC%E9%20%zz%u12'), unescape(escape('\u1234\n'))] // => ["a%20b+%E9%u20AC@*_-./", "€é %zz%u12", "ሴ\n"]
JSON.parse('{"a": [1, -2.5e1, "x\\u0041\\n", true, null], "b": {}}') // => {"a": [1, -25, "xA\n", true, null], "b": {}}
['{', '[1,]', "{'a':1}", '01', '1.', '.5', '+1', 'NaN', 'Infinity', 'undefined', '"\t"', '"\\x41"', '', '[1] 2', '\u00a01'].filter(function (s) { try { JSON.parse(s); return true } catch (e) { return e.name != 'SyntaxError' } }) // => []
JSON.parse('{"a": 1, "b": [2, 3]}', function (k, v) { return k == 'a' ? undefined : typeof v == 'number' ? v * 10 : v }) // => {"b": [20, 30]}
JSON.parse('{"__proto__": 1, "a": 1, "a": 2}').a // => 2
JSON.stringify({a: [1, 'x', null, undefined, function () {}, NaN], b: undefined, c: function () {}, d: true}) // => "{\"a\":[1,\"x\",null,null,null,null],\"d\":true}"
JSON.stringify({a: [1, {b: 2}], c: []}, null, 2) // => "{\n  \"a\": [\n    1,\n    {\n      \"b\": 2\n    }\n  ],\n  \"c\": []\n}"
[JSON.stringify('a"b\\\n\u0001\u20ac'), JSON.stringify('\ud800'), JSON.stringify(undefined) === undefined, JSON.stringify(null)] // => ["\"a\\\"b\\\\\\n\\u0001€\"", "\"\\ud800\"", true, "null"]
[JSON.stringify({a: 1, b: 2, c: {a: 3, d: 4}}, ['a', 'c']), JSON.stringify({a: 1, b: 'x'}, function (k, v) { return k == 'b' ? undefined : v })] // => ["{\"a\":1,\"c\":{\"a\":3}}", "{\"a\":1}"]
[JSON.stringify({toJSON: function (k) { return 'k' + k }}), JSON.stringify([new Number(1), new String('s'), new Boolean(true)]), JSON.stringify(new Date(0))] // => ["\"k\"", "[1,\"s\",true]", "\"1970-01-01T00:00:00.000Z\""]
var o = {}; o.o = o; try { JSON.stringify(o) } catch (e) { e.name } // => "TypeError"
[JSON.stringify([1], null, '--'), JSON.stringify([1], null, 99), JSON.stringify({}, null, 2)] // => ["[\n--1\n]", "[\n          1\n]", "{}"]
Object.prototype.toString.call(JSON) // => "[object JSON]"
