"""Messages of programs: plural categories and ICU MessageFormat."""
