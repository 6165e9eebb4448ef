"""What callers may say or press: grammars and the one way to match them."""
