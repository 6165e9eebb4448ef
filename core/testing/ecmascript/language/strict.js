// Annex C
(function () { 'use strict'; return this === undefined })() // => true
(function () { 'use strict'; return typeof this }).call(5) // => "number"
(function () { 'use strict'; return this }).call(null) // => null
(function () { 'use strict'; return (function () { return this === undefined })() })() // => true
(function () { return typeof this; 'use strict' })() // => "object"
(function () { 'other'; 'use strict'; return this === undefined })() // => true
(function () { 'use\x20strict'; return typeof this })() // => "object"
(function () { ('use strict'); return typeof this })() // => "object"
(function (a) { 'use strict'; arguments[0] = 2; return a })(1) // => 1
(function (a) { 'use strict'; a = 2; return arguments[0] })(1) // => 1
(function () { 'use strict'; eval('var x = 1'); return typeof x })() // => "undefined"
(function () { 'use strict'; arguments.callee })() // !! TypeError
(function () { 'use strict'; Object.freeze([1])[0] = 2 })() // !! TypeError
(function () { 'use strict'; Object.preventExtensions({}).x = 2 })() // !! TypeError
(function () { 'use strict'; ({get x() { return 1 }}).x = 2 })() // !! TypeError
(function () { 'use strict'; 'abc'.length = 1 })() // !! TypeError
(function () { 'use strict'; (5).x = 1 })() // !! TypeError
(function () { 'use strict'; delete Object.freeze({a: 1}).a })() // !! TypeError
(function () { 'use strict'; delete [].length })() // !! TypeError
(function () { 'use strict'; undeclaredName = 1 })() // !! ReferenceError
(function () { 'use strict'; with ({}) {} }) // !! SyntaxError
(function () { 'use strict'; var x; delete x }) // !! SyntaxError
(function () { 'use strict'; return 010 }) // !! SyntaxError
(function () { 'use strict'; return '\010' }) // !! SyntaxError
(function () { 'use strict'; eval = 1 }) // !! SyntaxError
(function () { 'use strict'; arguments++ }) // !! SyntaxError
(function () { 'use strict'; var eval }) // !! SyntaxError
(function () { 'use strict'; try {} catch (arguments) {} }) // !! SyntaxError
(function (a, a) { 'use strict' }) // !! SyntaxError
(function (eval) { 'use strict' }) // !! SyntaxError
(function eval() { 'use strict' }) // !! SyntaxError
(function () { 'use strict'; var public }) // !! SyntaxError
(function () { var public = 1, package = 2, static = 3; return public + package + static })() // => 6
(function () { var o = Object.freeze({a: 1}); o.a = 2; o.b = 3; delete o.a; return o })() // => {"a": 1}
