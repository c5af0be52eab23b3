"""A serial port's speed where the PORT string names none."""


def at_speed(port: str, baud: int) -> str:
    """`port` with `@baud` where it is serial and says no speed itself."""
    return f"{port}@{baud}" if port.startswith("serial:") and "@" not in port else port
