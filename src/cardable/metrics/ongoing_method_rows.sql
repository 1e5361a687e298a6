-- How the billed amount moved between payment methods; each quarter finds its methods from its own records.
select
    row_number() over (order by this.position) as position,
    this.method,
    prior.bills_amount_share as last_quarter_share,
    this.bills_amount_share as this_quarter_share,
    this.bills_amount_share - prior.bills_amount_share as change
from latest_quarter.method_rows as this
inner join prior_quarter.method_rows as prior on prior.position = this.position
cross join ongoing_applies as o
where this.level = 'method' and o.applies
order by position
