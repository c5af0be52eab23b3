"""What the hall's programs with a window share: gateway, inputs, options, components."""
