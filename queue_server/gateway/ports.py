"""What the doors ask of the server behind them. `app.py` joins the two."""

from typing import Protocol

import msgspec

from ..domain.commands import Command
from ..domain.values import AreaId, CounterId
from ..protocol.messages import Answer, Document, Read, Rejected, Result
from ..protocol.views import ProgramRole


class Who(msgspec.Struct, frozen=True):
    """A known program: what its token was registered for."""

    program: str
    """Id of the registration."""
    role: ProgramRole
    name: str
    counter: CounterId | None = None
    area: AreaId | None = None


class Desk(Protocol):
    """The one way in for every verb, whichever door it came through."""

    epoch: int

    @property
    def seq(self) -> int:
        """The last event that is durable."""

    @property
    def failure(self) -> str:
        """Why nothing can be written now, or empty while all is well."""

    def authenticate(self, token: str) -> Who | None:
        """Who holds this token, or None where it is wrong or revoked."""

    async def submit(self, who: Who, command_id: str, do: Command) -> Result:
        """Do a command; answers after the commit. The same id again gets the first answer."""

    async def read(self, who: Who, what: Read) -> Answer | Rejected:
        """Look something up that is not pushed."""

    def topics(self, who: Who) -> tuple[str, ...]:
        """The topics this program sees."""

    def document(self, topic: str) -> Document | None:
        """A topic's document as last committed."""
