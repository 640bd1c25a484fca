/** The usual stages of a new pipeline, in the language of whoever founds the organization. */
import type { Color, PipelineObject, Stage } from '@rapport/contracts'

type StageType = Stage['type']

export type StageSetting = {
  name: string
  color: Color
  type: StageType
  probability: number
  required_fields: string[]
  rotting_days: number | null
  forecast_category: Stage['forecast_category']
}

export type PipelineLanguage = 'en' | 'pt-BR'
type Names = Record<PipelineLanguage, string>
type Usual = { pipeline: Names; stages: readonly (Omit<StageSetting, 'name'> & { name: Names })[] }

const asks = { required_fields: [], rotting_days: null, forecast_category: null }

/** What a stage of this type is when nothing more is said of it. */
export const stageDefaults: Record<StageType, Omit<StageSetting, 'name'>> = {
  open: { color: 'slate', type: 'open', probability: 50, ...asks },
  won: { color: 'green', type: 'won', probability: 100, ...asks },
  lost: { color: 'red', type: 'lost', probability: 0, ...asks },
}

const open = (en: string, pt: string, color: Color, probability: number) => ({
  ...stageDefaults.open,
  name: { en, 'pt-BR': pt },
  color,
  probability,
})
const won = { ...stageDefaults.won, name: { en: 'Won', 'pt-BR': 'Ganho' } }
const lost = { ...stageDefaults.lost, name: { en: 'Lost', 'pt-BR': 'Perdido' } }

const usual: Record<PipelineObject, Usual> = {
  lead: {
    pipeline: { en: 'Sales', 'pt-BR': 'Vendas' },
    stages: [
      open('New', 'Novo', 'slate', 10),
      open('Contacted', 'Contatado', 'blue', 25),
      open('Qualified', 'Qualificado', 'violet', 50),
      open('Proposal', 'Proposta', 'amber', 75),
      won,
      lost,
    ],
  },
  deal: {
    pipeline: { en: 'Deals', 'pt-BR': 'Negócios' },
    stages: [
      open('Qualification', 'Qualificação', 'slate', 10),
      open('Proposal', 'Proposta', 'blue', 40),
      open('Negotiation', 'Negociação', 'violet', 70),
      won,
      lost,
    ],
  },
}

export const defaultPipelineName = (object: PipelineObject, language: PipelineLanguage): string =>
  usual[object].pipeline[language]

export const defaultStages = (object: PipelineObject, language: PipelineLanguage): StageSetting[] =>
  usual[object].stages.map(({ name, ...setting }) => ({ ...setting, name: name[language] }))
