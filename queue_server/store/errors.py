"""What can go wrong with the store, each with a code and a sentence in both languages."""

from ..errors import HallError


class StoreError(HallError):
    """The store cannot be opened or written. Nothing is lost: it refuses before it harms."""


def newer_database(found: int, known: int) -> StoreError:
    """The database was written by a newer program."""
    return StoreError(
        "database_newer",
        f"数据库版本 {found} 比本程序（{known}）新，请升级程序；数据未改动",
        f"the database is of version {found}, newer than this program's {known}: upgrade the "
        "program; the data was not touched",
    )


def bad_sqlite(version: str) -> StoreError:
    """This SQLite must not be used."""
    return StoreError(
        "sqlite_unsafe",
        f"SQLite {version} 有 WAL 重置缺陷（3.7.0 至 3.51.2），拒绝启动",
        f"SQLite {version} has the WAL-reset bug (3.7.0 to 3.51.2); refusing to start",
    )


def other_hall(found: str, wanted: str) -> StoreError:
    """The folder belongs to another hall."""
    return StoreError(
        "other_hall",
        f"此数据库属于大厅 {found}，不是 {wanted}",
        f"this database belongs to hall {found}, not to {wanted}",
    )


def in_use(folder: str) -> StoreError:
    """A second server on one folder."""
    return StoreError(
        "folder_in_use",
        f"另一个服务器正在使用数据目录 {folder}",
        f"another server is using the data folder {folder}",
    )


def not_a_database(path: str, detail: str) -> StoreError:
    """The file is no database, or a broken one."""
    return StoreError(
        "database_unreadable",
        f"无法使用数据库 {path}：{detail}",
        f"the database {path} cannot be used: {detail}",
    )


def broken_log(detail: str) -> StoreError:
    """The log has a gap or an unreadable event."""
    return StoreError(
        "log_broken",
        f"事件记录有误：{detail}；请从备份恢复",
        f"the event log is damaged: {detail}; restore from a backup",
    )
