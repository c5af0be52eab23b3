"""Starts the demo's hall, lets it live, and ends it."""

import argparse
import asyncio
import contextlib
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from queue_server.domain import commands as c
from queue_server.domain.values import Day
from simulation.demo.accounts import settle_accounts
from simulation.demo.breaker import Breaker
from simulation.demo.citizens import Citizens
from simulation.demo.clerks import Clerk, Rater, Robot
from simulation.demo.journal import Journal, say
from simulation.demo.key_box import BoxRater, KeyClerk
from simulation.demo.options import PICTURES_EVERY, parser
from simulation.demo.place import COUNTERS, KEY_BOX, KEYED, STAFF, catalogue, places
from simulation.demo.reported import all_reported
from simulation.demo.rig import Rig
from simulation.demo.windows import ARRANGED, UNSEEN, has_display, picture_of_page, take_pictures
from simulation.hall_file import write_hall_file
from simulation.processes import (
    Backend,
    Program,
    Programs,
    Server,
    StartError,
    ask_to_stop,
    make_tokens,
    start_backend,
    start_server,
)

REPORTED_WITHIN = 15.0
"""Seconds that the backend gets at the end to hear the last events."""
MODULES = {
    "board": ("ui", "board"),
    "caller": ("ui", "caller"),
    "screen": ("ui", "screen"),
    "pad": ("ui", "pad"),
}


