"""The citizen's ticket machine: its flow, its devices, its window."""
