"""Keys and what they lock: master keys, the key store, the sealing of content."""
