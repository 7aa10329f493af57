"""Exports of orders to the table `orders`, every row accounted for."""
