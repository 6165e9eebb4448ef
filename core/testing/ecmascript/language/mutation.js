// What is changed while it is gone through, and built-in functions whose arguments have a life of their own.
var a = [5, 3, 1, 4]; a.sort(function (x, y) { a.length = 0; return x - y }); a.length >= 0 // => true
var a = [3, 2, 1], n = 0; a.sort(function (x, y) { if (n++ < 5) a.push(n); return x - y }); [a.slice(0, 3), a.length > 3] // => [[1, 2, 3], true]
var a = [3, 2, 1]; a.sort(function () { return a.sort(function (x, y) { return x - y }), 0 }); a.length // => 3
var a = [1, 2, 3]; a.forEach(function (x, i) { delete a[i + 1] }); a.length // => 3
var a = [1, 2, 3], r = []; a.map(function (x, i) { a.length = 1; r.push(x) }); r // => [1]
var a = [1, 2, 3, 4]; [a.filter(function (x) { a.shift(); return true }), a] // => [[1, 3], [3, 4]]
var a = [1, 2, 3]; a.reduce(function (s, x) { a.pop(); return s + x }) // => 3
var a = [1, 2, 3]; a.splice({valueOf: function () { a.length = 0; return 0 }}, 2).length // => 2
var a = [1, 2, 3]; a.slice({valueOf: function () { a.length = 1; return 0 }}).length // => 3
var a = [1, 2, 3]; a.indexOf(3, {valueOf: function () { a.pop(); return 0 }}) // => -1
var a = [1, {toString: function () { a.length = 0; return 'x' }}, 3]; a.join() // => "1,x,"
var a = [{toString: function () { a[1] = 'changed'; return 'x' }}, 'b']; a.join() // => "x,changed"
var o = {get a() { delete this.b; return 1 }, b: 2}, r = []; for (var k in o) { r.push(k); o[k] } r // => ["a"]
var o = {get a() { Object.defineProperty(this, 'a', {value: 'own'}); return 'got' }}; [o.a, o.a] // => ["got", "own"]
var o = {a: 1}, r = []; for (var k in o) { r.push(k); o.b = 1; if (r.length > 5) break } r[0] // => "a"
var p = {x: 1}, o = Object.create(p), r = []; o.y = 2; for (var k in o) { r.push(k); delete p.x } r // => ["y"]
var o = {b: 1, toJSON: function () { delete this.b; return this }}; JSON.stringify(o) // => "{}"
var o = {a: {toJSON: function () { o.b = 2; return 1 }}, b: 1}; JSON.stringify(o) // => "{\"a\":1,\"b\":2}"
var a = [{toJSON: function () { a.length = 1; return 1 }}, 2]; JSON.stringify(a) // => "[1,null]"
JSON.parse('[1,2,3]', function (k, v) { if (k === '0') { this.length = 1 } return v }).length >= 1 // => true
JSON.parse('{"a":1,"b":2}', function (k, v) { if (k == 'a') delete this.b; return v }) // => {"a": 1}
var r = /a/g; ['aXaXa'.replace(r, function () { r.lastIndex = 0; return 'b' }), r.lastIndex] // => ["bXbXb", 0]
var s = 'abc', o = {toString: function () { s = 'zzz'; return 'b' }}; [s.indexOf(o), s] // => [1, "zzz"]
var f = function () { f = null; return 1 }; [f(), f] // => [1, null]
var o = {f: function (x) { return x }}, r = o.f((o.f = function () { return 'new' }, 'old')); r // => "old"
var x = 1; x = (x = 5) + x // => 10
var x = 1; [x = (x = 5) + x, x] // => [10, 10]
var d = new Date(0); d.setTime({valueOf: function () { d.setTime(5); return 7 }}); d.getTime() // => 7
var a = [1, 2, 3]; Object.defineProperty(a, 0, {get: function () { a.length = 1; return 'g' }}); a.concat([4]).length // => 4
var a = []; a.length = {valueOf: function () { return 2 }}; a.length // => 2
var n = 0; [1, 2, 3].concat({valueOf: function () { n++ }}); n // => 0
var args = (function () { return arguments })(1, 2), r = []; for (var k in args) { r.push(k); delete args[1] } r // => ["0"]
var o = {}; o.o = o; [o.o.o.o.o === o, String(o), [o, o].length] // => [true, "[object Object]", 2]
var a = [1]; a.push(a); [a[1][1][1][0], a.length] // => [1, 2]
try { throw {toString: function () { throw 'inner' }} } catch (e) { typeof e } // => "object"
