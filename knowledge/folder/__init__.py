"""The library as a folder of text files that reads well in git, and one entry as the text an editor opens."""
