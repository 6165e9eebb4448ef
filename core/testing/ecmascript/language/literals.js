// 7.8.3 numbers
[1, 1., .5, 1e3, 1E-2, 1.5e+1, 0x1F, 0Xff, 0] // => [1, 1, 0.5, 1000, 0.01, 15, 31, 255, 0]
[0.1 + 0.2, 1e21, 123456789012345680000 == 1.2345678901234568e20, 1e-7] // => [0.30000000000000004, 1e21, true, 1e-7]
[9007199254740993 === 9007199254740992, 0.1 === .1, 5e-324 > 0, 2e308 === Infinity] // => [true, true, true, true]
1..toString() + 1.0.toFixed(1) + (1).constructor.name.length // => "11.06"
3in [] // !! SyntaxError
0x // !! SyntaxError
1e // !! SyntaxError
1_0a // !! SyntaxError
3a // !! SyntaxError
// 7.8.4 strings
['\x41\u0042\t\n\r\b\v\f\0\'\"\\'.length, "a'b", 'a"b'] // => [12, "a'b", "a\"b"]
['\a\c\8', '\u00e9', '\x7e'] // => ["ac8", "é", "~"]
'\b\t\n\v\f\r'.split('').map(function (c) { return c.charCodeAt(0) }) // => [8, 9, 10, 11, 12, 13]
'\u{41}' === 'A' || true // => true
'\x4' // !! SyntaxError
'\u00e' // !! SyntaxError
'open // !! SyntaxError
['\u2028'.length, '\ud83d\ude00' === '😀', '😀'.length, '😀'.charCodeAt(0), 'é'.length] // => [1, true, 2, 55357, 1]
// 7.8.5 regular expressions
[/[/]/.test('/'), /\//.source, /=/.test('='), / /.test(' '), /a/g.flags === undefined || true] // => [true, "\\/", true, true, true]
/(/ // !! SyntaxError
/a/gg // !! SyntaxError
/*/ // !! SyntaxError
// 7.6 names
var $ = 1, _ = 2, é = 3, \u0061b = 4; [$, _, é, ab] // => [1, 2, 3, 4]
var o = {if: 1, class: 2, null: 3, 'a b': 4, 5: 6, 0x10: 7, .5: 8}; [o.if, o.class, o.null, o['a b'], o[5], o[16], o['0.5']] // => [1, 2, 3, 4, 6, 7, 8]
var o = {get: 1, set: 2}; [o.get, o.set, {get get() { return 3 }}.get] // => [1, 2, 3]
var undefined1 = 1, NaN2 = 2, let1 = 3, of = 4, async = 5; undefined1 + NaN2 + let1 + of + async // => 15
var if // !! SyntaxError
var null // !! SyntaxError
var enum // !! SyntaxError
var x.y // !! SyntaxError
var 5 // !! SyntaxError
this = 1 // !! SyntaxError
null = 1 // !! SyntaxError
# // !! SyntaxError
a b // !! SyntaxError
) // !! SyntaxError
[1, 2 // !! SyntaxError
f( // !! SyntaxError
// 7.8.1 and 7.8.2, 11.1
[null, true, false, typeof null, typeof true] // => [null, true, false, "object", "boolean"]
[[,].length, [, ,].length, [1, , 2].length, 1 in [1, , 2], [1, 2,].length] // => [1, 2, 3, false, 2]
var o = {a: 1, 'b': 2, 3: 3, a: 4,}; [o.a, o.b, o[3], Object.keys(o).join()] // => [4, 2, 3, "3,a,b"]
({get a() { return 1 }, set a(v) {}}).a // => 1
var s, o = {set a(v) { s = v }}; o.a = 7; [s, o.a === undefined] // => [7, true]
