-- Which status does a pupil have for a purpose, on which days?
-- One row per year rule, place, purpose and stretch of days with one status; days without a row: never asked.
--
-- The status table from the top; the first that applies counts. Answers of this year are those that still
-- speak. Where none does, those of the latest year before count: of twelve months that ended together, so that
-- an answer still spoke when the last of them was given. The pupil's own answer goes before the parents'.
-- Whether the school delivered its answers, and whether the pupil is enrolled, is looked at afterwards.
--
-- Sources: answer_states, pupils_at_school
-- Columns
--   jaar         year rule
--   is_set       whether it is the rule of the registry
--   place        number of pupil, school and sixteenth birthday
--   doel         purpose
--   status       consent status
--   status_from  first day
--   status_to    first day after it
with ended as (
    select
        *,
        date '0001-01-01' + cast(greatest(pupil, parent_1, parent_2, guardian) // 100000000 as integer) as last_to
    from answer_states
),

placed_in_time as (
    select
        *,
        coalesce(last_to > first_day, false) as is_this_year,
        case
            when last_to > first_day then first_day
            else cast(last_to - interval 12 month as date)
        end - date '0001-01-01' as year_began
    from ended
),

voices as (
    select
        *,
        case when pupil // 100000000 > year_began then pupil % 10 end as pupil_says,
        case when parent_1 // 100000000 > year_began then parent_1 % 10 end as parent_1_says,
        case when parent_2 // 100000000 > year_began then parent_2 % 10 end as parent_2_says,
        case when guardian // 100000000 > year_began then guardian % 10 end as guardian_says
    from placed_in_time
),

parents as (
    select
        *,
        least(parent_1_says, parent_2_says, guardian_says) as least_protective,
        greatest(parent_1_says, parent_2_says, guardian_says) as most_protective
    from voices
),

heard as (
    select
        *,
        case
            when pupil_says = 1 then 'ja'
            when pupil_says = 2 then 'nee'
            when pupil_says = 3 then 'ingetrokken'
            when most_protective = 1 then 'ja'
            when least_protective = 1 then 'conflict'
            when most_protective = 3 then 'ingetrokken'
            when most_protective = 2 then 'nee'
        end as outcome
    from parents
),

judged as (
    select
        *,
        is_this_year and pupil_says is null as is_by_parents,
        case
            when is_this_year then outcome
            when flaw_1_to > first_day then 'onbevoegd'
            when flaw_2_to > first_day then 'niet_uitdrukkelijk'
            when flaw_3_to > first_day then 'niet_aantoonbaar'
            when outcome = 'ja' then 'verlopen_ja'
            when outcome is not null then 'verlopen_nee'
            when asked_to > first_day then 'onbeantwoord'
        end as status
    from heard
),

sides (is_from_16) as (
    values (false), (true)
),

before_and_from_16 as (
    select
        judged.jaar,
        judged.is_set,
        judged.place,
        judged.doel,
        case
            when not sides.is_from_16 then judged.status
            when judged.status = 'ja' then 'werd_16_ja'
            else 'werd_16_nee'
        end as status,
        case
            when sides.is_from_16 then greatest(judged.first_day, pupils_at_school.wordt_16_op)
            else judged.first_day
        end as status_from,
        case
            when judged.is_by_parents and not sides.is_from_16
                then least(judged.next_day, pupils_at_school.wordt_16_op)
            else judged.next_day
        end as status_to
    from judged
    inner join pupils_at_school on judged.place = pupils_at_school.place
    inner join sides on judged.is_by_parents or not sides.is_from_16
    where judged.status is not null
)

select
    jaar,
    is_set,
    place,
    doel,
    status,
    status_from,
    status_to
from before_and_from_16
where status_from < status_to
