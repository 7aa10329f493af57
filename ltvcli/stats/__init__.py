"""Pure statistics: arrays in, arrays or frozen records out."""
