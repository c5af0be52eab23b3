"""sqlite-utils, which makes and migrates the tables: loaded only where there is something to make.

Reading and writing are plain SQL, so a server on a database of today never loads it.
"""

from typing import TYPE_CHECKING

from ..lean import without
from .sqlite import Connection

if TYPE_CHECKING:
    import sqlite_utils


def tables(connection: Connection) -> "sqlite_utils.Database":
    """The connection's tables, to be made or changed."""
    with without("numpy"):  # 12 MB, for types of columns that no table has
        import sqlite_utils
    return sqlite_utils.Database(connection)
