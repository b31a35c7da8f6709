"""Named SQL statements in `.sql` files: a `-- name:` line, a comment, the statement."""

import re
from functools import cache
from importlib.resources import files

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


@cache
def statements(dialect: str) -> dict[str, str]:
    """Return the statements of `sql/<dialect>.sql` by name."""
    text = files("satchel.store").joinpath("sql", f"{dialect}.sql").read_text()
    _, *parts = _NAME.split(text)
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


@cache
def migrations(dialect: str) -> tuple[str, ...]:
    """Return the migration scripts of a dialect in their order; the n-th brings the schema to version n."""
    folder = files("satchel.store").joinpath("migrations", dialect)
    scripts = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return tuple(script.read_text() for script in scripts)
