-- How often did what is recorded once, for no school in particular, happen in an evaluation period?
-- One row per evaluation period, side and indicator that is counted by record.
--
-- What lies ahead isn't counted yet.
--
-- Sources: evaluation_spans, activiteiten, consultaties, stages, besluiten
-- Columns
--   periode     evaluation period, yyyy-mm/yyyy-mm
--   kant        nu = the period, vorige = the years before it; the evaluation itself has no years before
--   dataset     dataset of the contract that it is counted from
--   indicator   indicator
--   teller      records of which it is so
--   noemer      records of which it could be so; empty for a number
with records as (
    select
        'activiteiten' as dataset,
        case soort when 'training' then 'trainingen' else 'lessen_en_ouderavonden' end as indicator,
        datum,
        true as is_so
    from activiteiten
    where soort in ('training', 'les', 'ouderavond')
    union all
    select
        'consultaties' as dataset,
        'consultaties' as indicator,
        datum,
        true as is_so
    from consultaties
    union all
    select
        'stages' as dataset,
        'vooraf_gecontroleerd' as indicator,
        startdatum as datum,
        coalesce(controle_datum < startdatum, false) as is_so
    from stages
    where soort = 'stagiair'
    union all
    select
        'besluiten' as dataset,
        'geevalueerd' as indicator,
        datum,
        true as is_so
    from besluiten
    where regel = 'VI.5'
),

-- An indicator is a number, a part of the records, or a yes or no.
asked (dataset, indicator, shape) as (
    values
    ('activiteiten', 'trainingen', 'number'),
    ('activiteiten', 'lessen_en_ouderavonden', 'number'),
    ('consultaties', 'consultaties', 'number'),
    ('stages', 'vooraf_gecontroleerd', 'part'),
    ('besluiten', 'geevalueerd', 'yes or no')
),

counted as (
    select
        evaluation_spans.periode,
        evaluation_spans.kant,
        asked.dataset,
        asked.indicator,
        asked.shape,
        count(*) filter (where records.is_so) as so,
        count(records.is_so) as found
    from evaluation_spans
    cross join asked
    left join records
        on
            asked.indicator = records.indicator
            and records.datum between evaluation_spans.eerste_dag and evaluation_spans.laatste_dag
    where evaluation_spans.kant = 'nu' or asked.dataset <> 'besluiten'
    group by
        evaluation_spans.periode,
        evaluation_spans.kant,
        asked.dataset,
        asked.indicator,
        asked.shape
)

select
    periode,
    kant,
    dataset,
    indicator,
    case shape when 'yes or no' then least(so, 1) else so end as teller,
    case shape when 'part' then found when 'yes or no' then 1 end as noemer
from counted
