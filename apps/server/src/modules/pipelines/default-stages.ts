/** The usual stages of a new pipeline, in the language of whoever founds the organization. */
import type { Color, Stage } from '@rapport/contracts'

type StageType = Stage['type']

export type StageSetting = { name: string; color: Color; type: StageType; probability: number }

export type PipelineLanguage = 'en' | 'pt-BR'

export const defaultPipelineName: Record<PipelineLanguage, string> = { en: 'Sales', 'pt-BR': 'Vendas' }

const names: Record<PipelineLanguage, readonly string[]> = {
  en: ['New', 'Contacted', 'Qualified', 'Proposal', 'Won', 'Lost'],
  'pt-BR': ['Novo', 'Contatado', 'Qualificado', 'Proposta', 'Ganho', 'Perdido'],
}

const settings: readonly Omit<StageSetting, 'name'>[] = [
  { color: 'slate', type: 'open', probability: 10 },
  { color: 'blue', type: 'open', probability: 25 },
  { color: 'violet', type: 'open', probability: 50 },
  { color: 'amber', type: 'open', probability: 75 },
  { color: 'green', type: 'won', probability: 100 },
  { color: 'red', type: 'lost', probability: 0 },
]

export function defaultStages(language: PipelineLanguage): StageSetting[] {
  return settings.map((setting, index) => ({ ...setting, name: names[language][index] ?? '' }))
}

/** What a stage of this type is when nothing more is said of it. */
export const stageDefaults: Record<StageType, Omit<StageSetting, 'name'>> = {
  open: { color: 'slate', type: 'open', probability: 50 },
  won: { color: 'green', type: 'won', probability: 100 },
  lost: { color: 'red', type: 'lost', probability: 0 },
}
