"""Scenes of the invented hall, changed for a test."""

import msgspec

from queue_server.protocol.messages import Document
from ui.inputs import Inputs


def replaced(scene: Inputs, documents: dict[str, Document]) -> Inputs:
    """The scene with some topics' documents replaced."""
    return msgspec.structs.replace(scene, documents={**scene.documents, **documents})
