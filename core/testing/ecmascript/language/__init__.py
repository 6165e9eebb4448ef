"""The language and the library of ECMAScript 5.1 as tables: what every engine makes of which program."""
