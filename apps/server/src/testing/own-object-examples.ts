/** A valid request for the objects that an organization makes; the records have their own beside those of all kinds. */
import { operations, type CustomObject, type CustomRecord, type Operation } from '@rapport/contracts'
import type { Caller } from './app.ts'
import type { Example } from './examples.ts'

export type OwnObjectExamples = { own_object: CustomObject; own_record: CustomRecord }

/** An object with a record. */
export async function makeOwnObject(owner: Caller): Promise<OwnObjectExamples> {
  const object = await owner.call<CustomObject>('POST', '/crm/custom-objects', {
    body: { key: 'vehicle', label: 'Vehicle', label_many: 'Vehicles' },
  })
  const record = await owner.call<CustomRecord>('POST', '/crm/custom-objects/vehicle/records', {
    body: { name: 'Example car' },
  })
  if (record.status !== 201)
    throw new Error(`The example object could not be made: ${object.text} ${record.text}`)
  return { own_object: object.body, own_record: record.body }
}

export function ownObjectExamples({ key, version }: CustomObject): [Operation, Example][] {
  const { customObjects } = operations
  const on = { params: { key } }
  return [
    [customObjects.list, {}],
    [customObjects.create, { body: { key: 'contract', label: 'Contract', label_many: 'Contracts' } }],
    [customObjects.get, on],
    [customObjects.update, { ...on, body: { label: 'Car', version } }],
    [customObjects.remove, on],
  ]
}
