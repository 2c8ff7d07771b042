"""`python -m assistant.cli` is `koujing`."""

from assistant.cli.main import main

main()
