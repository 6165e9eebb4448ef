"""What is true of the whole library."""

import pytest

from mirabelle.core.testing.script_chain import Chain
from mirabelle.plugins.ecmascript_js2py import Js2pyEngine


def test_random_numbers_come_from_the_source_of_chance_that_was_lent(engine: Js2pyEngine, chain: Chain) -> None:
    assert chain.run("Math.random()") == pytest.approx(0.13436424411240122)


def test_every_built_in_function_has_the_attributes_of_one(chain: Chain) -> None:
    assert (
        chain.export(
            """
            var wrong = [];
            function look(holder, path) {
                Object.getOwnPropertyNames(holder).forEach(function (name) {
                    var d = Object.getOwnPropertyDescriptor(holder, name), f = d.value;
                    if (typeof f != 'function' || /^(constructor|prototype)$/.test(name)) return;
                    var length = Object.getOwnPropertyDescriptor(f, 'length');
                    if (d.enumerable || !d.writable || !d.configurable || length.writable || length.enumerable)
                        wrong.push(path + name);
                    if (/^[a-z]/.test(name)) {
                        if (f.hasOwnProperty('prototype')) wrong.push(path + name + ' prototype');
                        try { new f(); wrong.push(path + name + ' new') } catch (e) {}
                    }
                });
            }
            [Object, Function, Array, String, Number, Boolean, Date, RegExp, Error, TypeError].forEach(function (C) {
                look(C, C.name + '.');
                look(C.prototype, C.name + '.prototype.');
                if (C.prototype.constructor !== C) wrong.push(C.name + ' constructor');
            });
            look(Math, 'Math.'); look(JSON, 'JSON.');
            wrong
            """
        )
        == []
    )
