"""Unit economics arithmetic: numbers in, numbers out."""
