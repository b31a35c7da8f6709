"""From hits to the block of text that goes into a prompt, inside a token budget: pure."""
