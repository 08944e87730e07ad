-- From when to when does an answer speak, under each meaning of "yearly"?
-- One row per answer, place in which it counts and year rule.
--
-- Three rules: the school year an answer is for (schooljaar), twelve months from its day (twaalf_maanden), the
-- code's own year around its day (codejaar). An undated answer that names a school year speaks in that year, or
-- in the code's year in which that school year starts. A decision without date and label speaks always; a
-- request without them never does.
--
-- Sources: judged_answers, year_rules
-- Columns
--   jaar         year rule
--   is_set       whether it is the rule of the registry
--   place        number of pupil, school and sixteenth birthday
--   doel         purpose
--   giver        who gave it; null = empty
--   is_valid     demonstrable and given by who was entitled
--   flaw         why a decision is not valid, 1-3; null = valid, or no decision
--   is_asked     whether it is a request without an answer
--   heard_from   first day on which it counts for anything
--   speaks_to    first day on which its year is over; may lie before heard_from: then it came too late
--   order_key    orders one giver's valid answers: by year, by day, the most protective last.
--                speaks_to in days since 0001-01-01, then answered_on likewise, then ja 1, nee 2, ingetrokken 3
with dated as (
    select
        *,
        year(answered_on) - case when month(answered_on) < 2 then 1 else 0 end as code_year,
        year(answered_on) - case when month(answered_on) < 8 then 1 else 0 end as school_year
    from judged_answers
    where answered_on is not null or school_label is not null or protection is not null
),

years as (
    select
        year_rules.jaar,
        year_rules.is_set,
        dated.*,
        case
            when year_rules.jaar = 'twaalf_maanden' and answered_on is not null then answered_on
            when year_rules.jaar = 'codejaar' then make_date(coalesce(code_year, school_label), 2, 1)
            else make_date(coalesce(school_label, school_year), 8, 1)
        end as year_from
    from dated
    cross join year_rules
),

speaking as (
    select
        *,
        coalesce(greatest(answered_on, year_from), date '0001-01-01') as heard_from,
        coalesce(cast(year_from + interval 12 month as date), date '9999-12-31') as speaks_to
    from years
)

select
    jaar,
    is_set,
    place,
    doel,
    giver,
    is_valid,
    flaw,
    protection is null as is_asked,
    heard_from,
    speaks_to,
    (speaks_to - date '0001-01-01') * 100000000 + (answered_on - date '0001-01-01') * 10 + protection
        as order_key
from speaking
