Object.keys({b: 1, a: 2}).join() // => "b,a"
Object.keys('ab').join ? 'array' : '' // => "array"
Object.getOwnPropertyNames([5]).join() // => "0,length"
Object.getOwnPropertyNames(new String('ab')).join() // => "0,1,length"
Object.getOwnPropertyDescriptor({a: 1}, 'a') // => {"value": 1, "writable": true, "enumerable": true, "configurable": true}
Object.getOwnPropertyDescriptor({}, 'a') === undefined // => true
var d = Object.getOwnPropertyDescriptor({get a() { return 1 }}, 'a'); [typeof d.get, typeof d.set, 'value' in d] // => ["function", "undefined", false]
var o = {}; Object.defineProperty(o, 'a', {value: 1}); o.a = 2; [o.a, delete o.a, Object.keys(o).length] // => [1, false, 0]
var o = Object.defineProperty({}, 'a', {get: function () { return 3 }, configurable: true}); o.a // => 3
var o = {}; Object.defineProperty(o, 'a', {value: 1, configurable: true}); Object.defineProperty(o, 'a', {value: true}); o.a // => true
var o = {}; Object.defineProperty(o, 'a', {value: 1}); try { Object.defineProperty(o, 'a', {value: 2}) } catch (e) { e.name } // => "TypeError"
var o = {}; Object.defineProperty(o, 'a', {value: NaN}); Object.defineProperty(o, 'a', {value: NaN}); isNaN(o.a) // => true
try { Object.defineProperty({}, 'a', {get: 1}) } catch (e) { e.name } // => "TypeError"
try { Object.defineProperty({}, 'a', {get: function () {}, value: 1}) } catch (e) { e.name } // => "TypeError"
Object.defineProperties({}, {a: {value: 1, enumerable: true}, b: {value: 2, enumerable: true}}) // => {"a": 1, "b": 2}
var p = {x: 1}, o = Object.create(p, {y: {value: 2, enumerable: true}}); [o.x, o.y, Object.getPrototypeOf(o) === p] // => [1, 2, true]
Object.getPrototypeOf(Object.create(null)) === null // => true
try { Object.create(1) } catch (e) { e.name } // => "TypeError"
var o = Object.freeze({a: 1}); o.a = 2; o.b = 3; delete o.a; [o.a, o.b === undefined, Object.isFrozen(o), Object.isSealed(o)] // => [1, true, true, true]
var o = Object.seal({a: 1}); o.a = 2; o.b = 3; delete o.a; [o.a, 'b' in o, Object.isFrozen(o)] // => [2, false, false]
var o = Object.preventExtensions({a: 1}); o.b = 1; [Object.isExtensible(o), 'b' in o] // => [false, false]
[{}.toString(), Object.prototype.toString.call([]), Object.prototype.toString.call(null), Object.prototype.toString.call(1)] // => ["[object Object]", "[object Array]", "[object Null]", "[object Number]"]
[({a: 1}).hasOwnProperty('a'), ({}).hasOwnProperty('toString'), 'abc'.hasOwnProperty('1'), 'abc'.hasOwnProperty('length')] // => [true, false, true, true]
var p = {}, o = Object.create(p); [p.isPrototypeOf(o), o.isPrototypeOf(p), Object.prototype.isPrototypeOf(1)] // => [true, false, false]
[[5].propertyIsEnumerable(0), [].propertyIsEnumerable('length')] // => [true, false]
[typeof Object(1), typeof Object('a'), Object(null) instanceof Object, new Object('ab').length] // => ["object", "object", true, 2]
Object.assign({a: 1}, {b: 2}, null, {a: 3}) // => {"a": 3, "b": 2}
[Object.values({a: 1, b: 2}), Object.entries({a: 1})] // => [[1, 2], [["a", 1]]]
[Function.prototype.toString.call(function f() {}), typeof Function.prototype, Function.prototype() === undefined] // => ["function f() { [native code] }", "function", true]
[Object.length, Function.length, [].push.length, ''.replace.length, Date.length, Date.UTC.length, [].sort.length, Math.max.length] // => [1, 1, 1, 2, 7, 7, 1, 2]
var e = new RangeError('m'); [e.name, e.message, e + '', e instanceof Error, Object.keys(e).length] // => ["RangeError", "m", "RangeError: m", true, 0]
[new Error() + '', Error('x').message, new Error(undefined).hasOwnProperty('message'), Error.prototype.toString.call({name: 'N', message: 'M'})] // => ["Error", "x", false, "N: M"]
[TypeError.prototype.name, TypeError.prototype.message, Object.getPrototypeOf(TypeError.prototype) === Error.prototype] // => ["TypeError", "", true]
[new Boolean(false) ? 1 : 2, new Boolean(false) == false, Boolean('') + '', (true).toString()] // => [1, true, "false", "true"]
