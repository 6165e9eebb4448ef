"""The contract of script engines, a module a subject. `mirabelle.core.testing.script_engine` puts it together."""
