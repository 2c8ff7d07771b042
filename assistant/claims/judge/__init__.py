"""The optional judge: what a language model may say on statements that no program can decide."""
