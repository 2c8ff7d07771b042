"""Planted errors: each mutator makes one real error of its kind in a true sentence.

A judge must not share the eyes of the accused: nothing here imports the checks, the ledger or the number engine of the
product. Figures, dates and names are found with the plain patterns and word lists of this folder.
"""
