"""The lowest room: locales, text, quantities, findings, errors. Pure data and functions, no I/O."""
