"""One small module a leniency: what a document may do wrong and be understood all the same."""
