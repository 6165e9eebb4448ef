// 15.11
var e = new RangeError('m'); [e.name, e.message, e + '', e instanceof Error, e instanceof RangeError, Object.keys(e).length] // => ["RangeError", "m", "RangeError: m", true, true, 0]
[new Error() + '', Error('x').message, Error('x') instanceof Error, new Error(undefined).hasOwnProperty('message'), new Error('').hasOwnProperty('message')] // => ["Error", "x", true, false, true]
[new Error(5).message, new Error(null).message, new Error({toString: function () { return 'o' }}).message] // => ["5", "null", "o"]
[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(function (E) { var e = E('m'); return [e.name, e.message, E.prototype.name, E.prototype.message, e.constructor === E, E.length, String(e)].join() }).join(' ') // => "Error,m,Error,,true,1,Error: m EvalError,m,EvalError,,true,1,EvalError: m RangeError,m,RangeError,,true,1,RangeError: m ReferenceError,m,ReferenceError,,true,1,ReferenceError: m SyntaxError,m,SyntaxError,,true,1,SyntaxError: m TypeError,m,TypeError,,true,1,TypeError: m URIError,m,URIError,,true,1,URIError: m"
[Object.getPrototypeOf(TypeError.prototype) === Error.prototype, Object.prototype.toString.call(new TypeError), TypeError.prototype.hasOwnProperty('toString')] // => [true, "[object Error]", false]
[Error.prototype.toString.call({name: 'N', message: 'M'}), Error.prototype.toString.call({}), Error.prototype.toString.call({message: 'M'}), Error.prototype.toString.call({name: '', message: 'M'}), Error.prototype.toString.call({name: 'N', message: ''})] // => ["N: M", "Error", "Error: M", "M", "N"]
Error.prototype.toString.call(5) // !! TypeError
var d = Object.getOwnPropertyDescriptor(new Error('m'), 'message'); [d.writable, d.enumerable, d.configurable] // => [true, false, true]
function Mine(m) { this.message = m } Mine.prototype = new Error; Mine.prototype.name = 'Mine'; var e = new Mine('own'); [e + '', e instanceof Error, e instanceof Mine] // => ["Mine: own", true, true]
var e = new Error('a'); e.name = 'B'; e.message = 'c'; String(e) // => "B: c"
['null.x', 'nowhere', '1()', 'new Array(-1)', 'decodeURI("%")', 'eval("(")', '[].reduce(function () {})', '(1).toFixed(-1)', 'new RegExp("(")', '"" in ""', 'JSON.parse("")'].map(function (s) { try { eval(s) } catch (e) { return [e.name, e instanceof Error, typeof e.message, e.message.length > 0].join() } }).join(' ') // => "TypeError,true,string,true ReferenceError,true,string,true TypeError,true,string,true RangeError,true,string,true URIError,true,string,true SyntaxError,true,string,true TypeError,true,string,true RangeError,true,string,true SyntaxError,true,string,true TypeError,true,string,true SyntaxError,true,string,true"
throw new URIError('m') // !! URIError
throw new EvalError('m') // !! EvalError
