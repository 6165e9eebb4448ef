"""Chapter 7.3, 7.4 and 7.9: what ends a line, and where semicolons are put in."""

from typing import Final

from mirabelle.core.testing.ecmascript.language.rows import Row

LINES: Final = (
    Row("1 // one\n+ 1", 2),
    Row("/* a\nb */ 3", 3),
    Row("var a = 1\nvar b = 2\na + b", 3),
    Row("var a = 1, b = 2\na\n++\nb\n;[a, b]", [1, 3]),
    Row("var a = 1\n;[2].length + a", 2),
    Row("var f = function () { return\n1 }\nf() === undefined", True),
    Row("var i = 0\nwhile (i < 3) i++\ni", 3),
    Row("var i = 0; do i++; while (i < 3) i", 3),
    Row("var r = ''\nouter: for (;;) { for (;;) { break\nouter } break outer }\nr + 'x'", "x"),
    Row("var n = 0\nfor (var i = 0; i < 3; i++) {\n  if (i == 1) continue\n  n += i\n}\nn", 2),
    Row("var a = 5\nvar b = a\n(function () {})\nb", error="TypeError"),
    Row("if (false)\n;1", 1),
    Row("throw\n1", error="SyntaxError"),
    Row("var s = 'a\\\nb'; s", "ab"),
    Row("var s = 'a\\\r\nb'; s", "ab"),
    Row("1\u2028+ 1", 2),
    Row("1 // \u2029 + 1", 2),
    Row("1\t\v\f \u00a0\ufeff+\u20031", 2),
    Row("var x = 4\n/2/1\nx", 2),
    Row("{ 1\n2 } 3", 3),
    Row("for (var i = 0, n = 0; i < 2\n; i++) n++\nn", 2),
    Row("'a\nb'", error="SyntaxError"),
    Row("/a\n/", error="SyntaxError"),
    Row("/* open", error="SyntaxError"),
    Row("var a = 1 var b", error="SyntaxError"),
    Row("{1 2} 3", error="SyntaxError"),
    Row("for (a; b\n)", error="SyntaxError"),
    Row("if (true) else 1", error="SyntaxError"),
)
