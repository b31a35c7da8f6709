"""Which exit code each error has, and the one line that says it."""

import os
import sys
from contextlib import suppress
from typing import Any

from typer import Abort
from typer.core import TyperGroup
from typer.exceptions import TyperException

from satchel.cli.output import one_line
from satchel.errors import (
    InvalidInput,
    ModelUnavailable,
    NotFound,
    SatchelError,
    StoreDamaged,
    StoreMismatch,
    StoreUnavailable,
    WrongKey,
)

NOTHING_FOUND = 1
BAD_USAGE = 2
REFUSED = 5
INTERRUPTED = 130

_CODES: dict[type[SatchelError], int] = {
    InvalidInput: BAD_USAGE,
    NotFound: 3,
    WrongKey: 4,
    StoreUnavailable: 5,
    StoreDamaged: 5,
    StoreMismatch: 5,
    ModelUnavailable: 5,
}

EXIT_CODES = (
    "Exit codes: 0 ok; 1 nothing found, or check found errors; 2 bad usage or input; 3 not found; 4 wrong key; "
    "5 store unavailable, damaged or of another kind, or model or output unavailable; 130 interrupted."
)

_GLOBAL_OPTIONS = ("--store", "--space", "--no-encrypt", "--key-file", "--ask-passphrase", "--tenant", "--keys")


# What the engine's messages say to do, in the words of the command line.
_IN_OPTIONS = (
    ("without encrypt=False", "without --no-encrypt"),
    ("with encrypt=False; open it with encrypt=False", "with --no-encrypt; open it with --no-encrypt"),
    ("pass it as key=…", "give SATCHEL_KEY, --key-file or --ask-passphrase"),
    ("Pass the right key=…,", "Give the right one by SATCHEL_KEY, --key-file or --ask-passphrase,"),
    ("list them with facts(past=True)", "list them with: satchel facts --past"),
    ("list them with entities()", "list them with: satchel entities"),
)


def exit_code(error: SatchelError) -> int:
    """Return the exit code of an error: that of its nearest listed class."""
    return next((_CODES[kind] for kind in type(error).__mro__ if kind in _CODES), 5)


class Commands(TyperGroup):
    """A group whose errors end as one line on stderr and an exit code, wherever it is run from."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run the command line; exit with its code unless told to return it."""
        code = self._code(*args, **extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _code(self, *args: Any, **extra: Any) -> int:
        try:
            result = super().main(*args, standalone_mode=False, **extra)
            sys.stdout.flush()
        except TyperException as error:
            return _fail(_usage(error), BAD_USAGE)
        except SatchelError as error:
            return _fail(_in_options(str(error)), exit_code(error))
        except OSError as error:
            _drop_output()
            return _fail(f"the system refused a file or the output ({error}); see that it can be written", REFUSED)
        except Abort:
            return _fail("interrupted; what was confirmed before is stored", INTERRUPTED)
        if result == INTERRUPTED:
            return _fail("interrupted; what was confirmed before is stored", INTERRUPTED)
        return result if isinstance(result, int) else 0


def _usage(error: TyperException) -> str:
    message = error.format_message().rstrip(".")
    misplaced = next((name for name in _GLOBAL_OPTIONS if f"No such option: {name}" in message), None)
    if misplaced:
        return f"{misplaced} goes before the command: satchel {misplaced} … COMMAND"
    context = getattr(error, "ctx", None)
    path = "satchel" if context is None else context.command_path
    return f"{message}; see: {path} --help"


def _in_options(message: str) -> str:
    for said, meant in _IN_OPTIONS:
        message = message.replace(said, meant)
    return message


def _drop_output() -> None:
    """Send what is still buffered nowhere, or Python would try it once more at exit and complain."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: int) -> int:
    print(f"satchel: {one_line(message)}", file=sys.stderr)  # noqa: T201
    return code
