-- On which days does something change in what a pupil's answers say?
-- One row per place, purpose and day on which an answer is first heard or its year ends.
--
-- Sources: speaking_answers
-- Columns
--   place      number of pupil, school and sixteenth birthday
--   doel       purpose
--   first_day  the day
--   pupil      order key of the pupil's own latest valid answer heard that day; null = none, as below
--   parent_1   likewise of the one parent
--   parent_2   likewise of the other
--   guardian   likewise of the guardian
--   flaw_1_to  until when a demonstrable answer of someone not entitled, heard that day, speaks
--   flaw_2_to  likewise an answer ticked by the school
--   flaw_3_to  likewise any other decision that is not demonstrable
--   asked_to   likewise a request without an answer
with events as (
    select
        place,
        doel,
        heard_from as first_day,
        speaks_to,
        case when is_valid then giver end as valid_giver,
        flaw,
        is_asked,
        order_key
    from speaking_answers
    where is_set
    union all
    select
        place,
        doel,
        speaks_to as first_day,
        null as speaks_to,
        null as valid_giver,
        null as flaw,
        false as is_asked,
        null as order_key
    from speaking_answers
    where is_set and speaks_to > heard_from and speaks_to < date '9999-12-31'
)

select
    place,
    doel,
    first_day,
    max(case when valid_giver = 'leerling' then order_key end) as pupil,
    max(case when valid_giver = 'ouder1' then order_key end) as parent_1,
    max(case when valid_giver = 'ouder2' then order_key end) as parent_2,
    max(case when valid_giver = 'voogd' then order_key end) as guardian,
    max(case when flaw = 1 then speaks_to end) as flaw_1_to,
    max(case when flaw = 2 then speaks_to end) as flaw_2_to,
    max(case when flaw = 3 then speaks_to end) as flaw_3_to,
    max(case when is_asked then speaks_to end) as asked_to
from events
group by place, doel, first_day
