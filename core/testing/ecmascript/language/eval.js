// 15.1.2.1, 10.4.2
[eval('1 + 1'), eval(5), eval({a: 1}).a, eval() === undefined, eval('') === undefined, eval(new String('2+2')) == '2+2'] // => [2, 5, 1, true, true, true]
var x = 1; (function () { var x = 2; return eval('x') })() // => 2
(function () { eval('var made = 3'); return made })() // => 3
(function () { eval('function f() { return 4 }'); return f() })() // => 4
(function (a) { eval('a = 5'); return a })(1) // => 5
(function (a) { eval('arguments[0] = 5'); return a })(1) // => 5
(function () { return eval('this.x') }).call({x: 6}) // => 6
(function () { var f = eval('(function () { return inner })'), inner = 7; return f() })() // => 7
(function () { var inner = 8; return typeof (0, eval)('typeof inner') })() // => "string"
(function () { var inner = 8; var e = eval; return e('typeof inner') })() // => "undefined"
(function () { try { eval('throw 9') } catch (e) { return e } })() // => 9
(function () { for (var i = 0; i < 3; i++) eval('i++'); return i })() // => 4
with ({w: 1}) { eval('w = 2; w') } // => 2
eval('"use strict"; var s = 1; s') + typeof s // => "1undefined"
eval('break') // !! SyntaxError
eval('return 1') // !! SyntaxError
eval('{') // !! SyntaxError
eval('nowhere') // !! ReferenceError
