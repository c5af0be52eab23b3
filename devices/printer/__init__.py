"""The ticket printer: what a slip says (layout), its bytes (escpos), its port (driver, worker)."""
