"""The library of ECMAScript 5.1, chapter 15: a module for each object, as tables that all sessions share."""
