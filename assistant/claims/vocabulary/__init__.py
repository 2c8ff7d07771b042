"""What Koujing knows of general words: which say the same, which exclude each other, which are of one kind, which
assert nothing. Tables of our own writing, read when a statement is first examined."""
