"""The library: what the company has agreed to say, and how it is found again."""
