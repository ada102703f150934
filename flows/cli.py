"""The `mustawda` command."""

import os
import signal
import sys
from pathlib import Path

from flows import logs
from flows.commands import nights, questions, schedule, upkeep
from flows.commands.options import app
from flows.trouble import Trouble

__all__ = ["main", "nights", "questions", "schedule", "upkeep"]


def main() -> None:
    """Runs the command; a failure is one line on stderr, and a traceback only with --debug."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    arguments, debug = _take_global_options(sys.argv[1:])
    try:
        app(arguments)
    except KeyboardInterrupt:
        sys.exit(_say("stopped; the published version is as it was", 128 + signal.SIGINT))
    except Trouble as trouble:
        if debug:
            raise
        sys.exit(_say(str(trouble), trouble.exit_code))
    except Exception as error:
        if debug:
            raise
        sys.exit(_say(f"{type(error).__name__}: {error} (--debug shows where)", 1))


def _take_global_options(arguments: list[str]) -> tuple[list[str], bool]:
    """(other arguments, debug): goes to the folder of --project DIR, which may stand anywhere."""
    rest = list(arguments)
    for at, argument in enumerate(arguments):
        name, is_joined, folder = argument.partition("=")
        if name == "--project":
            folder = folder if is_joined else next(iter(arguments[at + 1 :]), "")
            del rest[at : at + (1 if is_joined else 2)]
            if not Path(folder).is_dir():
                sys.exit(_say(f"--project: the folder «{folder}» does not exist", 2))
            os.chdir(folder)
            break
    return [argument for argument in rest if argument != "--debug"], "--debug" in rest


def _say(sentence: str, exit_code: int) -> int:
    line = " ".join(sentence.split())
    if logs.is_json():
        logs.log.error("%s", line)
    else:
        print(f"mustawda: {line}", file=sys.stderr)
    return exit_code
