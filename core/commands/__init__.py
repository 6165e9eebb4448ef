"""The commands of the command line, a module each; `program` puts them together."""
