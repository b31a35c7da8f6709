"""One file for each system: how it is opened, given a turn and asked, through its public API.

A module here is imported in the system's own process only, and has `start(directory, embedder)`, which returns a
`satchel.bench.peers.port.Store`. Nothing of a peer is installed beside Satchel, so its packages are imported by name.
"""
