"""The command line: every verb of the public API, for people and for scripts."""
