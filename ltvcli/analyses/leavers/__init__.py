"""Who left, and why: the first page of `ltv report board`."""
