-- What is known of a pupil's answers, from each day on which that changes?
-- One row per year rule, place, purpose and stretch of days in which nothing changes.
--
-- Under the rule of the registry all stretches; under the others, which only stand beside it, the day of the
-- delivery.
--
-- Sources: answer_events, speaking_answers, year_rules, moments
-- Columns
--   jaar       year rule
--   is_set     whether it is the rule of the registry
--   place      number of pupil, school and sixteenth birthday
--   doel       purpose
--   first_day  first day
--   next_day   first day after it
--   pupil      order key of the pupil's own latest valid answer so far; null = none, as below
--   parent_1   likewise of the one parent
--   parent_2   likewise of the other
--   guardian   likewise of the guardian
--   flaw_1_to  until when the answers heard so far of someone not entitled speak
--   flaw_2_to  likewise those ticked by the school
--   flaw_3_to  likewise other decisions that are not demonstrable
--   asked_to   likewise requests without an answer
with set_rule as (
    select jaar from year_rules
    where is_set
),

today as (
    select dag as first_day from moments
    where moment = 'vandaag'
),

so_far as (
    select
        place,
        doel,
        first_day,
        lead(first_day) over since_the_first as next_day,
        max(pupil) over since_the_first as pupil,
        max(parent_1) over since_the_first as parent_1,
        max(parent_2) over since_the_first as parent_2,
        max(guardian) over since_the_first as guardian,
        max(flaw_1_to) over since_the_first as flaw_1_to,
        max(flaw_2_to) over since_the_first as flaw_2_to,
        max(flaw_3_to) over since_the_first as flaw_3_to,
        max(asked_to) over since_the_first as asked_to
    from answer_events
    window since_the_first as (
        partition by place, doel
        order by first_day
        rows between unbounded preceding and current row
    )
)

select
    set_rule.jaar,
    true as is_set,
    so_far.place,
    so_far.doel,
    so_far.first_day,
    coalesce(so_far.next_day, date '9999-12-31') as next_day,
    so_far.pupil,
    so_far.parent_1,
    so_far.parent_2,
    so_far.guardian,
    so_far.flaw_1_to,
    so_far.flaw_2_to,
    so_far.flaw_3_to,
    so_far.asked_to
from so_far
cross join set_rule
union all
select
    jaar,
    false as is_set,
    place,
    doel,
    today.first_day,
    cast(today.first_day + interval 1 day as date) as next_day,
    max(case when is_valid and giver = 'leerling' then order_key end) as pupil,
    max(case when is_valid and giver = 'ouder1' then order_key end) as parent_1,
    max(case when is_valid and giver = 'ouder2' then order_key end) as parent_2,
    max(case when is_valid and giver = 'voogd' then order_key end) as guardian,
    max(case when flaw = 1 then speaks_to end) as flaw_1_to,
    max(case when flaw = 2 then speaks_to end) as flaw_2_to,
    max(case when flaw = 3 then speaks_to end) as flaw_3_to,
    max(case when is_asked then speaks_to end) as asked_to
from speaking_answers
cross join today
where not is_set and heard_from <= today.first_day
group by jaar, place, doel, today.first_day
