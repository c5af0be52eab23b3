"""TLS for both doors: a certificate and its key, from files."""

import ssl
from pathlib import Path

import msgspec


class Tls(msgspec.Struct, frozen=True, kw_only=True):
    """The `[tls]` table of the configuration; where absent the doors speak plainly."""

    certificate: Path
    key: Path

    def server_context(self) -> ssl.SSLContext:
        """TLS 1.2 or newer. Raises `OSError` or `ssl.SSLError` where the files are wrong."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        # A key with a password is an error here, not a question on the terminal.
        context.load_cert_chain(self.certificate, self.key, password="")
        return context
