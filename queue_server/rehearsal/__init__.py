"""Playing a recorded day again under other calling rules, in this process and without a clock.

The same citizens come at the same moments, need as long at the counter as they did, and give up
when they did; the same counters are staffed. Only the order of calling differs, and with it the
waits. The calls are the hall's own (`domain.decide`); the same day and rules always give the same
result.
"""
