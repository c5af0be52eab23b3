"""The hall without people: demo, replay, bench and a backend. Talks to the others as users do."""
