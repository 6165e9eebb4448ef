// 13 functions and closures
(function (a, b) { return [a, b === undefined, arguments.length] })(1) // => [1, true, 1]
(function () { return arguments.length })(1, undefined, 3) // => 3
function f(a, a) { return a } f(1, 2) // => 2
[(function (a, b) {}).length, function () {}.length, (function (a, b, c) {}).length] // => [2, 0, 3]
var f = function g() { return typeof g }; [f(), typeof g] // => ["function", "undefined"]
var f = function g() { g = 5; return typeof g }; f() // => "function"
var f = function g(g) { return g }; f(3) // => 3
var f = function g() { var g = 1; return g }; f() // => 1
var f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1) }; f(10) // => 3628800
function counter() { var n = 0; return {up: function () { return ++n }, down: function () { return --n }} } var a = counter(), b = counter(); [a.up(), a.up(), b.up(), a.down()] // => [1, 2, 1, 1]
var fs = []; for (var i = 0; i < 3; i++) fs.push(function () { return i }); [fs[0](), fs[2]()] // => [3, 3]
var fs = []; for (var i = 0; i < 3; i++) fs.push((function (i) { return function () { return i } })(i)); [fs[0](), fs[2]()] // => [0, 2]
function f(n) { return n == 0 ? 0 : g(n - 1) + 1 } function g(n) { return n == 0 ? 0 : f(n - 1) + 1 } f(50) // => 50
var x = 1; function f() { return x } (function () { var x = 2; return f() })() // => 1
(function (a) { return function (b) { return function (c) { return a + b + c } } })(1)(2)(3) // => 6
function f() {} [f.prototype.constructor === f, typeof f.prototype, f.hasOwnProperty('prototype'), Object.keys(f).length] // => [true, "object", true, 0]
function f() {} f.x = 1; f.x + Object.keys(f).join() // => "1x"
var o = {f: function () { return 1 }}, f = o.f; [f(), typeof o.f, f === o.f] // => [1, "function", true]
function f(a) { if (a) { return 1 } } [f(1), f(0) === undefined] // => [1, true]
[typeof function () {}, (function () {}) instanceof Function, (function () {}) instanceof Object] // => ["function", true, true]
// this
var o = {f: function () { return this.x }, x: 5}, p = {x: 6, f: o.f}; [o.f(), p.f()] // => [5, 6]
(function () { return typeof this })() // => "object"
(function () { return typeof this }).call(5) // => "object"
(function () { return this + 1 }).call(5) // => 6
[typeof (function () { return this }).call('a'), (function () { return this }).call('abc').length] // => ["object", 3]
function F() { this.x = 1; return this } [F.call({}).x, new F().x] // => [1, 1]
var o = {get x() { return this.y }, y: 3}, p = Object.create(o); p.y = 4; [o.x, p.x] // => [3, 4]
Number.prototype.plus = function (n) { return this + n }; (5).plus(2) // => 7
// 10.6 arguments
(function () { return [arguments[0], arguments[1], arguments[2] === undefined, typeof arguments] })('a', 'b') // => ["a", "b", true, "object"]
(function (a) { arguments[0] = 'changed'; return a })('given') // => "changed"
(function (a) { a = 'changed'; return arguments[0] })('given') // => "changed"
(function (a) { a = 'changed'; return [arguments.length, arguments[0] === undefined] })() // => [0, true]
(function (a, b) { arguments[1] = 5; return b === undefined })(1) // => true
(function (a) { delete arguments[0]; arguments[0] = 2; return a })(1) // => 1
(function (a) { Object.defineProperty(arguments, 0, {value: 2, writable: false}); a = 3; return [a, arguments[0]] })(1) // => [3, 2]
(function (a) { Object.defineProperty(arguments, 0, {get: function () { return 9 }}); a = 3; return arguments[0] })(1) // => 9
(function (a, a) { a = 5; return [arguments[0], arguments[1]] })(1, 2) // => [1, 5]
(function () { return Array.prototype.slice.call(arguments, 1) })(1, 2, 3) // => [2, 3]
(function () { return Object.prototype.toString.call(arguments) })() // => "[object Arguments]"
(function () { return [Object.keys(arguments).join(), arguments.propertyIsEnumerable('length')] })(1, 2) // => ["0,1", false]
(function () { arguments.length = 5; return arguments.length })(1) // => 5
(function f() { return arguments.callee === f })() // => true
(function (arguments) { return arguments })(7) // => 7
(function () { var arguments = 8; return arguments })(1) // => 8
(function () { var arguments; return arguments[0] })(1) // => 1
(function () { function arguments() { return 9 } return arguments() })(1) // => 9
(function () { return (function () { return arguments.length })() })(1, 2) // => 0
// 15.3.4
[Math.max.apply(null, [1, 3, 2]), Math.max.apply(null, {length: 2, 0: 5, 1: 4}), Math.max.call(null, 1, 2), isFinite(Math.max.apply(null))] // => [3, 5, 2, false]
(function () { return arguments.length }).apply(null, [, , 1]) // => 3
(function () { return arguments.length }).apply(null, undefined) // => 0
(function () { return (function () { return arguments.length }).apply(null, arguments) })(1, 2) // => 2
(function (a, b) { return this.x + a + b }).apply({x: 1}, [2, 3]) // => 6
Math.max.apply(null, 5) // !! TypeError
Function.prototype.call.call(5) // !! TypeError
Function.prototype.apply.call({}) // !! TypeError
var f = function (a, b) { return [this.x, a, b, arguments.length] }.bind({x: 1}, 2); [f(3), f.call({x: 9}, 4), f.length] // => [[1, 2, 3, 2], [1, 2, 4, 2], 1]
function P(a, b) { this.s = a + b } var B = P.bind(null, 1); var o = new B(2); [o.s, o instanceof P, o instanceof B, B.hasOwnProperty('prototype')] // => [3, true, true, false]
var f = function () { return this.v }.bind({v: 1}).bind({v: 2}); f() // => 1
(function (a, b, c) {}).bind(null, 1, 2, 3, 4).length // => 0
Function.prototype.bind.call({}) // !! TypeError
[typeof Function.prototype, Function.prototype() === undefined, Function.prototype.length, Function.length] // => ["function", true, 0, 1]
/^function f\(/.test(function f(a) { return a }.toString()) // => true
Function.prototype.toString.call({}) // !! TypeError
function F() {} [Function.prototype.isPrototypeOf(F), F.constructor === Function, F instanceof F] // => [true, true, false]
// 15.3.1, 15.3.2
[Function('return 1')(), new Function('a', 'b', 'return a + b')(1, 2), new Function('a, b', 'return a * b')(3, 4), new Function()() === undefined] // => [1, 3, 12, true]
[new Function('a', 'b', 'c', '').length, new Function('a,b', 'c', '').length, typeof new Function('/* x */')] // => [3, 3, "function"]
var x = 'outer'; (function () { var x = 'inner'; return new Function('return typeof this')() })() // => "object"
new Function('a', 'return a // comment')(6) // => 6
new Function('}') // !! SyntaxError
new Function('a b', '') // !! SyntaxError
new Function('a', '}, function () {') // !! SyntaxError
new Function('/*', '*/){') // !! SyntaxError
