"""Churn risk: who is likely to leave, the evaluation of the model, and actions."""
