// 14 and the values of statements
1; 2; 3 // => 3
var a = 5 // => null
1; var a = 5 // => 1
1; ; {} // => 1
1; function f() {} // => 1
if (true) 5 // => 5
var i = 0; while (i < 3) i++ // => 2
for (var i = 0; i < 3; i++) i * 2 // => 4
for (var k in {a: 1, b: 2}) k // => "b"
switch (3) { case 1: 'a'; break; default: 'd'; break; case 3: 'c' } // => "c"
switch ('1') { case 1: 'number'; break; case '1': 'string' } // => "string"
try { 5 } finally { 6 } // => 5
try { throw 1 } catch (e) { 7 } // => 7
with ({a: 8}) a // => 8
a: 9 // => 9
eval('1; 2') // => 2
eval('var x = 5; if (x) { x + 1 }') // => 6
typeof eval('') // => "undefined"
typeof eval('var q = 1') // => "undefined"
eval('({a: 1})') // => {"a": 1}
