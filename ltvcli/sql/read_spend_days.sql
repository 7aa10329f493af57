select min(day) as first, max(day) as last from spend_known;
