-- What do the valid answers for one school year say, from each day on which one is given?
-- One row per place, purpose, school year and day with a valid answer.
--
-- A pupil's own answer goes before the parents'. Of one giver the latest counts, on one day the most
-- protective.
--
-- Sources: judged_answers
-- Columns
--   place        number of pupil, school and sixteenth birthday
--   doel         purpose
--   year_label   school year the answers speak for, by its first calendar year
--   valid_from   the day from which this holds
--   valid_to     the day of the next valid answer for this year; 9999-12-31 = none
--   by_pupil     whether the pupil's own answer decides
--   outcome      ja, nee, ingetrokken or conflict
with daily as (
    select
        place,
        doel,
        year_label,
        answered_on,
        max(case when giver = 'leerling' then protection end) as pupil,
        max(case when giver = 'ouder1' then protection end) as parent_1,
        max(case when giver = 'ouder2' then protection end) as parent_2,
        max(case when giver = 'voogd' then protection end) as guardian
    from judged_answers
    where is_valid
    group by place, doel, year_label, answered_on
),

latest as (
    select
        place,
        doel,
        year_label,
        answered_on,
        last_value(pupil ignore nulls) over so_far as pupil,
        last_value(parent_1 ignore nulls) over so_far as parent_1,
        last_value(parent_2 ignore nulls) over so_far as parent_2,
        last_value(guardian ignore nulls) over so_far as guardian,
        lead(answered_on) over so_far as next_answer
    from daily
    window so_far as (
        partition by place, doel, year_label
        order by answered_on
        rows between unbounded preceding and current row
    )
),

parents as (
    select
        *,
        least(parent_1, parent_2, guardian) as least_protective,
        greatest(parent_1, parent_2, guardian) as most_protective
    from latest
)

select
    place,
    doel,
    year_label,
    answered_on as valid_from,
    coalesce(next_answer, date '9999-12-31') as valid_to,
    pupil is not null as by_pupil,
    case
        when pupil = 1 then 'ja'
        when pupil = 2 then 'nee'
        when pupil = 3 then 'ingetrokken'
        when most_protective = 1 then 'ja'
        when least_protective = 1 then 'conflict'
        when most_protective = 3 then 'ingetrokken'
        else 'nee'
    end as outcome
from parents
