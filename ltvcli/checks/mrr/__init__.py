"""What is worth telling about MRR."""
