"""Pictures of every screen, made from documents of an invented hall."""
