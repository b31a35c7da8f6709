"""Ports to models, and the small ones that travel in packages."""
