-- From which day of a school year does each layer of the status table have something to say?
-- One row per place, purpose and school year in which at least one answer speaks.
--
-- Within a school year a layer, once it speaks, goes on speaking until the year ends. An answer without
-- any label (no date either) speaks in every year.
--
-- Sources: judged_answers, school_years
-- Columns
--   place        number of pupil, school and sixteenth birthday
--   doel         purpose
--   school_year  first calendar year of the school year
--   year_from    its first day
--   year_to      the first day after it
--   valid_day    first day with a valid answer for this year; 9999-12-31 = none, as below
--   flaw_1_day   first day with a demonstrable answer of someone not entitled
--   flaw_2_day   first day with a sourced and dated answer ticked by the school
--   flaw_3_day   first day with any other decision that is not demonstrable
--   asked_day    first day on which an unanswered request is known
with speaking as (
    select
        judged_answers.place,
        judged_answers.doel,
        judged_answers.is_valid,
        judged_answers.flaw,
        judged_answers.protection,
        school_years.school_year,
        school_years.year_from,
        school_years.year_to,
        greatest(judged_answers.answered_on, school_years.year_from) as heard_on
    from judged_answers
    inner join school_years on judged_answers.year_label = school_years.school_year
    union all
    select
        judged_answers.place,
        judged_answers.doel,
        judged_answers.is_valid,
        judged_answers.flaw,
        judged_answers.protection,
        school_years.school_year,
        school_years.year_from,
        school_years.year_to,
        school_years.year_from as heard_on
    from judged_answers
    cross join school_years
    where judged_answers.year_label is null and judged_answers.flaw is not null
)

select
    place,
    doel,
    school_year,
    year_from,
    year_to,
    coalesce(min(heard_on) filter (where is_valid), date '9999-12-31') as valid_day,
    coalesce(min(heard_on) filter (where flaw = 1), date '9999-12-31') as flaw_1_day,
    coalesce(min(heard_on) filter (where flaw = 2), date '9999-12-31') as flaw_2_day,
    coalesce(min(heard_on) filter (where flaw = 3), date '9999-12-31') as flaw_3_day,
    coalesce(min(heard_on) filter (where protection is null), date '9999-12-31') as asked_day
from speaking
where heard_on < year_to
group by place, doel, school_year, year_from, year_to
