"""Exports of subscriptions to periods that are paid, in trial, past due or paused."""
