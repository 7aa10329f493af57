-- Every customer with what is expected of them, by HMAC-SHA-256 of the id; as customer_ids.hashed does.
select predicted.* replace (
    'c' || left(sha256(outer_pad || unhex(sha256(inner_pad || encode(customer)))), 20) as customer
)
from predicted
cross join id_pads
order by 1;
