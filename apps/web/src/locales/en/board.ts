export const board = {
  title: 'Board',
  add_card: 'Add a lead',
  add_placeholder: 'Name of the lead',
  move_failed: '{{name}} was not moved',
  moved_by_other: 'Someone else moved it to {{stage}} meanwhile; there it stays.',
  no_pipeline_title: 'There is no pipeline yet',
  no_pipeline_text: 'A pipeline gives the board its columns.',
  pipeline: 'Pipeline',
  weighted: 'weighted {{value}}',
  age: 'In this stage for {{time}}',
} as const
