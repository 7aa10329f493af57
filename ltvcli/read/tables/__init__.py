"""Tables of a database as orders: the rows stay there, and only small sums are transferred."""
