"""How long will it take? Ranges of waiting time, learned from the hall's own days and measured.

`facts` is what happens, `observer` what the hall knows from it at any moment, `features` that
knowledge as numbers, `model` what earlier days taught about them, `evaluate` the truth afterwards.
"""
