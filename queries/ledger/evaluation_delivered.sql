-- Was a dataset delivered, so that its figures in the evaluation mean something?
-- One row per evaluation period, side and dataset.
--
-- Of the period itself: any row in force. Of the years before it: a row dated in them. Of incidents, on either side:
-- an incident dated there, whether or not it counts, or a month that a school delivered in full. How complete: of
-- incidents the months that schools delivered in full, over those that schools were active in; of the rest all or
-- nothing.
--
-- Sources: evaluation_spans, evaluation_months, incident_months, scholen, incidenten, publicaties, consultaties,
--   stages, bekendmaking, activiteiten, personeel, besluiten
-- Columns
--   periode      evaluation period, yyyy-mm/yyyy-mm
--   kant         nu = the period, vorige = the years before it
--   dataset      dataset of the contract
--   geleverd     whether there is anything of it
--   compleet     how much of it there is: months of schools, or 1
--   compleet_van of how much
with dated as (
    select
        'incidenten' as dataset,
        datum
    from incidenten
    union all
    select
        'publicaties' as dataset,
        datum
    from publicaties
    union all
    select
        'consultaties' as dataset,
        datum
    from consultaties
    union all
    select
        'stages' as dataset,
        startdatum as datum
    from stages
    union all
    select
        'bekendmaking' as dataset,
        datum
    from bekendmaking
    union all
    select
        'activiteiten' as dataset,
        datum
    from activiteiten
    union all
    select
        'personeel' as dataset,
        peildatum as datum
    from personeel
    union all
    select
        'besluiten' as dataset,
        datum
    from besluiten
),

datasets (dataset) as (
    values
    ('incidenten'), ('publicaties'), ('consultaties'), ('stages'), ('bekendmaking'), ('activiteiten'), ('personeel'),
    ('besluiten')
),

held as (
    select
        dataset,
        datum
    from dated
    group by dataset, datum
),

full_months as (
    select distinct cast(maand || '-01' as date) as first_of_month
    from incident_months
    where aangeleverd
),

-- What counts as there at all, on each side.
found as (
    select
        evaluation_spans.periode,
        evaluation_spans.kant,
        held.dataset
    from evaluation_spans
    inner join held
        on
            held.datum between evaluation_spans.eerste_dag and evaluation_spans.laatste_dag
            or (evaluation_spans.kant = 'nu' and held.dataset <> 'incidenten')
    union
    select
        evaluation_spans.periode,
        evaluation_spans.kant,
        'incidenten' as dataset
    from evaluation_spans
    inner join full_months
        on
            date_trunc('month', evaluation_spans.eerste_dag) <= full_months.first_of_month
            and evaluation_spans.laatste_dag >= full_months.first_of_month
),

active_months as (
    select
        evaluation_months.periode,
        count(*) as compleet_van,
        count(*) filter (where coalesce(incident_months.aangeleverd, false)) as compleet
    from evaluation_months
    inner join scholen
        on
            coalesce(evaluation_months.dag >= scholen.actief_van, true)
            and coalesce(evaluation_months.dag < scholen.actief_tot, true)
    left join incident_months
        on evaluation_months.maand = incident_months.maand and scholen.brin6 = incident_months.brin6
    group by evaluation_months.periode
)

select
    evaluation_spans.periode,
    evaluation_spans.kant,
    datasets.dataset,
    found.dataset is not null as geleverd,
    case
        when datasets.dataset = 'incidenten' then coalesce(active_months.compleet, 0)
        else cast(found.dataset is not null as bigint)
    end as compleet,
    case when datasets.dataset = 'incidenten' then coalesce(active_months.compleet_van, 0) else 1 end as compleet_van
from evaluation_spans
cross join datasets
left join found
    on
        evaluation_spans.periode = found.periode
        and evaluation_spans.kant = found.kant
        and datasets.dataset = found.dataset
left join active_months on evaluation_spans.periode = active_months.periode
