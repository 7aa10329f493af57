"""What is worth telling about orders and subscriptions together."""
