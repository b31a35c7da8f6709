"""The verbs of a space by what they are about, each a class that `satchel.Space` inherits."""
