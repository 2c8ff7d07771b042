"""Who fills a section: a model from evidence, or a program from approved text. One class for each `write` word."""
