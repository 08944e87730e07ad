-- For what was a pupil recognisable in a publication, and which status did the pupil have that day?
-- One row per publication and recognisable pupil.
--
-- The status is that at the school where the pupil was enrolled that day, answers of the day itself included.
--
-- Sources: publicaties, purposes, pupils_at_school, placed_spans, status_spans, leveringen
-- Columns
--   publicatie_id  publication, as a keyed hash
--   brin6          school that published
--   datum          day of the publication
--   schooljaar     school year of the publication, yyyy-yyyy
--   doel           purpose
--   status         consent status that day; niet_ingeschreven = enrolled nowhere in the group
with used as (
    select
        publicaties.publicatie_id,
        publicaties.leerling,
        publicaties.brin6,
        publicaties.doel,
        publicaties.datum,
        year(publicaties.datum) - case when month(publicaties.datum) < 8 then 1 else 0 end as school_year
    from publicaties
    inner join purposes on publicaties.doel = purposes.doel
),

enrolled as (
    select
        used.publicatie_id,
        used.leerling,
        used.doel,
        used.datum,
        placed_spans.place,
        placed_spans.brin6
    from used
    inner join pupils_at_school on used.leerling = pupils_at_school.leerling
    inner join placed_spans
        on
            pupils_at_school.place = placed_spans.place
            and used.datum >= placed_spans.span_from
            and used.datum < placed_spans.span_to
),

delivered as (
    select
        enrolled.publicatie_id,
        enrolled.leerling
    from enrolled
    inner join leveringen
        on
            leveringen.dataset = 'toestemmingen'
            and enrolled.brin6 = leveringen.brin6
            and enrolled.datum between leveringen.van and leveringen.tot
    group by enrolled.publicatie_id, enrolled.leerling
)

select
    used.publicatie_id,
    used.brin6,
    used.datum,
    cast(used.school_year as varchar) || '-' || cast(used.school_year + 1 as varchar) as schooljaar,
    used.doel,
    case
        when enrolled.place is null then 'niet_ingeschreven'
        when delivered.leerling is null then 'onbekend'
        else coalesce(status_spans.status, 'niet_gevraagd')
    end as status
from used
left join enrolled on used.publicatie_id = enrolled.publicatie_id and used.leerling = enrolled.leerling
left join delivered on used.publicatie_id = delivered.publicatie_id and used.leerling = delivered.leerling
left join status_spans
    on
        enrolled.place = status_spans.place
        and enrolled.doel = status_spans.doel
        and enrolled.datum >= status_spans.status_from
        and enrolled.datum < status_spans.status_to
