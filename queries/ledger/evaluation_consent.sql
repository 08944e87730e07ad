-- How was consent in order in an evaluation period: at its end, at its lowest, and where it was used?
-- One row per evaluation period, side and indicator of consent, and purpose where it is counted by purpose.
--
-- Coverage at the last day on which there were pupils, and of the month ends the lowest, the earliest of equals. Parts
-- of whole pupils that differ, differ by more than a double's rounding, so they are compared as such. Everything but a
-- valid yes counts as use without consent.
--
-- Sources: evaluation_spans, reference_dates, consent_coverage, purposes, uses, readings
-- Columns
--   periode       evaluation period, yyyy-mm/yyyy-mm
--   kant          nu = the period, vorige = the years before it
--   artikel       article of the purposes
--   doel          purpose; empty where all of the article's are counted together
--   indicator     indicator
--   teller        pupils with a valid answer, or uses without a valid yes; empty without a day to count on
--   noemer        pupils with or without a valid answer, or uses; likewise
--   compleet      pupils of whom something was delivered on that day; empty for uses
--   compleet_van  pupils on that day; empty for uses
with coverage as (
    select
        evaluation_spans.periode,
        evaluation_spans.kant,
        reference_dates.peildatum,
        purposes.artikel,
        purposes.doel,
        consent_coverage.ja + consent_coverage.nee as teller,
        consent_coverage.ja + consent_coverage.nee + consent_coverage.ongeldig as noemer,
        consent_coverage.onbekend,
        reference_dates.peildatum = last_day(reference_dates.peildatum) as is_month_end
    from evaluation_spans
    inner join reference_dates
        on reference_dates.peildatum between evaluation_spans.eerste_dag and evaluation_spans.laatste_dag
    inner join consent_coverage on reference_dates.peildatum = consent_coverage.peildatum
    inner join purposes on consent_coverage.doel = purposes.doel
    where consent_coverage.brin6 = '*' and consent_coverage.lezing = 'code'
),

at_the_end as (
    select *
    from coverage
    qualify row_number() over (partition by periode, kant, doel order by peildatum desc) = 1
),

lowest as (
    select *
    from coverage
    where is_month_end and noemer > 0
    qualify row_number() over (
        partition by periode, kant, doel
        order by cast(teller as double) / noemer, peildatum
    ) = 1
),

used as (
    select
        evaluation_spans.periode,
        evaluation_spans.kant,
        purposes.artikel,
        coalesce(readings.uitkomst = 'ja', false) as is_allowed
    from uses
    inner join evaluation_spans on uses.datum between evaluation_spans.eerste_dag and evaluation_spans.laatste_dag
    inner join purposes on uses.doel = purposes.doel
    left join readings on uses.status = readings.status and readings.lezing = 'code'
),

articles as (
    select distinct artikel
    from purposes
)

select
    evaluation_spans.periode,
    evaluation_spans.kant,
    purposes.artikel,
    purposes.doel,
    'dekking:' || purposes.doel as indicator,
    at_the_end.teller,
    at_the_end.noemer,
    at_the_end.noemer as compleet,
    at_the_end.noemer + at_the_end.onbekend as compleet_van
from evaluation_spans
cross join purposes
left join at_the_end
    on
        evaluation_spans.periode = at_the_end.periode
        and evaluation_spans.kant = at_the_end.kant
        and purposes.doel = at_the_end.doel
union all
select
    evaluation_spans.periode,
    evaluation_spans.kant,
    purposes.artikel,
    purposes.doel,
    'laagste_dekking:' || purposes.doel as indicator,
    lowest.teller,
    lowest.noemer,
    lowest.noemer as compleet,
    lowest.noemer + lowest.onbekend as compleet_van
from evaluation_spans
cross join purposes
left join lowest
    on
        evaluation_spans.periode = lowest.periode
        and evaluation_spans.kant = lowest.kant
        and purposes.doel = lowest.doel
union all
select
    evaluation_spans.periode,
    evaluation_spans.kant,
    articles.artikel,
    null as doel,
    'gebruik_zonder_toestemming' as indicator,
    count(*) filter (where not used.is_allowed) as teller,
    count(used.is_allowed) as noemer,
    null as compleet,
    null as compleet_van
from evaluation_spans
cross join articles
left join used
    on
        evaluation_spans.periode = used.periode
        and evaluation_spans.kant = used.kant
        and articles.artikel = used.artikel
group by evaluation_spans.periode, evaluation_spans.kant, articles.artikel
