"""Public benchmarks from files, with no language model: how much evidence is found, and how long it takes."""
