/** The codes of custom fields. */
import type { ProblemDescriptions } from '../../platform/problem-catalogue.ts'

declare module '../../platform/problem-catalogue.ts' {
  interface DescribedProblems {
    customFields: typeof customFieldProblems
  }
}

export const customFieldProblems = {
  404: {
    custom_field_not_found: [
      'There is no such custom field in this organization.',
      'Take an id from GET /api/crm/custom-fields.',
    ],
  },
  409: {
    too_many_fields: ['An object can have 200 custom fields.', 'Delete a field that nothing has a value of.'],
    values_do_not_fit: [
      'Records hold values under this key that are none of the wished type. Nothing was changed.',
      'Correct the records that detail names, or choose a type that takes them, as text.',
    ],
    values_not_unique: [
      'Several records have the same value, so the field cannot be unique. Nothing was changed.',
      'Correct the records that detail names.',
    ],
    options_in_use: [
      'Records hold options that were to be taken away. Nothing was changed.',
      'Say in replace_options what they get instead: another option, or null for none.',
    ],
    field_in_use: [
      'A formula reads the field, and could not be calculated any more. Nothing was changed.',
      'Change the formula that detail names first.',
    ],
    field_has_values: [
      'Records have values of the field, which deleting it would lose.',
      'Retire the field, or empty it on all records first.',
    ],
  },
  fields: {
    not_for_type: ['A field of this type has no such trait.', 'Leave it out.'],
    broken_formula: ['The formula cannot be calculated.', 'Correct it at the place in message.'],
    needs_options: ['A select needs at least one option.', 'Give options.'],
  },
} as const satisfies ProblemDescriptions
