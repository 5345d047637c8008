-- title: Results by band
-- question: How are the results spread?
-- meaning: Results in each band of the percent of the maximum; not split by band, the share of results at 60% or more: a second cut beside the pass mark, because one cut alone can mislead. Only tests with a known maximum.
-- kind: rate
-- unit: share of results
-- better: higher
-- minimum: 10
-- source: METHODS 4
-- version: 1
-- reads: results
-- without: band
-- levels: level
-- opens: level
-- level_word: band
-- whole: Results at 60% or more
-- repeats: yes
-- beside: mean_score
select period, segment, student as unit, (percent >= 60)::integer as numerator, 1 as denominator,
    ['0 to 19', '20 to 39', '40 to 59', '60 to 79', '80 to 100']
        [least(greatest(floor(percent / 20)::integer, 0), 4) + 1] as level
from results
where percent is not null and status = 'scored'
