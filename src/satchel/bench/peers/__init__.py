"""Satchel beside other memory systems: one run, the same conversations and questions, the same embedding model.

Each system runs in a process of its own, the peers in environments of their own, so that nothing of them is ever
imported into Satchel's process. What goes in and what comes out is JSON (`exchange`); what that is worth
is measured here.
"""
