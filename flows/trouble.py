"""What can go wrong in a way that a sentence explains."""


class Trouble(Exception):
    """The message tells a person what happened, where, and what to do; the command prints it and nothing else."""

    exit_code = 1