def main(argv: list[str]) -> int:
    """`hall demo`; 0 when it ended as asked, 1 where a program could not be started, a device that
    was broken did not come back, or a ticket was lost."""
    options = parser().parse_args(argv)
    folder: Path = options.folder.resolve()
    if folder.exists():
        if any(folder.iterdir()) and not (folder / "hall.toml").exists():
            print(f"{folder} 不是演示目录 / is not a demo's folder", file=sys.stderr)
            return 2
        shutil.rmtree(folder)
    (folder / "pictures").mkdir(parents=True)
    began = time.monotonic()
    ask_to_stop()
    try:
        with Programs(folder / "logs") as programs:
            demo = _Demo(programs, folder, options)
            demo.start()
            took = time.monotonic() - began
            say(f"全部程序就绪，用时 {took:.0f} 秒 · all programs are up in {took:.0f} s")
            well = True
            with contextlib.suppress(KeyboardInterrupt):
                well = asyncio.run(demo.live())
            say("正在结束 · ending …")
    except StartError as error:
        print(f"无法启动 / could not start: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    say("已结束，没有留下任何程序 · ended, nothing is left running")
    return 0 if well else 1


class _Demo:
    """All programs of one demo."""

    def __init__(self, programs: Programs, folder: Path, options: argparse.Namespace) -> None:
        self._programs = programs
        self._folder = folder
        self._options = options
        self._chance = random.Random(options.seed)
        self._pictures = folder / "pictures"
        self._pictures_every = options.pictures_every
        if self._pictures_every is None and not has_display():
            self._pictures_every = PICTURES_EVERY
        self._windows: dict[str, Program] = {}
        self._tokens: dict[str, str] = {}
        self._server: Server
        self._backend: Backend
        self._kiosk: Program
        self._station: Program
        self._rig: Rig

    def start(self) -> None:
        """Start everything, in order. Raises `StartError`."""
        folder, programs = self._folder, self._programs
        say("全部设备的模拟器 · simulators of all devices …")
        seed = self._chance.randrange(1 << 30)
        self._rig = Rig(programs, folder, seed, breaks=self._options.break_devices)
        say("管理平台 · management backend …")
        self._backend = start_backend(programs, folder / "backend")
        sync = {
            "address": self._backend.address,
            "token_file": str(self._backend.token),
            "ca_file": str(self._backend.ca),
        }
        config = write_hall_file(
            folder / "hall.toml", catalogue(), hall="demo", more={"sync": sync}
        )
        wanted = places()
        tokens = make_tokens(config, list(wanted.values()))
        self._tokens = dict(zip(wanted, tokens, strict=True))
        say("排队服务器 · queue server …")
        self._server = start_server(programs, config)
        self._rig.plugged()
        self._station = self._rig.start_station(self._server.push, self._keep_token("station"))
        say("各终端 · windows …")
        unseen = {} if has_display() else {"QT_QPA_PLATFORM": "offscreen"}
        for name in wanted:
            kind = name.partition("-")[0]
            if kind in MODULES and name != f"caller-{KEYED}":
                module, verb = MODULES[kind]
                self._windows[name] = programs.start(
                    name, module, verb, *self._window(name), env=unseen
                )
        self._kiosk = programs.start(
            "kiosk", "kiosk", *self._window("kiosk"),
            *self._rig.kiosk_options(),
            "--link", f"{self._server.http}/t", "--script", "-", panel=True,
            env=unseen,
        )  # fmt: skip
        self._windows["kiosk"] = self._kiosk
        self._station.wait_line("ready")

    def _window(self, name: str) -> list[str]:
        token = str(self._keep_token(name))
        arguments = ["--server", self._server.push, "--token-file", token]
        arguments += ["--language", self._options.language]
        arguments += ["--screenshot", str(self._pictures / f"{name}.png")]
        if has_display():
            arguments += ["--geometry", ARRANGED[name]]
        elif name in UNSEEN:
            arguments += ["--geometry", UNSEEN[name]]
        return arguments

    def _keep_token(self, name: str) -> Path:
        token = self._folder / "tokens" / name
        token.parent.mkdir(exist_ok=True, mode=0o700)
        token.write_text(self._tokens[name])
        token.chmod(0o600)
        return token

    async def live(self) -> bool:
        """Open the day and let the hall live until Ctrl-C, or as long as asked.

        Whether, where devices were broken, all came back and no ticket was lost.
        """
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        for number in signals:
            loop.add_signal_handler(number, stop.set)
        journal = Journal({service.id: service.name for service in catalogue().services})
        push = self._server.push
        manager = Robot(push, self._tokens["manager"], "demo manager")
        manager.listeners.append(journal.hear)
        robots: list[Robot] = [manager]
        workers = []
        line, pace = self._rig.devices["line"], self._options.pace
        for counter, staff in zip(COUNTERS, STAFF, strict=True):
            token = self._tokens[f"caller-{counter}"]
            if counter == KEYED:
                box = KeyClerk(push, token, counter, staff, pace, self._chance, line, KEY_BOX)
                robots.append(box)
                workers += [box.work(), BoxRater(box, line, KEY_BOX, self._chance).work()]
                continue
            clerk = Clerk(push, token, counter, staff, pace, self._chance)
            rater = Rater(push, self._tokens[f"pad-{counter}"], counter, self._chance)
            robots += [clerk, rater]
            workers += [clerk.work(), rater.work()]
        breaker = Breaker(self._rig.devices, self._kiosk, self._chance)
        journal.on_device = breaker.hear
        self._invite()
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(robot.client.run()) for robot in robots]
            await manager.client.command(c.OpenDay(day=Day(time.strftime("%Y-%m-%d"))))
            devices = self._rig.devices
            citizens = Citizens(
                self._kiosk, devices["reader"], devices["scanner"], self._options.every,
                self._chance, journal.kiosk, breaker.is_broken,
            )  # fmt: skip
            tasks += [group.create_task(work) for work in workers]
            coming = group.create_task(citizens.come())
            tasks.append(group.create_task(self._watch(stop)))
            breaking = None
            if self._options.break_devices:
                breaking = group.create_task(breaker.work())
            if self._pictures_every:
                tasks.append(group.create_task(self._keep_pictures(self._pictures_every)))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._options.seconds or None):
                    await stop.wait()
            for number in signals:  # a second Ctrl-C does not wait for what follows
                loop.remove_signal_handler(number)
            ask_to_stop()
            well = True
            if breaking is not None:
                breaking.cancel()
                say("修复全部设备 · mending all devices …")
                well = await breaker.end()
            if self._pictures_every is not None:
                await self._last_pictures()
            citizens.close()
            await asyncio.wait({coming}, timeout=40 if breaking is not None else 10)
            well = await self._check_tickets(manager, journal) and well
            for task in (*tasks, coming):
                task.cancel()
        say(f"共取号 tickets {journal.tickets}，呼叫 calls {journal.calls}")
        await self._report()
        return well

    async def _check_tickets(self, manager: Robot, journal: Journal) -> bool:
        """Hold what the citizens saw against the server's record; whether nothing is missing."""
        database = self._folder / "data" / "hall.db"
        found = await settle_accounts(manager.client, database, journal.numbers)
        stand = ", ".join(f"{count} {state}" for state, count in found.states.items())
        if found.are_right:
            say(
                f"号票核对：市民看到 {found.seen} 张，服务器记录 {found.recorded} 张，无丢失无重号"
                f" · tickets: {found.seen} seen, {found.recorded} on record, none lost ({stand})"
            )
            return True
        say(f"号票不符 tickets LOST {found.lost}, given TWICE {found.twice}; on record: {stand}")
        return False

    async def _report(self) -> None:
        """End the windows, and see that the backend has heard of everything."""
        await asyncio.gather(*(asyncio.to_thread(p.stop) for p in self._windows.values()))
        ours, theirs = await all_reported(
            self._folder / "data" / "hall.db",
            self._folder / "backend" / "backend.sqlite3",
            REPORTED_WITHIN,
        )
        if ours == theirs:
            say(f"管理平台已收到全部 {ours} 条事件 · the backend holds all {ours} events")
        else:
            say(f"管理平台只收到 {theirs}/{ours} 条 · the backend holds {theirs} of {ours} events")

    def _invite(self) -> None:
        token = self._tokens["manager"]
        say(f"管理员页面 manager's page: {self._server.http}/manager/")
        say(f"  令牌 token: {token}")
        if has_display():
            say("窗口可随时亲手操作 · touch any window; the robots give way")
            opener = shutil.which("xdg-open") if self._options.browser else None
            if opener:
                asyncio.get_running_loop().create_task(
                    _open(opener, f"{self._server.http}/manager/")
                )
        else:
            say(f"没有显示器，画面存于 · no display; pictures are in {self._pictures}")
        say("Ctrl-C 结束 · ends it")

    async def _watch(self, stop: asyncio.Event) -> None:
        """Tell when a program ends by itself; a closed kiosk window ends the demo."""
        told: set[str] = set()
        while True:
            for program in self._programs.running:
                if not program.running and program.name not in told:
                    told.add(program.name)
                    say(f"{program.name} 已退出 ended ({program.exit_code}); {program.log}")
                    if program is self._kiosk:
                        stop.set()
            await asyncio.sleep(0.5)

    async def _keep_pictures(self, every: float) -> None:
        while True:
            await asyncio.sleep(every)
            await take_pictures(self._windows, self._pictures)

    async def _last_pictures(self) -> None:
        say("正在存画面 · taking the last pictures …")
        missing = await take_pictures(self._windows, self._pictures)
        page = await picture_of_page(
            self._server.http, self._tokens["manager"], self._pictures / "manager.png"
        )
        for name in missing:
            say(f"没有画面 no picture of {name}")
        if page:
            say(f"没有管理员页面的画面 no picture of the manager's page: {page}")
        say(f"画面 pictures: {self._pictures}")


async def _open(opener: str, address: str) -> None:
    process = await asyncio.create_subprocess_exec(
        opener, address, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    await process.wait()
