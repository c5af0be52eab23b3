"""Every parser of the devices, fed with odd inputs until it fails or has stood them all."""
