"""The slow work: what is learnt from messages in the background, with or without a language model."""
