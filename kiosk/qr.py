"""A QR code as a picture that QML can show."""

from functools import lru_cache


@lru_cache(maxsize=1)
def picture(code: str) -> str:
    """A PNG data URI of `code`, error correction M, four modules of margin (ISO/IEC 18004)."""
    import segno  # a twentieth of a second: not before the first frame

    return str(segno.make(code, error="m", micro=False).png_data_uri(scale=10, border=4))
