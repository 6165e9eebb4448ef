// 15.2.1, 15.2.2
[typeof Object(), typeof Object(null), typeof Object(undefined), typeof new Object(1), new Object('a') instanceof String, Object(true).valueOf()] // => ["object", "object", "object", "object", true, true]
var o = {}; [Object(o) === o, new Object(o) === o, Object.getPrototypeOf(Object()) === Object.prototype] // => [true, true, true]
var f = function () {}; Object(f) === f // => true
// 15.2.4
[{}, [], function () {}, 1, 's', true, null, undefined, /x/, new Date(0), new Error, Math, JSON].map(function (v) { return Object.prototype.toString.call(v).slice(8, -1) }).join() // => "Object,Array,Function,Number,String,Boolean,Null,Undefined,RegExp,Date,Error,Math,JSON"
[{}.toLocaleString(), {toString: function () { return 'x' }, toLocaleString: Object.prototype.toLocaleString}.toLocaleString()] // => ["[object Object]", "x"]
var o = {}; [o.valueOf() === o, typeof Object.prototype.valueOf.call(1), Object.prototype.valueOf.call('a').length] // => [true, "object", 1]
Object.prototype.valueOf.call(null) // !! TypeError
Object.prototype.toLocaleString.call(undefined) // !! TypeError
Object.prototype.hasOwnProperty.call(null, 'a') // !! TypeError
[({a: 1}).hasOwnProperty('a'), ({}).hasOwnProperty('toString'), 'abc'.hasOwnProperty(1), 'abc'.hasOwnProperty('length'), [1].hasOwnProperty(0), ({undefined: 1}).hasOwnProperty()] // => [true, false, true, true, true, true]
Object.create({a: 1}).hasOwnProperty('a') // => false
var p = {}, o = Object.create(Object.create(p)); [p.isPrototypeOf(o), o.isPrototypeOf(p), Object.prototype.isPrototypeOf(1), Object.prototype.isPrototypeOf(p)] // => [true, false, false, true]
[[5].propertyIsEnumerable(0), [].propertyIsEnumerable('length'), ({a: 1}).propertyIsEnumerable('a'), ({}).propertyIsEnumerable('toString'), Object.create({a: 1}).propertyIsEnumerable('a'), 'a'.propertyIsEnumerable(0)] // => [true, false, true, false, false, true]
[Object.prototype.constructor === Object, Object.getPrototypeOf(Object.prototype)] // => [true, null]
// 15.2.3.2
[Object.getPrototypeOf([]) === Array.prototype, Object.getPrototypeOf(function () {}) === Function.prototype, Object.getPrototypeOf(Object.create(null)), Object.getPrototypeOf(new Error) === Error.prototype] // => [true, true, null, true]
Object.getPrototypeOf() // !! TypeError
Object.getPrototypeOf(null) // !! TypeError
// 15.2.3.3
Object.getOwnPropertyDescriptor({a: 1}, 'a') // => {"value": 1, "writable": true, "enumerable": true, "configurable": true}
Object.getOwnPropertyDescriptor([1], 'length') // => {"value": 1, "writable": true, "enumerable": false, "configurable": false}
Object.getOwnPropertyDescriptor('ab'.constructor('ab') && new String('ab'), 1) // => {"value": "b", "writable": false, "enumerable": true, "configurable": false}
[Object.getOwnPropertyDescriptor({}, 'a') === undefined, Object.getOwnPropertyDescriptor({}, 'toString') === undefined] // => [true, true]
var d = Object.getOwnPropertyDescriptor({get a() { return 1 }}, 'a'); [typeof d.get, typeof d.set, d.enumerable, d.configurable, 'value' in d, 'writable' in d] // => ["function", "undefined", true, true, false, false]
Object.getOwnPropertyDescriptor(undefined, 'a') // !! TypeError
// 15.2.3.4, 15.2.3.14
Object.getOwnPropertyNames(Object.defineProperty({b: 1, a: 2}, 'hidden', {value: 3})).join() // => "b,a,hidden"
[Object.getOwnPropertyNames([5]).join(), Object.getOwnPropertyNames(new String('ab')).join(), Object.getOwnPropertyNames({}).length] // => ["0,length", "0,1,length", 0]
[Object.keys({b: 1, a: 2}).join(), Object.keys([7, , 8]).join(), Object.keys(Object.create({a: 1})).length, Object.keys(new String('ab')).join()] // => ["b,a", "0,2", 0, "0,1"]
Object.keys({z: 1, 10: 1, 9: 1, '-1': 1, '01': 1}).join() // => "9,10,z,-1,01"
Array.isArray(Object.keys({})) && Object.keys({}) instanceof Array // => true
Object.keys(null) // !! TypeError
Object.keys() // !! TypeError
// 15.2.3.5
var p = {x: 1}, o = Object.create(p, {y: {value: 2, enumerable: true}, z: {value: 3}}); [o.x, o.y, o.z, Object.keys(o).join(), Object.getPrototypeOf(o) === p] // => [1, 2, 3, "y", true]
[Object.create(null).toString === undefined, typeof Object.create([]).push, Object.create({}, undefined) instanceof Object] // => [true, "function", true]
Object.create() // !! TypeError
Object.create(1) // !! TypeError
Object.create({}, null) // !! TypeError
Object.create({}, {a: 5}) // !! TypeError
// 15.2.3.6
var o = {}; Object.defineProperty(o, 'a', {value: 1}); o.a = 2; [o.a, delete o.a, Object.keys(o).length] // => [1, false, 0]
Object.getOwnPropertyDescriptor(Object.defineProperty({}, 'a', {}), 'a') // => {"value": null, "writable": false, "enumerable": false, "configurable": false}
var o = {}, r = Object.defineProperty(o, 'a', {get: function () { return 3 }, configurable: true}); [o.a, r === o, (o.a = 4, o.a)] // => [3, true, 3]
var v, o = Object.defineProperty({}, 'a', {set: function (x) { v = x }}); o.a = 5; [v, o.a === undefined] // => [5, true]
var o = {}; Object.defineProperty(o, 'a', {value: 1, configurable: true}); Object.defineProperty(o, 'a', {value: 2, enumerable: true}); [o.a, Object.keys(o).length] // => [2, 1]
var o = {a: 1}; Object.defineProperty(o, 'a', {enumerable: false}); [o.a, Object.keys(o).length, (o.a = 2, o.a)] // => [1, 0, 2]
var o = {}; Object.defineProperty(o, 'a', {value: NaN}); Object.defineProperty(o, 'a', {value: NaN}); isNaN(o.a) // => true
var o = {}; Object.defineProperty(o, 'a', {value: 1, writable: true}); Object.defineProperty(o, 'a', {value: 2}); Object.defineProperty(o, 'a', {writable: false}); o.a = 3; o.a // => 2
var o = {get a() { return 1 }}; Object.defineProperty(o, 'a', {value: 2}); var d = Object.getOwnPropertyDescriptor(o, 'a'); [d.value, d.writable, d.enumerable] // => [2, false, true]
var n = 0, d = {get value() { n++; return 7 }}; [Object.defineProperty({}, 'x', d).x, n] // => [7, 1]
var p = {value: 5}, d = Object.create(p); Object.defineProperty({}, 'x', d).x // => 5
var o = Object.defineProperty({}, 'a', {value: 1}); Object.defineProperty(o, 'a', {value: 2}) // !! TypeError
var o = Object.defineProperty({}, 'a', {value: 1}); Object.defineProperty(o, 'a', {enumerable: true}) // !! TypeError
var o = Object.defineProperty({}, 'a', {value: 1}); Object.defineProperty(o, 'a', {get: function () {}}) // !! TypeError
var o = Object.defineProperty({}, 'a', {value: 0}); Object.defineProperty(o, 'a', {value: -0}) // !! TypeError
var o = Object.defineProperty({}, 'a', {get: function () {}}); Object.defineProperty(o, 'a', {get: function () {}}) // !! TypeError
Object.defineProperty({}, 'a', {get: 1}) // !! TypeError
Object.defineProperty({}, 'a', {set: {}}) // !! TypeError
Object.defineProperty({}, 'a', {get: function () {}, value: 1}) // !! TypeError
Object.defineProperty({}, 'a', {set: undefined, writable: true}) // !! TypeError
Object.defineProperty({}, 'a') // !! TypeError
Object.defineProperty({}, 'a', null) // !! TypeError
Object.defineProperty(1, 'a', {}) // !! TypeError
Object.defineProperty(Object.preventExtensions({}), 'a', {value: 1}) // !! TypeError
// 15.2.3.7
Object.defineProperties({}, {a: {value: 1, enumerable: true}, b: {get: function () { return 2 }, enumerable: true}}) // => {"a": 1, "b": 2}
var o = {}; try { Object.defineProperties(o, {a: {value: 1}, b: 5}) } catch (e) { [e.name, 'a' in o] } // => ["TypeError", false]
Object.defineProperties({}, null) // !! TypeError
Object.defineProperties(5, {}) // !! TypeError
// 15.2.3.8 to 15.2.3.13
var o = Object.freeze({a: 1, b: {c: 1}}); o.a = 2; o.d = 3; delete o.a; o.b.c = 2; [o, Object.isFrozen(o), Object.isSealed(o), Object.isExtensible(o)] // => [{"a": 1, "b": {"c": 2}}, true, true, false]
var o = Object.seal({a: 1}); o.a = 2; o.b = 3; delete o.a; [o.a, 'b' in o, Object.isFrozen(o), Object.isSealed(o)] // => [2, false, false, true]
var o = Object.preventExtensions({a: 1}); o.b = 1; o.a = 2; delete o.a; [Object.isExtensible(o), 'b' in o, 'a' in o, Object.isSealed(o), Object.isFrozen(o)] // => [false, false, false, true, true]
[Object.isFrozen({}), Object.isSealed({}), Object.isExtensible({}), Object.isFrozen(Object.preventExtensions({}))] // => [false, false, true, true]
var a = Object.freeze([1, 2]); a[0] = 9; a.length = 0; [a, Object.isFrozen(a)] // => [[1, 2], true]
Object.freeze([1]).push(2) // !! TypeError
Object.freeze([1]).pop() // !! TypeError
Object.seal([1]).pop() // !! TypeError
var o = Object.freeze({get a() { return 1 }, set a(v) { hit = v }}), hit; o.a = 5; [o.a, hit] // => [1, 5]
var p = Object.freeze({a: 1}), o = Object.create(p); o.a = 2; o.a // => 1
var p = Object.defineProperty({}, 'a', {set: function (v) { this.got = v }}), o = Object.create(p); o.a = 5; [o.got, o.hasOwnProperty('a')] // => [5, false]
// and together
Object.keys({b: 1, a: 2}).join() // => "b,a"
Object.getOwnPropertyNames([5]).join() // => "0,length"
Object.getOwnPropertyNames(new String('ab')).join() // => "0,1,length"
Object.getOwnPropertyDescriptor({}, 'a') === undefined // => true
var d = Object.getOwnPropertyDescriptor({get a() { return 1 }}, 'a'); [typeof d.get, typeof d.set, 'value' in d] // => ["function", "undefined", false]
var o = Object.defineProperty({}, 'a', {get: function () { return 3 }, configurable: true}); o.a // => 3
var o = {}; Object.defineProperty(o, 'a', {value: 1, configurable: true}); Object.defineProperty(o, 'a', {value: true}); o.a // => true
var o = {}; Object.defineProperty(o, 'a', {value: 1}); try { Object.defineProperty(o, 'a', {value: 2}) } catch (e) { e.name } // => "TypeError"
try { Object.defineProperty({}, 'a', {get: 1}) } catch (e) { e.name } // => "TypeError"
try { Object.defineProperty({}, 'a', {get: function () {}, value: 1}) } catch (e) { e.name } // => "TypeError"
Object.defineProperties({}, {a: {value: 1, enumerable: true}, b: {value: 2, enumerable: true}}) // => {"a": 1, "b": 2}
var p = {x: 1}, o = Object.create(p, {y: {value: 2, enumerable: true}}); [o.x, o.y, Object.getPrototypeOf(o) === p] // => [1, 2, true]
Object.getPrototypeOf(Object.create(null)) === null // => true
try { Object.create(1) } catch (e) { e.name } // => "TypeError"
[{}.toString(), Object.prototype.toString.call([]), Object.prototype.toString.call(null), Object.prototype.toString.call(1)] // => ["[object Object]", "[object Array]", "[object Null]", "[object Number]"]
[({a: 1}).hasOwnProperty('a'), ({}).hasOwnProperty('toString'), 'abc'.hasOwnProperty('1'), 'abc'.hasOwnProperty('length')] // => [true, false, true, true]
var p = {}, o = Object.create(p); [p.isPrototypeOf(o), o.isPrototypeOf(p), Object.prototype.isPrototypeOf(1)] // => [true, false, false]
[[5].propertyIsEnumerable(0), [].propertyIsEnumerable('length')] // => [true, false]
[typeof Object(1), typeof Object('a'), Object(null) instanceof Object, new Object('ab').length] // => ["object", "object", true, 2]
[Object.length, Function.length, [].push.length, ''.replace.length, Date.length, Date.UTC.length, [].sort.length, Math.max.length] // => [1, 1, 1, 2, 7, 7, 1, 2]
var e = new RangeError('m'); [e.name, e.message, e + '', e instanceof Error, Object.keys(e).length] // => ["RangeError", "m", "RangeError: m", true, 0]
[new Error() + '', Error('x').message, new Error(undefined).hasOwnProperty('message'), Error.prototype.toString.call({name: 'N', message: 'M'})] // => ["Error", "x", false, "N: M"]
[TypeError.prototype.name, TypeError.prototype.message, Object.getPrototypeOf(TypeError.prototype) === Error.prototype] // => ["TypeError", "", true]
[new Boolean(false) ? 1 : 2, new Boolean(false) == false, Boolean('') + '', (true).toString()] // => [1, true, "false", "true"]
