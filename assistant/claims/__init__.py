"""The claim ledger: what a text says that can be wrong, and what the sources say to it. Decided by program."""
