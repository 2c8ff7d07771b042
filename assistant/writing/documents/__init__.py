"""What is read out of a document: its outline, its terms, the works it names, how it is made."""
