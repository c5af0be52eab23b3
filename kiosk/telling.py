"""What several pages say, in the screen's language: waits, places, and what is out of order."""

from devices.errors import FAULTS
from devices.face.outcome import HINTS
from kiosk import words
from kiosk.states import Kiosk, reads_codes
from kiosk.view import Place
from queue_server.domain.codes import sentence
from queue_server.domain.values import Ms, ServiceId, Text
from queue_server.protocol.minutes import in_words
from queue_server.protocol.views import QueueView, ServiceView
from ui.wording import in_language

_HINTS = {hint.value: Text(zh=words.zh, en=words.en) for hint, words in HINTS.items()}


class Telling:
    """The kiosk at one moment, in words."""

    def __init__(self, kiosk: Kiosk, place: Place, wall: Ms) -> None:
        self.kiosk = kiosk
        self.world = kiosk.world
        self.language = kiosk.session.language
        self.place = place
        self.wall = wall
        queues = kiosk.world.queues
        self.queues = {queue.service: queue for queue in queues.queues} if queues else {}

    def say(self, text: Text) -> str:
        """In the language of the screen."""
        return in_language(text, self.language)

    def queue(self, service: ServiceId) -> QueueView | None:
        """How a service's queue stands, where that is known."""
        return self.queues.get(service)

    def counters_open(self) -> int:
        """Counters open, as far as any one queue tells."""
        return max((queue.counters_open for queue in self.queues.values()), default=0)

    def no_paper(self) -> str:
        """Why no slip comes out; empty where it does."""
        printer = self.world.printer
        if printer.fitted and not printer.code:
            return ""
        return self.print_problem(printer.code or "printer.not_connected")

    def scan_problem(self) -> str:
        """That codes cannot be read here now; empty where they can, or never could."""
        if reads_codes(self.kiosk):
            return ""
        fitted = [d for d in (self.world.scanner, self.world.camera) if d.fitted]
        return self.say(words.SCANNING_DOWN) if fitted else ""

    def print_problem(self, code: str) -> str:
        """What became of a slip, for its code."""
        return self.say(words.PRINTER.get(code, words.PRINTER_DOWN)) if code else ""

    def reader_problem(self) -> str:
        """That no card can be read here now; empty where one can."""
        reader = self.world.reader
        down = reader.fitted and (not reader.connected or bool(reader.code))
        return self.say(words.READER_DOWN) if down else ""

    def problem(self, code: str) -> str:
        """The sentence for a code of any kind."""
        if code in words.SENTENCES:
            return self.say(words.SENTENCES[code])
        if code in words.READER_BROKEN or code.startswith("port."):
            return self.say(words.READER_DOWN)
        if code in _HINTS:
            return in_language(_HINTS[code], self.language)
        if fault := FAULTS.get(code):
            return self.say(Text(zh=fault.zh, en=fault.en))
        return sentence(code, {}, self.language) if code else ""

    def wait(self, service: ServiceView, *, elderly: bool = False) -> str:
        """How long who joins now will wait; empty where that, or the present, is not known."""
        queue = self.queue(service.id) if self.world.connected else None
        if queue is None:
            return ""
        low, high = queue.wait_low_s, queue.wait_high_s
        if elderly:
            low, high = queue.elderly_low_s, queue.elderly_high_s
        wait = in_words(low, high)
        return self.say(wait) if wait else ""

    def ahead(self, service: ServiceView, *, elderly: bool = False) -> int:
        """Who waits before one who joins now; -1 where that is not known."""
        queue = self.queue(service.id)
        if queue is None:
            return -1
        if elderly and queue.elderly_ahead is not None:
            return queue.elderly_ahead
        return queue.waiting

    def area(self, service: ServiceView) -> str:
        """The name of a service's area."""
        hall = self.world.hall
        found = [area.name for area in hall.areas if area.id == service.area] if hall else []
        return self.say(found[0]) if found else ""

    def counters(self, service: ServiceView) -> str:
        """The numbers of the counters that serve it."""
        hall = self.world.hall
        numbers = (
            sorted(c.number for c in hall.counters if service.id in c.services) if hall else []
        )
        return ("、" if self.language == "zh" else ", ").join(map(str, numbers))
