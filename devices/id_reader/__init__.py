"""The resident-ID card reader, by any make: all carry the same security module (SAM).

protocol (frames, status words), blocks (what replies carry), text and identity (what a card says),
sam (a conversation over a port), driver (its duty), events, photo (a vendor's decoder in a child),
card_json and spec (the bench), redact (recordings), fuzz, bench; simulator, simulated_line,
synthetic and exchanges (the far end, and people who do not exist); credit_code beside identity.
"""
