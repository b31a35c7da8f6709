"""Ids of records: UUIDv7 (RFC 9562), which sort by the time they were made."""

import uuid_utils


def new_id() -> str:
    """Return a new id, later than those made before in this process."""
    return str(uuid_utils.uuid7())
