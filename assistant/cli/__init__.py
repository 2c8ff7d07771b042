"""The command line: `koujing`. Modules here import click only; everything heavy is imported when a command runs."""
