"""How scorers and mutators see a text: figures, dates, names and quotations, found with plain patterns and word lists.

A judge must not share the eyes of the accused: nothing here imports the checks, the ledger or the number engine of the
product. What these eyes cannot tell apart they leave alone, and the docstrings say what that is.
"""
