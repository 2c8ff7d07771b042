"""Localization: files in, files out, structure untouched; no number, name, term or placeholder changed.

A file becomes units (`formats`), a unit becomes segments (`segmenting`), a segment is looked up in the translation
memory (`memory`), prepared before the model sees it (`protection`), translated in batches (`translating`), checked by
program (`checks`), and released or held back. `jobs` does so durably for many files and locales; `review` hands
segments to linguists and takes their edits back; `report` tells a manager what happened.
"""
