"""The wording of a sentence beside its sources: words and places, and the small rules that look for what is odd."""
