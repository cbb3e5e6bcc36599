"""The surplus of a cooperative (SHU) and its distribution to the members."""
