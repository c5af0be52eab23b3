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


def key_missing(path: str) -> StoreError:
    """The database was sealed with a key that is not there."""
    return StoreError(
        "key_missing",
        f"缺少个人信息密钥 {path}，请从备份恢复；若已永久丢失，用 --accept-new-key 启动一次，"
        "旧的个人信息将无法读取",
        f"the personal-data key {path} is missing: restore it from a backup; if it is lost for "
        "ever, start once with --accept-new-key, and older personal data stays unreadable",
    )


def wrong_key(path: str) -> StoreError:
    """The key in place is not the one the database was sealed with."""
    return StoreError(
        "wrong_key",
        f"个人信息密钥 {path} 与数据库不符，请恢复正确的密钥；若已永久丢失，用 --accept-new-key "
        "启动一次，旧的个人信息将无法读取",
        f"the personal-data key {path} does not belong to this database: restore the right one; "
        "if it is lost for ever, start once with --accept-new-key, and older personal data stays "
        "unreadable",
    )


def sealed_otherwise() -> StoreError:
    """Something was sealed with another key than the one in place."""
    return StoreError(
        "wrong_key",
        "个人信息密钥与数据库不符",
        "the personal-data key does not belong to this database",
    )


def bad_key(path: str, size: int) -> StoreError:
    """The key file does not hold a key."""
    return StoreError(
        "bad_key",
        f"密钥文件 {path} 须为 {size} 字节",
        f"the key file {path} must hold {size} bytes",
    )
