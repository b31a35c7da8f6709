"""What many messages add up to: what repeats, contradicts or recurs, and what it comes to in a few sentences."""
