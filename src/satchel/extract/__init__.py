"""Messages in every shape that applications have, read into utterances: pure, deterministic, no I/O."""
