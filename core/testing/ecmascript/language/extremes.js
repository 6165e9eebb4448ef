// The largest, the smallest, the longest.
[new Date(8.64e15).setMonth(1e300), new Date(0).setFullYear(1e308), new Date(0).setHours(1e300), Date.UTC(1e300, 0), Date.UTC(2000, 1e300), new Date(1e308, 1e308, 1e308), new Date(0).setDate(Infinity), new Date(0).setTime(1e300), new Date(0).setYear(-1e300)].map(Number).join() // => "NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN,NaN"
[new Date(8.64e15).getUTCFullYear(), new Date(-8.64e15).getUTCFullYear(), new Date(8.64e15).setUTCMilliseconds(0), new Date(8.64e15).toUTCString(), new Date(-8.64e15).toUTCString()] // => [275760, -271821, 8640000000000000, "Sat, 13 Sep 275760 00:00:00 GMT", "Tue, 20 Apr -271821 00:00:00 GMT"]
[new Date(8.64e15).toString().length > 20, typeof new Date(-8.64e15).getTimezoneOffset(), isNaN(new Date(8.64e15).setHours(48))] // => [true, "number", true]
['2024-02-29'.concat(new Array(5000).join('0')), new Array(5000).join('-1'), new Array(3000).join('(')].map(Date.parse).map(isNaN) // => [true, true, true]
[(1.7976931348623157e308).toString(36).length, (5e-324).toString(2).length, (1.7976931348623157e308).toString(2).length, (5e-324).toString()] // => [199, 1076, 1024, "5e-324"]
[(1e20).toFixed(100).length, (5e-324).toFixed(100), (0.1).toFixed(55), (1e-100).toFixed(100).slice(-1), (1.7976931348623157e308).toPrecision(100).length, (5e-324).toPrecision(21), (123.456).toExponential(100).length] // => [122, "0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000", "0.1000000000000000055511151231257827021181583404541015625", "1", 106, "4.94065645841246544177e-324", 105]
[1e308 * 10, -1e308 * 10, 1e308 + 1e308, 5e-324 / 2, 2e-324, -5e-324 / 2].join() // => "Infinity,-Infinity,Infinity,0,0,0"
[9007199254740992 + 1, 9007199254740991 + 2, 0.1 * 3, 1 / 3, 1e16 + 1, 123456789 * 987654321].join() // => "9007199254740992,9007199254740992,0.30000000000000004,0.3333333333333333,10000000000000000,121932631112635260"
[parseInt(new Array(5000).join('9')), parseFloat(new Array(5000).join('9')), Number(new Array(5000).join('9')), Number('.' + new Array(5000).join('0') + '1'), parseFloat('1e' + new Array(5000).join('9'))].join() // => "Infinity,Infinity,Infinity,0,Infinity"
[1e21 | 0, 1e300 | 0, -1e300 >>> 0, 1 << 31, 1 << 1e300, 2e9 << 1, Infinity >> 0, 4294967296.5 >>> 0] // => [-559939584, 0, 0, -2147483648, 1, -294967296, 0, 0]
['abc'.slice(-1e300, 1e300), 'abc'.substring(-Infinity, Infinity), 'abc'.substr(-1e300, 1e300), 'abc'.charAt(1e300), 'abc'.charAt(4294967296), 'abc'.indexOf('c', -1e300), 'abc'.lastIndexOf('a', 1e300), 'a,b'.split(',', 1e300).length >= 0] // => ["abc", "abc", "abc", "", "", 2, 0, true]
[[1, 2, 3].slice(-1e300, 1e300), [1, 2, 3].splice(1e300, 1e300), [1, 2, 3].indexOf(3, -1e300), [1, 2, 3].lastIndexOf(1, 1e300), [1, 2, 3].slice(4294967295), [1, 2].slice(-4294967296)] // => [[1, 2, 3], [], 2, 0, [], [1, 2]]
var a = []; a[4294967294] = 1; [a.length, a.indexOf === undefined, Object.keys(a).length, (a.length = 0, a.length)] // => [4294967295, false, 1, 0]
var a = []; a[4294967294] = 'x'; a.push('y') // !! RangeError
var o = {}; o[4294967296] = 1; o[-0] = 2; o[1e21] = 3; o[0.1] = 4; Object.keys(o).sort().join() // => "0,0.1,1e+21,4294967296"
[Math.pow(2, 1023) * 2, Math.pow(2, -1074), Math.exp(709.8), Math.exp(-746), Math.round(-4503599627370495.5), Math.round(4503599627370496.5), Math.floor(-1e-320), Math.sqrt(5e-324) > 0].join() // => "Infinity,5e-324,Infinity,0,-4503599627370495,4503599627370496,-1,true"
[Math.max.apply(null, new Array(1000)), Math.min.apply(null, [1e308, -1e308]), isNaN(Math.max(undefined))].join() // => "NaN,-1e+308,true"
[String.fromCharCode.apply(null, new Array(1001)).length, String.fromCharCode(-1).charCodeAt(0), String.fromCharCode(65536 + 65), String.fromCharCode(1e300).charCodeAt(0)] // => [1001, 65535, "A", 0]
[encodeURIComponent(new Array(1001).join('\u20ac')).length, decodeURIComponent(new Array(1001).join('%E2%82%AC')).length, escape(new Array(1001).join('\u20ac')).length, unescape(new Array(1001).join('%u20AC')).length] // => [9000, 1000, 6000, 1000]
(function () { var s = 'x'; for (var i = 0; i < 13; i++) s += s; return [s.length, s.lastIndexOf('x'), s.split('x').length, s.replace(/x/g, '').length, s.toUpperCase().indexOf('x')] })() // => [8192, 8191, 8193, 0, -1]
(function () { var o = {}; for (var i = 0; i < 2000; i++) o['k' + i] = i; var n = 0; for (var k in o) n += o[k]; return [n, Object.keys(o).length] })() // => [1999000, 2000]
(function () { var a = []; for (var i = 0; i < 3000; i++) a.push((i * 7919) % 3001); a.sort(function (x, y) { return x - y }); return [a[0], a[1500], a[2999]] })() // => [0, 1501, 3000]
(function f(n) { return n ? 1 + f(n - 1) : 0 })(300) // => 300
(function () { var f = function () { return 1 }; for (var i = 0; i < 200; i++) f = (function (g) { return function () { return g() } })(f); return f() })() // => 1
(function () { var o = {}; for (var i = 0; i < 200; i++) o = Object.create(o); return o.nothing === undefined })() // => true
eval(new Array(200).join('1+') + '1') // => 200
eval(new Array(20).join('(') + '1' + new Array(20).join(')')) // => 1
JSON.parse(new Array(51).join('[') + new Array(51).join(']')).length // => 1
JSON.stringify((function () { var o = 1; for (var i = 0; i < 50; i++) o = [o]; return o })()).length // => 101
/(?:a|b|c|d|e|f|g|h)*z/.test(new Array(200).join('abcdefgh')) // => false
new RegExp(new Array(100).join('(a|') + 'b' + new Array(100).join(')')).test('b') // => true
/^(?:\s*\d{1,3}\s*,?)+$/.test('1, 2, 3, 100') // => true
