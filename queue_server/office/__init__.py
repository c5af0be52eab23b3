"""What managers look at and prepare before they change something: rules, calendar, appointments.

All of it is read and answered over REST; what they then decide is a command like any other.
"""
