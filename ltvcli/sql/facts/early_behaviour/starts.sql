select customer, first, decided from early_starts order by place;
