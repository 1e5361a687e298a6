-- How the billed amount moved between payment methods; each quarter finds its methods from its own records.
select
    row_number() over (order by this.position) as position,
    this.method,
    prior.bills_amount_share as last_quarter_share,
    this.bills_amount_share as this_quarter_share,
    this.bills_amount_share - prior.bills_amount_share as change
from method_figures as this
inner join method_figures as prior on prior.position = this.position
where this.period = 'latest quarter' and prior.period = 'prior quarter' and this.level = 'method'
order by position
