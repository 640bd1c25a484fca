import { z } from 'zod'
import { Color } from './colors.ts'
import { operation } from './operation.ts'
import { Id, IdParams, line, Timestamp, Version } from './shared.ts'
import { Deal, ForecastCategory } from './deals.ts'
import { FollowUpChannel, FollowUpNumber } from './follow-ups.ts'
import { Lead } from './leads.ts'

export const StageType = z.enum(['open', 'won', 'lost'])
/** Objects whose records go through stages. */
export const pipelineObjects = ['lead', 'deal'] as const
export const PipelineObject = z.enum(pipelineObjects)
export type PipelineObject = z.infer<typeof PipelineObject>

export const Stage = z.object({
  id: Id,
  pipeline_id: Id,
  name: z.string(),
  color: Color,
  type: StageType,
  probability: z.int(),
  /** Fields that must have a value before a record may enter: names, `custom.<key>` among them. */
  required_fields: z.array(z.string()),
  /** After how many days in the stage a record is rotting; null for never. */
  rotting_days: z.int().nullable(),
  /** Of the open deals in it; null where it follows from the probability. */
  forecast_category: ForecastCategory.nullable(),
  position: z.int(),
  version: z.int(),
})
export type Stage = z.infer<typeof Stage>

export const Pipeline = z.object({
  id: Id,
  object: PipelineObject,
  name: z.string(),
  is_default: z.boolean(),
  version: z.int(),
  created_at: Timestamp,
  updated_at: Timestamp,
  stages: z.array(Stage),
})
export type Pipeline = z.infer<typeof Pipeline>

const probability = z.int().min(0).max(100)

export const NewStage = z.strictObject({
  name: line(80),
  color: Color.optional(),
  type: StageType.optional(),
  probability: probability.optional(),
  required_fields: z
    .array(z.string().min(1).max(80))
    .max(20)
    .transform((names) => [...new Set(names)])
    .optional()
    .describe('Fields that must have a value before a record may enter, as lost_reason or custom.budget'),
  rotting_days: z.int().min(1).max(3650).nullish().describe('Days after which a record is rotting'),
  forecast_category: ForecastCategory.nullish().describe('Follows from the probability unless given'),
  position: z.int().min(0).optional().describe('0-based place among the stages; the end unless told'),
})

const nextFollowUp = {
  next_follow_up: z
    .object({ id: Id, number: FollowUpNumber, due_at: Timestamp, channel: FollowUpChannel })
    .nullable()
    .describe('The open follow-up that is due first'),
}

/** The board of one kind of record. */
const boardOf = <const Card extends z.ZodType>(Card: Card) =>
  z.object({
    pipeline: Pipeline,
    columns: z.array(
      z.object({
        stage: Stage,
        count: z.int(),
        /** Sums per currency, in major units; `weighted` by the probability of the stage, or a deal's own. */
        values: z.array(z.object({ currency: z.string(), value: z.number(), weighted: z.number() })),
        items: z.array(Card),
        next_cursor: z.string().nullable(),
      }),
    ),
  })

export const LeadBoard = boardOf(Lead.extend(nextFollowUp))
export type LeadBoard = z.infer<typeof LeadBoard>
export const DealBoard = boardOf(Deal.extend(nextFollowUp))
export type DealBoard = z.infer<typeof DealBoard>
/** Its cards are of the kind that its pipeline is for. */
export const Board = z.union([LeadBoard, DealBoard])
export type Board = z.infer<typeof Board>
export type BoardColumn = Board['columns'][number]

const StageParams = z.strictObject({ id: Id, stage_id: Id })

export const pipelines = {
  list: operation({
    method: 'GET',
    path: '/crm/pipelines',
    summary: 'Pipelines with their stages',
    query: z.strictObject({ object: PipelineObject.optional() }),
    reply: z.object({ items: z.array(Pipeline), next_cursor: z.null() }),
  }),
  create: operation({
    method: 'POST',
    path: '/crm/pipelines',
    summary: 'Create a pipeline, with stages of your own or a usual set',
    body: z.strictObject({
      name: line(80),
      object: PipelineObject.default('lead'),
      is_default: z.boolean().optional(),
      stages: z
        .array(NewStage.omit({ position: true }))
        .min(1)
        .max(50)
        .optional(),
    }),
    status: 201,
    reply: Pipeline,
  }),
  get: operation({
    method: 'GET',
    path: '/crm/pipelines/{id}',
    summary: 'One pipeline with its stages',
    params: IdParams,
    reply: Pipeline,
  }),
  update: operation({
    method: 'PATCH',
    path: '/crm/pipelines/{id}',
    summary: 'Rename a pipeline or make it the default',
    params: IdParams,
    body: z.strictObject({
      name: line(80).optional(),
      is_default: z.literal(true).optional(),
      version: Version,
    }),
    reply: Pipeline,
  }),
  remove: operation({
    method: 'DELETE',
    path: '/crm/pipelines/{id}',
    summary: 'Delete a pipeline without records; its records can be moved to another first',
    params: IdParams,
    query: z.strictObject({
      move_to: Id.optional().describe('A stage of another pipeline that takes the records'),
    }),
    status: 204,
  }),
  board: operation({
    method: 'GET',
    path: '/crm/pipelines/{id}/board',
    summary: 'The board: each stage with count, value, weighted value and its first cards',
    params: IdParams,
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(50).describe('Cards per column'),
      filter: z.string().max(20_000).optional(),
      q: z.string().max(200).optional(),
      include: z.string().max(200).optional().describe('Relations to tell with the cards, as in lists'),
      stage_id: Id.optional().describe('Only this column, for its next page'),
      cursor: z.string().max(2000).optional(),
    }),
    reply: Board,
  }),
  addStage: operation({
    method: 'POST',
    path: '/crm/pipelines/{id}/stages',
    summary: 'Add a stage',
    params: IdParams,
    body: NewStage,
    status: 201,
    reply: Stage,
  }),
  updateStage: operation({
    method: 'PATCH',
    path: '/crm/pipelines/{id}/stages/{stage_id}',
    summary: 'Change a stage or its place',
    params: StageParams,
    body: NewStage.partial().extend({ version: Version }),
    reply: Stage,
  }),
  removeStage: operation({
    method: 'DELETE',
    path: '/crm/pipelines/{id}/stages/{stage_id}',
    summary: 'Delete a stage; one that holds records asks where they go',
    params: StageParams,
    query: z.strictObject({ move_to: Id.optional().describe('The stage that takes its records') }),
    status: 204,
  }),
}
