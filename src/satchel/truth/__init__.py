"""From claims to facts: who is meant, what was true when, and what rests on what. Pure."""
