-- When did incidents happen where they are too rare for a chart by month, and how long after the one before?
-- One row per counted incident at a point of a segment with fewer than 1.5 incidents a point.
--
-- Sources: incident_points, incidenten, incident_months, school_days
-- Columns
--   brin6                   school; * = the group
--   deel                    number of the segment, from 1
--   datum                   day of the incident
--   lesdagen_sinds_vorige   school days after the day of the one before, up to and including this day; empty for the
--                           first of a segment and after a month that wasn't a point
with rare_segments as (
    select
        brin6,
        deel
    from incident_points
    group by brin6, deel
    having sum(incidenten) < 1.5 * count(*)
),

delivered as (
    select
        incidenten.brin6,
        incidenten.datum,
        strftime(incidenten.datum, '%Y-%m') as maand
    from incidenten
    inner join incident_months
        on
            incidenten.brin6 = incident_months.brin6
            and strftime(incidenten.datum, '%Y-%m') = incident_months.maand
    where incident_months.aangeleverd and coalesce(incidenten.reikwijdte, 'school') <> 'buiten'
),

by_series as (
    select brin6, datum, maand from delivered
    union all
    select '*' as brin6, datum, maand from delivered
),

placed as (
    select
        by_series.brin6,
        incident_points.deel,
        incident_points.reeks,
        by_series.datum
    from by_series
    inner join incident_points
        on by_series.brin6 = incident_points.brin6 and by_series.maand = incident_points.maand
    inner join rare_segments
        on incident_points.brin6 = rare_segments.brin6 and incident_points.deel = rare_segments.deel
),

dates as (
    select datum
    from placed
    group by datum
),

days_so_far as (
    select
        dates.datum,
        count(school_days.dag) as lesdagen
    from dates
    left join school_days on dates.datum >= school_days.dag
    group by dates.datum
),

in_order as (
    select
        placed.brin6,
        placed.deel,
        placed.datum,
        days_so_far.lesdagen,
        lag(days_so_far.lesdagen) over since_the_first as lesdagen_toen,
        lag(placed.reeks) over since_the_first = placed.reeks as is_same_run
    from placed
    inner join days_so_far on placed.datum = days_so_far.datum
    window since_the_first as (
        partition by placed.brin6, placed.deel
        order by placed.datum
    )
)

select
    brin6,
    deel,
    datum,
    case when is_same_run then lesdagen - lesdagen_toen end as lesdagen_sinds_vorige
from in_order
