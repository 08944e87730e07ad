-- Which status does a pupil have for a purpose, on which days?
-- One row per place, purpose and stretch of days with one status; days without a row: never asked.
--
-- The status table is read from the top: each layer is cut off where a higher one begins. Whether the
-- school delivered its answers, and whether the pupil is enrolled, is looked at afterwards, per school and
-- day.
--
-- Sources: valid_moments, year_layers, school_years, pupils_at_school
-- Columns
--   place        number of pupil, school and sixteenth birthday
--   doel         purpose
--   status       consent status
--   status_from  first day
--   status_to    first day after it
with this_year as (
    select
        valid_moments.place,
        valid_moments.doel,
        valid_moments.by_pupil,
        valid_moments.outcome,
        greatest(valid_moments.valid_from, school_years.year_from) as status_from,
        least(valid_moments.valid_to, school_years.year_to) as status_to
    from valid_moments
    inner join school_years on valid_moments.year_label = school_years.school_year
),

own_or_parents_before_16 as (
    select
        this_year.place,
        this_year.doel,
        this_year.outcome as status,
        this_year.status_from,
        case
            when this_year.by_pupil then this_year.status_to
            else least(this_year.status_to, pupils_at_school.wordt_16_op)
        end as status_to
    from this_year
    inner join pupils_at_school on this_year.place = pupils_at_school.place
),

parents_from_16 as (
    select
        this_year.place,
        this_year.doel,
        case when this_year.outcome = 'ja' then 'werd_16_ja' else 'werd_16_nee' end as status,
        greatest(this_year.status_from, pupils_at_school.wordt_16_op) as status_from,
        this_year.status_to
    from this_year
    inner join pupils_at_school on this_year.place = pupils_at_school.place
    where not this_year.by_pupil
),

-- The years after the one an answer speaks for, up to the next year with an answer; further on only where that
-- next answer came so late that its year had ended.
valid_years as (
    select
        place,
        doel,
        year_label,
        min(valid_from) as first_day,
        lead(year_label) over by_year as next_label,
        lead(min(valid_from)) over by_year as next_first_day
    from valid_moments
    group by place, doel, year_label
    window by_year as (partition by place, doel order by year_label)
),

looked_back as (
    select
        valid_years.place,
        valid_years.doel,
        valid_years.year_label,
        valid_years.first_day,
        school_years.school_year,
        school_years.year_from,
        school_years.year_to,
        min(valid_years.first_day) over (
            partition by valid_years.place, valid_years.doel, school_years.school_year
            order by valid_years.year_label desc
            rows between unbounded preceding and 1 preceding
        ) as replaced_on
    from valid_years
    inner join school_years
        on
            valid_years.year_label < school_years.school_year
            and (
                valid_years.next_label is null
                or valid_years.next_label >= school_years.school_year
                or valid_years.next_first_day > school_years.year_from
            )
),

earlier_years as (
    select
        looked_back.place,
        looked_back.doel,
        case when valid_moments.outcome = 'ja' then 'verlopen_ja' else 'verlopen_nee' end as status,
        greatest(valid_moments.valid_from, looked_back.year_from) as status_from,
        least(
            valid_moments.valid_to,
            looked_back.year_to,
            looked_back.replaced_on,
            year_layers.valid_day,
            year_layers.flaw_1_day,
            year_layers.flaw_2_day,
            year_layers.flaw_3_day
        ) as status_to
    from looked_back
    inner join valid_moments
        on
            looked_back.place = valid_moments.place
            and looked_back.doel = valid_moments.doel
            and looked_back.year_label = valid_moments.year_label
    left join year_layers
        on
            looked_back.place = year_layers.place
            and looked_back.doel = year_layers.doel
            and looked_back.school_year = year_layers.school_year
),

-- An unanswered request counts only before any earlier year's valid answer is known.
oldest_valid as (
    select
        place,
        doel,
        school_year,
        min(first_day) as first_day
    from looked_back
    group by place, doel, school_year
),

flawed_or_asked as (
    select
        year_layers.place,
        year_layers.doel,
        'onbevoegd' as status,
        year_layers.flaw_1_day as status_from,
        least(year_layers.valid_day, year_layers.year_to) as status_to
    from year_layers
    union all
    select
        year_layers.place,
        year_layers.doel,
        'niet_uitdrukkelijk' as status,
        year_layers.flaw_2_day as status_from,
        least(year_layers.valid_day, year_layers.flaw_1_day, year_layers.year_to) as status_to
    from year_layers
    union all
    select
        year_layers.place,
        year_layers.doel,
        'niet_aantoonbaar' as status,
        year_layers.flaw_3_day as status_from,
        least(
            year_layers.valid_day, year_layers.flaw_1_day, year_layers.flaw_2_day, year_layers.year_to
        ) as status_to
    from year_layers
    union all
    select
        year_layers.place,
        year_layers.doel,
        'onbeantwoord' as status,
        year_layers.asked_day as status_from,
        least(
            year_layers.valid_day,
            year_layers.flaw_1_day,
            year_layers.flaw_2_day,
            year_layers.flaw_3_day,
            year_layers.year_to,
            oldest_valid.first_day
        ) as status_to
    from year_layers
    left join oldest_valid
        on
            year_layers.place = oldest_valid.place
            and year_layers.doel = oldest_valid.doel
            and year_layers.school_year = oldest_valid.school_year
    where year_layers.asked_day < date '9999-12-31'
),

layers as (
    select place, doel, status, status_from, status_to from own_or_parents_before_16
    union all
    select place, doel, status, status_from, status_to from parents_from_16
    union all
    select place, doel, status, status_from, status_to from flawed_or_asked
    union all
    select place, doel, status, status_from, status_to from earlier_years
)

select
    place,
    doel,
    status,
    status_from,
    status_to
from layers
where status_from < status_to
