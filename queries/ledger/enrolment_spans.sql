-- On which days does which enrolment of a pupil count?
-- One row per stretch of days on which one enrolment counts; stretches of one pupil never overlap.
--
-- Of two enrolments on one day the one that started last counts, then the smallest brin6. Nearly all pupils
-- have no such days: only the others are cut at every start and end.
--
-- Sources: leerlingen
-- Columns
--   leerling      pupil, as a pseudonym
--   brin6         school
--   leerjaar      year group, 1-6
--   wordt_16_op   day on which the pupil turns 16, as this enrolment has it
--   span_from     first day
--   span_to       first day after it; 9999-12-31 = still enrolled
with enrolments as (
    select
        leerling,
        brin6,
        leerjaar,
        wordt_16_op,
        in_van as span_from,
        coalesce(in_tot, date '9999-12-31') as span_to
    from leerlingen
),

overlapping as (
    select leerling
    from (
        select
            leerling,
            span_from,
            max(span_to) over (
                partition by leerling
                order by span_from, brin6
                rows between unbounded preceding and 1 preceding
            ) as earlier_to
        from enrolments
    ) as ordered
    where earlier_to > span_from
    group by leerling
),

edges as (
    select
        enrolments.leerling,
        enrolments.span_from as edge
    from enrolments
    inner join overlapping on enrolments.leerling = overlapping.leerling
    union
    select
        enrolments.leerling,
        enrolments.span_to as edge
    from enrolments
    inner join overlapping on enrolments.leerling = overlapping.leerling
),

stretches as (
    select
        leerling,
        edge as span_from,
        lead(edge) over (partition by leerling order by edge) as span_to
    from edges
),

chosen as (
    select
        stretches.leerling,
        enrolments.brin6,
        enrolments.leerjaar,
        enrolments.wordt_16_op,
        stretches.span_from,
        stretches.span_to
    from stretches
    inner join enrolments
        on
            stretches.leerling = enrolments.leerling
            and stretches.span_from >= enrolments.span_from
            and stretches.span_from < enrolments.span_to
    where stretches.span_to is not null
    qualify row_number() over (
        partition by stretches.leerling, stretches.span_from
        order by enrolments.span_from desc, enrolments.brin6 asc
    ) = 1
)

select
    enrolments.leerling,
    enrolments.brin6,
    enrolments.leerjaar,
    enrolments.wordt_16_op,
    enrolments.span_from,
    enrolments.span_to
from enrolments
left join overlapping on enrolments.leerling = overlapping.leerling
where overlapping.leerling is null
union all
select
    leerling,
    brin6,
    leerjaar,
    wordt_16_op,
    span_from,
    span_to
from chosen
