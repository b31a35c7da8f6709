"""The store port and the databases behind it: durable, versioned rows by space, and no ranking."""
