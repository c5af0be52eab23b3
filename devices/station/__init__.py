"""The station: one headless program that puts a hall's hardware to work without screens of ours.

Hardware callers and rating boxes, LED screens, the area's voice. The only package under `devices`
that knows the wire (docs/adr/0010).
"""
