"""Who will leave, how well that is known, and what follows."""
